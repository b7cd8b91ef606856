"""Holes: is there data here? A meter at the cursor, and heat maps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from latent_explorer.core.overlays import Choice, Option, Switch
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tool import Layer, Tool
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.holes.controller import HolesController
from latent_explorer.tools.holes.heat_state import HeatState
from latent_explorer.tools.holes.meter_state import MeterState
from latent_explorer.tools.holes.meter_view import MeterView
from latent_explorer.tools.holes.outline_overlay import OutlineOverlay
from latent_explorer.tools.holes.overlay import HeatOverlay

translate = QCoreApplication.translate


class HolesTool(Tool):
    """The meter is part of every pane."""

    name = "holes"
    states = (MeterState, HeatState)
    controller = HolesController
    layers = (Layer(20, HeatOverlay), Layer(33, OutlineOverlay))

    def meter(self, pane: PaneState, tools: ToolStates, parent: QWidget) -> MeterView:
        return MeterView(pane, tools[MeterState], parent)

    def choices(self) -> Sequence[Choice | Switch]:
        heat = Choice(
            "heat",
            translate("ExploreMenu", "&Heat map"),
            translate("OverlaysMenu", "Heat map"),
            (
                Option(
                    "none",
                    translate("ExploreMenu", "&None"),
                    "Ctrl+Shift+0",
                    translate("OverlaysMenu", "No heat map"),
                ),
                Option(
                    "density",
                    translate("ExploreMenu", "&Data here"),
                    "Ctrl+Shift+1",
                    tip=translate(
                        "OverlaysMenu",
                        "Share of images in places as sparse, or sparser: whether the decoder was trained here",
                    ),
                ),
                Option(
                    "distance",
                    translate("ExploreMenu", "&Looks real"),
                    "Ctrl+Shift+2",
                    tip=translate(
                        "OverlaysMenu", "Share of real pictures as unlike the others as the decoded one, or more"
                    ),
                ),
                Option(
                    "trip",
                    translate("ExploreMenu", "&Round trip"),
                    "Ctrl+Shift+3",
                    tip=translate(
                        "OverlaysMenu",
                        "Share of images that come back as far from themselves as this place, or farther",
                    ),
                ),
                Option(
                    "magnification",
                    translate("ExploreMenu", "&Magnification"),
                    "Ctrl+Shift+4",
                    tip=translate(
                        "OverlaysMenu",
                        "√det G of the pull-back metric: how much the picture changes along the plane",
                    ),
                ),
            ),
        )
        return (heat,)


TOOL = HolesTool()
