"""Your image: drawn, dropped, pasted or opened, and both models' results."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.aspect import Aspect, setting
from latent_explorer.core.belonging import Belonging
from latent_explorer.core.states import States
from latent_explorer.core.tool import Gesture, Layer, Panel, Tool
from latent_explorer.tools.own_image.controller import OwnImageController
from latent_explorer.tools.own_image.overlay import OwnImageOverlay
from latent_explorer.tools.own_image.panel import OwnImagePanel
from latent_explorer.tools.own_image.state import OwnImageState

translate = QCoreApplication.translate


class OwnImageTool(Tool):
    """A pad in a panel, the image's codes on the maps."""

    name = "own_image"
    states = (OwnImageState,)
    controller = OwnImageController
    layers = (Layer(70, OwnImageOverlay),)

    def panel(self) -> Panel:
        return Panel(translate("ToolPanels", "Your image"), "Ctrl+5", OwnImagePanel)

    def gestures(self) -> Sequence[Gesture]:
        return (
            Gesture(
                "panels",
                translate("shortcuts", "Arrows and Space on the pad"),
                translate("shortcuts", "Move the pen; put it down and lift it. Delete takes back a stroke"),
            ),
        )

    def aspects(self, states: States) -> Sequence[Aspect]:
        own = states.tools[OwnImageState]
        return (
            Aspect(
                key="own",
                scope="data",
                read=lambda: (own.source, own.strokes),
                write=lambda value: own.set_source(*value),
                title=translate("undo", "Your image"),
                changed=(own.source_changed,),
                by_hand=lambda: own.by_hand,
            ),
            setting(
                own,
                "settings",
                own.set_settings,
                translate("undo", "How your image is prepared"),
                own.settings_changed,
                key="own-settings",
            ),
        )

    def belongings(self, states: States) -> Sequence[Belonging]:
        own = states.tools[OwnImageState]
        return (
            Belonging(
                "own",
                lambda: (own.source, own.strokes),
                lambda value: own.set_source(*value, by_hand=False),
                (None, ()),
                translate("Belongings", "your image"),
            ),
        )


TOOL = OwnImageTool()
