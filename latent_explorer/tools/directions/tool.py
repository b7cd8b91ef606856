"""Directions: groups of images, the way between their means, and A - B + C."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting
from latent_explorer.core.belonging import Belonging
from latent_explorer.core.export import Export
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.directions.arithmetic_overlay import ArithmeticOverlay
from latent_explorer.tools.directions.controller import DirectionsController
from latent_explorer.tools.directions.export import DirectionsExport
from latent_explorer.tools.directions.lasso_overlay import LassoOverlay
from latent_explorer.tools.directions.panel import DirectionsPanel
from latent_explorer.tools.directions.state import DirectionsState, SavedDirection

translate = QCoreApplication.translate


class DirectionsTool(Tool):
    """Groups and pictures in a panel, lasso and terms on the maps."""

    name = "directions"
    states = (DirectionsState,)
    controller = DirectionsController
    layers = (Layer(60, LassoOverlay), Layer(90, ArithmeticOverlay))

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Directions"), "Ctrl+4", DirectionsPanel)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "map",
                translate("shortcuts", "A, B, C"),
                translate("shortcuts", "The images of A − B + C, while the panel shows it"),
            ),
            Gesture(
                "map",
                translate("shortcuts", "Insert, Delete"),
                translate("shortcuts", "Put an image into the chosen group of Directions, take it out"),
            ),
            Gesture(
                "map",
                "L",
                translate(
                    "shortcuts",
                    "Lasso, while Directions is open: draw round images for that group; with Shift take them out",
                ),
            ),
        )

    def wants_letters(self, tools: ToolStates) -> int:
        state = tools[DirectionsState]
        return 2 if state.shown and state.arithmetic else 0

    def aspects(self, states: States) -> Sequence[Aspect]:
        state = states.tools[DirectionsState]
        return (
            Aspect(
                key="groups",
                scope="data",
                read=lambda: (state.directions, state.current),
                write=lambda value: state.set_directions(*value),
                title=translate("undo", "Groups of images"),
                changed=(state.directions_changed,),
            ),
            setting(
                state,
                "terms",
                state.set_terms,
                translate("undo", "A − B + C"),
                state.terms_changed,
                scope="data",
                asked=(state.analogy_wanted,),
            ),
            setting(
                state,
                "amount",
                state.want_amount,
                translate("undo", "Apply direction"),
                state.amount_wanted,
                scope="model",
                noted=(state.amount_changed,),
                asked=(state.amount_wanted,),
                brings=("cursor",),  # a direction is applied to what the cursors show
            ),
        )

    def belongings(self, states: States) -> Sequence[Belonging]:
        state = states.tools[DirectionsState]

        def groups() -> tuple[tuple[SavedDirection, ...], int]:
            blank = all(not len(one.plus) and not len(one.minus) and not one.name for one in state.directions)
            return ((), 0) if blank else (state.directions, state.current)

        return (
            Belonging(
                "groups",
                groups,
                lambda value: state.set_directions(*value),
                ((), 0),
                translate("Belongings", "groups of images"),
            ),
            Belonging(
                "terms",
                lambda: state.terms,
                state.set_terms,
                (None, None, None),
                translate("Belongings", "the terms of A − B + C"),
            ),
        )

    def exports(self, states: States) -> Sequence[Export]:
        return (DirectionsExport(states),)


TOOL = DirectionsTool()
