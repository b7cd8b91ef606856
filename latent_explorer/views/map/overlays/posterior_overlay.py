"""Posterior ellipses, prior circles, contours."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class PosteriorOverlay(Overlay):
    """Posterior ellipses, prior circles, contours."""
