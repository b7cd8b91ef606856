"""The lasso and the groups of images."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class LassoOverlay(Overlay):
    """The lasso and the groups of images."""
