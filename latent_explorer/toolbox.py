"""All tools' controllers, made in order. Wiring only; the composition root makes one of these."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.controllers.belongings import Belongings
from latent_explorer.controllers.directions import DirectionsController
from latent_explorer.controllers.exports import ExportController
from latent_explorer.controllers.holes import HolesController
from latent_explorer.controllers.interpolation import InterpolationController
from latent_explorer.controllers.mosaic import MosaicController
from latent_explorer.controllers.own_image import OwnImageController
from latent_explorer.controllers.posteriors import PosteriorController
from latent_explorer.controllers.samples import SamplesController
from latent_explorer.controllers.timeline import TimelineController
from latent_explorer.controllers.tool_kit import ToolKit
from latent_explorer.controllers.traversal import TraversalController
from latent_explorer.controllers.undo import UndoController


class Toolbox(QObject):
    """One attribute a tool."""

    def __init__(self, kit: ToolKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The first to hear of what a person does, before what that brings along.
        self.undo = UndoController(kit, self)
        self.belongings = Belongings(kit, self)
        self.interpolation = InterpolationController(kit, self)
        self.samples = SamplesController(kit, self)
        self.holes = HolesController(kit, self)
        self.posteriors = PosteriorController(kit, self)
        self.mosaic = MosaicController(kit, self)
        self.own_image = OwnImageController(kit, self)
        self.traversal = TraversalController(kit, self)
        self.directions = DirectionsController(kit, self)
        self.timeline = TimelineController(kit, self)
        self.exports = ExportController(kit, self)
