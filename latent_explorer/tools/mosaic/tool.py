"""The decoded mosaic: decoded pictures over the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.tool import Layer, Tool
from latent_explorer.tools.mosaic.controller import MosaicController
from latent_explorer.tools.mosaic.overlay import MosaicOverlay
from latent_explorer.tools.mosaic.state import MosaicState

translate = QCoreApplication.translate


class MosaicTool(Tool):
    """An overlay under all others."""

    name = "mosaic"
    states = (MosaicState,)
    controller = MosaicController
    layers = (Layer(10, MosaicOverlay),)

    def choices(self) -> Sequence[Choice | Switch]:
        return (Switch("mosaic", translate("ExploreMenu", "Decoded &mosaic"), "Ctrl+Alt+M"),)


TOOL = MosaicTool()
