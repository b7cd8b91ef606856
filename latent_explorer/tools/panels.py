"""The tools' panels, in the order of the Explore menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.tools.directions.panel import DirectionsPanel
from latent_explorer.tools.interpolation.panel import InterpolationPanel
from latent_explorer.tools.own_image.panel import OwnImagePanel
from latent_explorer.tools.samples.panel import SamplesPanel
from latent_explorer.tools.timeline.panel import TimelinePanel
from latent_explorer.tools.traversal.panel import TraversalPanel


class HasMenu(Protocol):
    """A panel that brings its tool's actions along."""

    def fill_menu(self, menu: QMenu) -> None:
        """Add the tool's actions to its submenu."""


@dataclass(frozen=True, slots=True, eq=False)
class ToolPanel:
    """name: as in `ToolStates.panel_wanted`. title: of dock and menu. key: the shortcut that shows the panel."""

    name: str
    title: str
    key: str
    widget: QWidget
    actions: HasMenu


def make_tool_panels(
    explorer: ExplorerState, training: TrainingState, panes: tuple[PaneState, ...], tools: ToolStates
) -> tuple[ToolPanel, ...]:
    """One panel a tool."""
    translate = QCoreApplication.translate
    kinds: tuple[tuple[str, str, Callable[..., Any]], ...] = (
        ("interpolation", translate("ToolPanels", "Interpolation"), InterpolationPanel),
        ("samples", translate("ToolPanels", "Samples"), SamplesPanel),
        ("traversal", translate("ToolPanels", "Traversals"), TraversalPanel),
        ("directions", translate("ToolPanels", "Directions"), DirectionsPanel),
        ("own_image", translate("ToolPanels", "Your image"), OwnImagePanel),
        ("timeline", translate("ToolPanels", "Time machine"), TimelinePanel),
    )
    made = []
    for number, (name, title, kind) in enumerate(kinds, start=1):
        widget = kind(explorer, training, panes, tools)
        made.append(ToolPanel(name, title, f"Ctrl+{number}", widget, widget))
    return tuple(made)
