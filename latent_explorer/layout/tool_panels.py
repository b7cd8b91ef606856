"""The panels of all tools that have one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool import PanelWidget
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState


@dataclass(frozen=True, slots=True, eq=False)
class ToolPanel:
    """name: the tool's. title: of dock and menu. key: the shortcut that shows it. actions: the same widget."""

    name: str
    title: str
    key: str
    widget: QWidget
    actions: PanelWidget


def make_tool_panels(
    explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
) -> tuple[ToolPanel, ...]:
    """Create the panels, one per tool, in the order of the Explore menu."""
    made = []
    for tool in tools.declared:
        panel = tool.panel()
        if panel is not None:
            widget = panel.make(explorer, training, panes, tools)
            made.append(ToolPanel(tool.name, panel.title, panel.key, widget, widget))
    return tuple(made)
