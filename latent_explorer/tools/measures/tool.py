"""Measures: what the models on show reach, live and on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.export import Export
from latent_explorer.core.states import States
from latent_explorer.core.tool import Panel, Tool
from latent_explorer.tools.measures.controller import MeasuresController
from latent_explorer.tools.measures.export import MeasuredReport
from latent_explorer.tools.measures.panel import MeasuresPanel
from latent_explorer.tools.measures.state import MeasuresState


class MeasuresTool(Tool):
    """Figures in a panel."""

    name = "measures"
    states = (MeasuresState,)
    controller = MeasuresController

    def panel(self) -> Panel:
        return Panel(QCoreApplication.translate("ToolPanels", "Measures"), "Ctrl+Alt+3", MeasuresPanel)

    def exports(self, states: States) -> Sequence[Export]:
        return (MeasuredReport(states),)


TOOL = MeasuresTool()
