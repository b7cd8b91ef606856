"""Where the models put an image of one's own."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class OwnImageOverlay(Overlay):
    """Where the models put an image of one's own."""
