"""Decoded tiles under the points."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class MosaicOverlay(Overlay):
    """Decoded tiles under the points."""

    below = True
