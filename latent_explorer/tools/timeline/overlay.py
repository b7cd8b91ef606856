"""The sign that a map shows the past."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.timeline.state import TimelineState
from latent_explorer.words.figures import count


class PastOverlay(Overlay):
    """A frame around the map and a sign with the step, while the maps show a past moment."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._timeline = tools[TimelineState]
        self._timeline.looked_changed.connect(self.refresh)
        pane.codes_changed.connect(self.refresh)

    @property
    def active(self) -> bool:
        # A kept model does not change with the moment of the run.
        return self._timeline.looked is not None and self.pane.frozen is None

    def terms(self) -> tuple[str, ...]:
        return ("step", "kept_moments")

    def caption(self, view: ViewTransform) -> Caption | None:
        """The caption with the step actually shown, while another may be loading."""
        codes, looked = self.pane.codes, self._timeline.looked
        if looked is None:
            return None
        step = looked.step if codes is None or codes.snapshot is None else codes.step
        return Caption(self.tr("past · step {0}").format(count(step)), sign=True)

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.text), 2.0, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(1.0, 1.0, view.width - 2.0, view.height - 2.0), 8, 8)
