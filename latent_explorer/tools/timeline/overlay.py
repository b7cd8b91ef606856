"""The sign that a map shows the past."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from latent_explorer.appearance.theme import Tokens, tabular, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.timeline.state import TimelineState
from latent_explorer.words.figures import count

#: Of the chip; it is above the axis's figures, clear of the overlays' texts at the top.
_HEIGHT, _SIDE, _BOTTOM = 22.0, 11.0, 30.0


class PastOverlay(Overlay):
    """A frame around the map and a chip with the step, while the maps show a past moment."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._timeline = tools[TimelineState]
        self._timeline.looked_changed.connect(self.refresh)
        pane.codes_changed.connect(self.refresh)

    @property
    def active(self) -> bool:
        # A kept model is as it was kept, whatever moment the run's are of.
        return self._timeline.looked is not None and self.pane.frozen is None

    def terms(self) -> tuple[str, ...]:
        return ("step", "kept_moments")

    def text(self) -> str:
        """What the chip says: the step that the map really shows, which may still be on its way."""
        codes, looked = self.pane.codes, self._timeline.looked
        if looked is None:
            return ""
        step = looked.step if codes is None or codes.snapshot is None else codes.step
        return self.tr("past · step {0}").format(count(step))

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        dark, light = QColor(tokens.text), QColor(tokens.map)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(dark, 2.0, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(1.0, 1.0, view.width - 2.0, view.height - 2.0), 8, 8)
        font = tabular(QFont(painter.font()))
        font.setPixelSize(theme().small_px)
        font.setWeight(QFont.Weight.DemiBold)
        wide = QFontMetricsF(font).horizontalAdvance(self.text()) + 2 * _SIDE
        chip = QRectF((view.width - wide) / 2, view.height - _BOTTOM - _HEIGHT, wide, _HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dark)
        painter.drawRoundedRect(chip, _HEIGHT / 2, _HEIGHT / 2)
        painter.setFont(font)
        painter.setPen(light)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self.text())
