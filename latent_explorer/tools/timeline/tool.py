"""The time machine: moments of the run, to show and to continue from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.export import Export
from latent_explorer.core.states import States
from latent_explorer.core.tool import Layer, Panel, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.timeline.controller import TimelineController
from latent_explorer.tools.timeline.export import RunExport
from latent_explorer.tools.timeline.overlay import PastOverlay
from latent_explorer.tools.timeline.panel import TimelinePanel
from latent_explorer.tools.timeline.state import TimelineState


class TimelineTool(Tool):
    """A slider over the run."""

    name = "timeline"
    states = (TimelineState,)
    controller = TimelineController
    layers = (Layer(100, PastOverlay),)

    def panel(self) -> Panel:
        return Panel(QCoreApplication.translate("ToolPanels", "Time machine"), "Ctrl+6", TimelinePanel)

    def exports(self, states: States) -> Sequence[Export]:
        return (RunExport(states),)

    def looks_back(self, tools: ToolStates) -> bool:
        return tools[TimelineState].looked is not None


TOOL = TimelineTool()
