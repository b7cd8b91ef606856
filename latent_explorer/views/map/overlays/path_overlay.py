"""The interpolation's path and its stops."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class PathOverlay(Overlay):
    """The interpolation's path and its stops."""
