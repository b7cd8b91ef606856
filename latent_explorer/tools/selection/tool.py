"""The selection: a lasso, a contact sheet, lists and copies, and use as a data set."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting
from latent_explorer.core.belonging import Belonging
from latent_explorer.core.selection import NOTHING
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from latent_explorer.tools.selection.controller import SelectionController
from latent_explorer.tools.selection.overlay import SelectionOverlay
from latent_explorer.tools.selection.panel import SelectionPanel
from latent_explorer.tools.selection.state import NAME, SelectionPanelState

translate = QCoreApplication.translate


class SelectionTool(Tool):
    """The selected images are `ExplorerState.selection`, for every tool."""

    name = NAME
    states = (SelectionPanelState,)
    controller = SelectionController
    layers = (Layer(55, SelectionOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Selection"), "Ctrl+8", SelectionPanel)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "map",
                "L",
                translate(
                    "shortcuts",
                    "Lasso: draw round images to select them; with Ctrl add them, with Shift take them out",
                ),
            ),
            Gesture(
                "map",
                translate("shortcuts", "Space, Backspace, Enter"),
                translate(
                    "shortcuts",
                    "Lasso by keyboard: set a corner at the cursor, take it back, take the images inside",
                ),
            ),
            Gesture(
                "panels",
                translate("shortcuts", "Arrows and Enter on the contact sheet"),
                translate("shortcuts", "Move among the images; pick one, which moves both cursors to it"),
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        selection = states.explorer.selection
        panel = states.tools[SelectionPanelState]
        return (
            Aspect(
                key="selection",
                scope="data",
                read=lambda: selection.now,
                write=selection.restore,
                title=translate("undo", "Selection"),
                changed=(selection.changed,),
            ),
            setting(
                panel,
                "order",
                panel.set_order,
                translate("undo", "Order of the images"),
                panel.order_changed,
                key="selection-order",
            ),
        )

    def belongings(self, states: States) -> Sequence[Belonging]:
        selection = states.explorer.selection
        return (
            Belonging(
                "selection",
                lambda: selection.now,
                selection.restore,
                NOTHING,
                translate("Belongings", "the selected images"),
            ),
        )


TOOL = SelectionTool()
