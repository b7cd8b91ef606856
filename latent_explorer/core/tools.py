"""The states of all tools, in one place to hand around."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from latent_explorer.core.overlays import OverlaysState
from latent_explorer.core.undo.state import UndoState
from latent_explorer.export.state import ExportsState
from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.holes.heat_state import HeatState
from latent_explorer.tools.holes.meter_state import MeterState
from latent_explorer.tools.interpolation.state import InterpolationState
from latent_explorer.tools.mosaic.state import MosaicState
from latent_explorer.tools.own_image.state import OwnImageState
from latent_explorer.tools.posteriors.state import PosteriorsState
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.timeline.state import TimelineState
from latent_explorer.tools.traversal.state import TraversalState


class ToolStates(QObject):
    """One attribute a tool.

    Signals:
        panel_wanted(str): a tool's panel is to be shown, by its name ("interpolation", "samples", "own_image",
            "traversal", "directions", "timeline").
    """

    panel_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.overlays = OverlaysState(self)
        self.interpolation = InterpolationState(self)
        self.samples = SamplesState(self)
        self.meter = MeterState(self)
        self.heat = HeatState(self)
        self.mosaic = MosaicState(self)
        self.posteriors = PosteriorsState(self)
        self.own_image = OwnImageState(self)
        self.traversal = TraversalState(self)
        self.directions = DirectionsState(self)
        self.timeline = TimelineState(self)
        self.undo = UndoState(self)
        self.exports = ExportsState(self)

    @property
    def letters_are_terms(self) -> bool:
        """Whether A, B and C on a map are the images of A - B + C: that is on the screen, and no path is."""
        return self.directions.shown and self.directions.arithmetic and not self.interpolation.shown

    def overlay_seen(self, name: str) -> bool:
        """Whether one of `SWITCHES` is on; the codes of the samples are seen as long as their sheets are."""
        return bool(getattr(self.overlays, name)) and (name != "samples" or self.samples.shown)

    def switch_overlay(self, name: str, on: bool) -> None:
        """Turn one of `SWITCHES` on or off as a person wants it: samples' codes come with their sheets."""
        self.overlays.switch(name, on)
        if name == "samples" and on and not self.samples.shown:
            self.panel_wanted.emit("samples")
