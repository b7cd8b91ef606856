"""Every map's overlays, from the lowest to the uppermost."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.state.explorer import ExplorerState
from latent_explorer.state.pane import PaneState
from latent_explorer.state.tools import ToolStates
from latent_explorer.views.map.overlays.arithmetic_overlay import ArithmeticOverlay
from latent_explorer.views.map.overlays.heat_overlay import HeatOverlay
from latent_explorer.views.map.overlays.lasso_overlay import LassoOverlay
from latent_explorer.views.map.overlays.mosaic_overlay import MosaicOverlay
from latent_explorer.views.map.overlays.overlay import Overlay
from latent_explorer.views.map.overlays.own_image_overlay import OwnImageOverlay
from latent_explorer.views.map.overlays.past_overlay import PastOverlay
from latent_explorer.views.map.overlays.path_overlay import PathOverlay
from latent_explorer.views.map.overlays.posterior_overlay import PosteriorOverlay
from latent_explorer.views.map.overlays.posterior_shade_overlay import PosteriorShadeOverlay
from latent_explorer.views.map.overlays.samples_overlay import SamplesOverlay

_KINDS: tuple[type[Overlay], ...] = (
    MosaicOverlay,
    HeatOverlay,
    PosteriorShadeOverlay,
    PosteriorOverlay,
    SamplesOverlay,
    LassoOverlay,
    OwnImageOverlay,
    PathOverlay,
    ArithmeticOverlay,
    PastOverlay,
)


def overlays_for(
    pane: PaneState, explorer: ExplorerState, tools: ToolStates, parent: QObject
) -> tuple[Overlay, ...]:
    """The overlays of one pane's map."""
    return tuple(kind(pane, explorer, tools, parent) for kind in _KINDS)
