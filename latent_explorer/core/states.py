"""The window's states in one object."""

from __future__ import annotations

from typing import Protocol

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState


class States(Protocol):
    """An object with the window's states, such as `ToolKit`."""

    @property
    def explorer(self) -> ExplorerState:
        """Data set, selection, link."""

    @property
    def training(self) -> TrainingState:
        """The run."""

    @property
    def panes(self) -> tuple[PaneState, ...]:
        """Models, maps, cursors."""

    @property
    def tools(self) -> ToolStates:
        """The tools' states."""
