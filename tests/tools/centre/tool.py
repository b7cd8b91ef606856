"""An overlay alone, in one file: the middle of the codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QColor, QPainter

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.overlay import Overlay
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool import Layer, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform

COLOUR = QColor(0, 255, 255)


class CentreOverlay(Overlay):
    """A dot."""

    def __init__(
        self, pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject | None = None
    ) -> None:
        super().__init__(pane, explorer, tools, parent)
        tools.overlays.changed.connect(self.refresh)
        pane.codes_changed.connect(self.refresh)

    @property
    def active(self) -> bool:
        return self.tools.overlays.on("centre") and self.pane.codes is not None

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        codes = self.pane.codes
        if codes is not None:
            painter.setBrush(COLOUR)
            painter.drawEllipse(QPointF(*view.to_pixels(*codes.points.mean(axis=0).tolist())), 8.0, 8.0)


class CentreTool(Tool):
    """A layer and its switch."""

    name = "centre"
    layers = (Layer(120, CentreOverlay),)

    def choices(self) -> Sequence[Choice | Switch]:
        return (Switch("centre", "C&entre of the codes", "Ctrl+Alt+9"),)


TOOL = CentreTool()
