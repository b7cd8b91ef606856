"""Measures: what the models on show reach, live and on demand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect
from latent_explorer.core.export import Export
from latent_explorer.core.states import States
from latent_explorer.core.tool import Panel, Tool
from latent_explorer.tools.measures.controller import MeasuresController
from latent_explorer.tools.measures.export import MeasuredReport
from latent_explorer.tools.measures.panel import MeasuresPanel
from latent_explorer.tools.measures.saved import SavedFigures, read, to_json
from latent_explorer.tools.measures.state import MeasuresState


class MeasuresTool(Tool):
    """Figures in a panel."""

    name = "measures"
    states = (MeasuresState,)
    controller = MeasuresController

    def panel(self) -> Panel:
        return Panel(QCoreApplication.translate("ToolPanels", "Measures"), "Ctrl+Alt+3", MeasuresPanel)

    def aspects(self, states: States) -> Sequence[Aspect]:
        measures = states.tools[MeasuresState]

        def figures() -> tuple[SavedFigures, ...]:
            return tuple(
                SavedFigures(
                    pane=pane.index,
                    source=str(pane.source),
                    step=measures.measured[pane.index].step,
                    figures=measures.figures[pane.index],
                    mark=measures.measured[pane.index].mark,
                )
                for pane in states.panes
                if measures.figures.get(pane.index)
            )

        # No change of theirs is a person's: they are saved with a session, and there is nothing to undo.
        return (
            Aspect(
                key="figures",
                scope="model",
                read=figures,
                write=measures.expect,
                title=QCoreApplication.translate("ToolPanels", "Measures"),
                saved=read,
                to_json=to_json,
            ),
        )

    def exports(self, states: States) -> Sequence[Export]:
        return (MeasuredReport(states),)


TOOL = MeasuresTool()
