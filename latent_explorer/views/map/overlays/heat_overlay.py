"""The heat map under the points."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class HeatOverlay(Overlay):
    """The heat map under the points."""

    below = True
