"""Traversals: the effect of each latent dimension."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting, text
from latent_explorer.core.export import Export
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Panel, Tool
from latent_explorer.tools.traversal.controller import TraversalController
from latent_explorer.tools.traversal.export import TraversalExport
from latent_explorer.tools.traversal.panel import TraversalPanel
from latent_explorer.tools.traversal.state import TraversalState

translate = QCoreApplication.translate


class TraversalTool(Tool):
    """Rows of pictures in a panel, and slices of the maps."""

    name = "traversal"
    states = (TraversalState,)
    controller = TraversalController

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Traversals"), "Ctrl+3", TraversalPanel)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "panels",
                translate("shortcuts", "Arrows on traversals"),
                translate("shortcuts", "Change the dimension; up and down to the next one. Home: to the mean"),
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        rows = states.tools[TraversalState]
        changed = rows.settings_changed

        def set_slices(values: tuple[float, ...]) -> None:
            for number, sigmas in enumerate(values):
                rows.set_slice(number, sigmas)

        return (
            Aspect(
                key="slices",
                scope="model",
                read=lambda: tuple(rows.slices),
                write=set_slices,
                title=translate("undo", "Move slice"),
                changed=(rows.slices_changed,),
                joins=("axes",),  # other axes begin with the first slice
            ),
            setting(rows, "sort", rows.set_sort, translate("undo", "Order of traversals"), changed, saved=text),
            setting(rows, "base", rows.set_base, translate("undo", "Base of traversals"), changed, saved=text),
            setting(
                rows,
                "way",
                rows.set_way,
                translate("undo", "Way through slices"),
                changed,
                kind="slices",
                saved=text,
            ),
        )

    def exports(self, states: States) -> Sequence[Export]:
        return (TraversalExport(states),)


TOOL = TraversalTool()
