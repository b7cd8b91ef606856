"""A line from the middle of the codes to the cursor."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Caption, Overlay
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from tests.tools.ruler.state import RulerState

COLOUR = QColor(255, 0, 255)


class RulerOverlay(Overlay):
    """Drawn where there is something to measure."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        self._state = tools[RulerState]
        self._state.measured.connect(self.refresh)
        tools.overlays.changed.connect(self.changed)

    @property
    def active(self) -> bool:
        return self.tools.overlays.on("ruler") and self.pane.index in self._state.distances

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        codes = self.pane.codes
        if codes is not None:
            painter.setPen(QPen(COLOUR, 5.0))
            ends = (codes.points.mean(axis=0).tolist(), self.pane.cursor)
            painter.drawLine(*(QPointF(*view.to_pixels(*end)) for end in ends))

    def caption(self, view: ViewTransform) -> Caption | None:
        return Caption(f"{self._state.distances[self.pane.index]:.3f} from the mean")
