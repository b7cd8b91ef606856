"""All tools' controllers, made in order. Wiring only; the composition root makes one of these."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.core.belongings import Belongings
from latent_explorer.core.tool_kit import ToolKit
from latent_explorer.core.undo.controller import UndoController
from latent_explorer.export.controller import ExportController
from latent_explorer.tools.directions.controller import DirectionsController
from latent_explorer.tools.holes.controller import HolesController
from latent_explorer.tools.interpolation.controller import InterpolationController
from latent_explorer.tools.mosaic.controller import MosaicController
from latent_explorer.tools.own_image.controller import OwnImageController
from latent_explorer.tools.posteriors.controller import PosteriorController
from latent_explorer.tools.samples.controller import SamplesController
from latent_explorer.tools.timeline.controller import TimelineController
from latent_explorer.tools.traversal.controller import TraversalController


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
