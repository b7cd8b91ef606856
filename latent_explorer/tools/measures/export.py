"""The report on the models in the panes: what was measured on demand, side by side."""

from __future__ import annotations

from latent_explorer.core.states import States
from latent_explorer.export.report_export import ReportExport
from latent_explorer.tools.measures.state import MeasuresState


class MeasuredReport(ReportExport):
    """With the figures that the panel shows."""

    key = "report"

    def __init__(self, states: States) -> None:
        measures = states.tools[MeasuresState]

        def steps() -> dict[int, int]:
            return {pane: one.step for pane, one in measures.measured.items()}

        super().__init__(states, lambda: measures.figures, steps, (measures.figures_changed,))
