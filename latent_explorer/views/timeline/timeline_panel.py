"""The run's moments on one slider."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QMenu

from latent_explorer.state.explorer import ExplorerState
from latent_explorer.state.pane import PaneState
from latent_explorer.state.tools import ToolStates
from latent_explorer.state.training import TrainingState


class TimelinePanel(QFrame):
    """The run's moments on one slider."""

    def __init__(
        self, explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
    ) -> None:
        super().__init__()
        self.setObjectName("timelinePanel")
        self.setProperty("role", "panel")

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions."""
