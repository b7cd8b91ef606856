"""The codes of the sample sheets."""

from __future__ import annotations

from latent_explorer.views.map.overlays.overlay import Overlay


class SamplesOverlay(Overlay):
    """The codes of the sample sheets."""
