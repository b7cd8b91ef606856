"""Posteriors on the maps: ellipses, the prior, contours of the aggregated posterior."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.overlays import Choice, Option, Switch
from latent_explorer.core.tool import Layer, Tool
from latent_explorer.tools.posteriors.controller import PosteriorController
from latent_explorer.tools.posteriors.overlay import PosteriorOverlay
from latent_explorer.tools.posteriors.shade_overlay import PosteriorShadeOverlay
from latent_explorer.tools.posteriors.state import PosteriorsState

translate = QCoreApplication.translate


class PosteriorsTool(Tool):
    """Overlays only."""

    name = "posteriors"
    states = (PosteriorsState,)
    controller = PosteriorController
    layers = (Layer(30, PosteriorShadeOverlay), Layer(40, PosteriorOverlay))

    def choices(self) -> Sequence[Choice | Switch]:
        ellipses = Choice(
            "ellipses",
            translate("ExploreMenu", "Posterior &ellipses"),
            translate("OverlaysMenu", "Posterior"),
            (
                Option(
                    "off",
                    translate("ExploreMenu", "&Off"),
                    "Ctrl+Shift+5",
                    translate("OverlaysMenu", "No posterior ellipses"),
                ),
                Option("hovered", translate("ExploreMenu", "Of the &hovered image"), "Ctrl+Shift+6"),
                Option("picked", translate("ExploreMenu", "Of the &picked image"), "Ctrl+Shift+7"),
                Option("all", translate("ExploreMenu", "Of &all images"), "Ctrl+Shift+8"),
            ),
        )
        return (
            ellipses,
            Switch("prior", translate("ExploreMenu", "&Prior"), "Ctrl+Alt+P"),
            Switch("contours", translate("ExploreMenu", "&Contours of the aggregated posterior"), "Ctrl+Alt+C"),
        )


TOOL = PosteriorsTool()
