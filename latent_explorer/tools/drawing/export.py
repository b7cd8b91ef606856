"""The drawing of the models as a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.export import Export, Studio
from latent_explorer.core.states import States
from latent_explorer.export.figure import MARGIN, text_font, write
from latent_explorer.tools.drawing.layout import lay_out
from latent_explorer.tools.drawing.paint import paint_rows
from latent_explorer.tools.drawing.state import DrawingState
from latent_explorer.tools.drawing.words import Content, content_of

translate = QCoreApplication.translate

#: Sizes of the figure and of one model's row in px.
_WIDTH, _ROW = 1240, 152
_FOOT = 26.0


@dataclass(frozen=True, slots=True, eq=False)
class DrawingFigure:
    """The models' rows, with a caption below."""

    contents: tuple[Content, ...]
    line: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return _WIDTH, int(len(self.contents) * _ROW + 2 * MARGIN + (_FOOT if self.line else 0))

    def paint(self, painter: QPainter, ratio: float, tokens: Tokens) -> None:
        """Draw it."""
        width, height = self.size
        painter.fillRect(QRectF(0, 0, width, height), QColor(tokens.panel))
        painter.save()
        painter.translate(MARGIN, MARGIN)
        rows = lay_out(self.contents, width - 2 * MARGIN, len(self.contents) * _ROW)
        paint_rows(painter, rows, tokens, magnified=True)
        painter.restore()
        if self.line:
            foot = QPointF(MARGIN, height - _FOOT + 2)
            write(painter, foot, self.line, text_font(small=True), tokens.text_2, width - 2 * MARGIN)


class DrawingExport(Export):
    """The drawing of all models on show."""

    key = "drawing"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._state = self.panel = states.tools[DrawingState]
        self.made = (self._state.drawn_changed,)
        self.title = translate("export", "Drawing of the models")
        self.tip = translate("export", "One image's way through both models, with the values of every part")
        self.menu_text = translate("ExportDesk", "Save the drawing as…")

    def reason(self, making: bool) -> str:
        if not self._contents():
            if making and any(pane.codes is not None for pane in self.states.panes):
                return translate("ExportDesk", "The drawing is being made.")
            return translate("ExportDesk", "There is no drawing yet: pick an image on a map.")
        return super().reason(making)

    def steps(self) -> Sequence[int]:
        """The steps of the drawing, which may be behind the maps."""
        made = (None if one is None else one.flow or one.draws for one in self._state.drawn)
        return [0 if one is None else one.snapshot.step for one in made]

    def settings(self) -> dict[str, Any]:
        rows = [made.row for one in self._state.drawn if one is not None and (made := one.flow or one.draws)]
        return {"drawing": asdict(self._state.settings) | {"row": rows[0] if rows else None}}

    def figure(self, studio: Studio) -> DrawingFigure | None:
        contents = self._contents()
        return DrawingFigure(contents, studio.line(self)) if contents else None

    def _contents(self) -> tuple[Content, ...]:
        states, draws = self.states, self._state.settings.draws
        found = (content_of(pane, states.training, self._state.drawn[pane.index], draws) for pane in states.panes)
        return tuple(one for one in found if one is not None and (one.flow is not None or one.draws is not None))
