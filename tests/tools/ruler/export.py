"""Both panes with the distances in the line below."""

from __future__ import annotations

from typing import Any

from latent_explorer.core.export import Export, Figure, Studio
from latent_explorer.core.states import States
from tests.tools.ruler.state import RulerState


class RulerExport(Export):
    """A picture."""

    key = "ruler"
    title = "Ruler"
    tip = "Both panes with the cursors' distances from the mean"
    menu_text = "Save the ruler as…"

    def __init__(self, states: States) -> None:
        super().__init__(states)
        self._state = self.panel = states.tools[RulerState]
        self.made = (self._state.measured,)

    def reason(self, making: bool) -> str:
        return super().reason(making) or ("" if self._state.distances else "There is nothing to measure yet.")

    def settings(self) -> dict[str, Any]:
        return {"ruler": {"unit": self._state.unit, "distances": list(self._state.distances.values())}}

    def figure(self, studio: Studio) -> Figure | None:
        told = " and ".join(f"{value:.3f}" for value in self._state.distances.values())
        figure: Figure = studio.pair(f"{told} · {studio.line(self)}")
        return figure
