"""Every map's overlays, from the lowest to the uppermost."""

from __future__ import annotations

from PySide6.QtCore import QObject

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.map.overlay import Overlay
from latent_explorer.tools.directions.arithmetic_overlay import ArithmeticOverlay
from latent_explorer.tools.directions.lasso_overlay import LassoOverlay
from latent_explorer.tools.holes.overlay import HeatOverlay
from latent_explorer.tools.interpolation.overlay import PathOverlay
from latent_explorer.tools.mosaic.overlay import MosaicOverlay
from latent_explorer.tools.own_image.overlay import OwnImageOverlay
from latent_explorer.tools.posteriors.overlay import PosteriorOverlay
from latent_explorer.tools.posteriors.shade_overlay import PosteriorShadeOverlay
from latent_explorer.tools.samples.overlay import SamplesOverlay
from latent_explorer.tools.timeline.overlay import PastOverlay

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
