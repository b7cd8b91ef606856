"""Neighbours of the picked image: which images are similar for each model, and pixel by pixel?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting, whole
from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from latent_explorer.tools.neighbours.controller import NeighboursController
from latent_explorer.tools.neighbours.overlay import NeighboursOverlay
from latent_explorer.tools.neighbours.panel import NeighboursPanel
from latent_explorer.tools.neighbours.state import NeighboursState

translate = QCoreApplication.translate


class NeighboursTool(Tool):
    """Rows of pictures in a panel, marks on the maps."""

    name = "neighbours"
    states = (NeighboursState,)
    controller = NeighboursController
    layers = (Layer(55, NeighboursOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Neighbours"), "Ctrl+7", NeighboursPanel)

    def choices(self) -> Sequence[Choice | Switch]:
        text = translate("ExploreMenu", "&Neighbours of the picked image")
        return (Switch("neighbours", text, "Ctrl+Alt+H", at_start=True, with_panel=True),)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "panels",
                translate("shortcuts", "Arrows and Enter on neighbours"),
                translate("shortcuts", "From picture to picture, lit up on both maps; pick it"),
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        state = states.tools[NeighboursState]
        return (
            setting(
                state,
                "count",
                state.set_count,
                translate("undo", "Neighbours in a row"),
                state.count_changed,
                saved=whole,
            ),
        )


TOOL = NeighboursTool()
