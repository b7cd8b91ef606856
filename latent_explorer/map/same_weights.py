"""What around a map was made with the weights whose codes are on it: nothing else belongs beside them."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.map.overlay import Overlay
from latent_explorer.tools.holes.meter_state import MeterReading
from latent_explorer.tools.holes.overlay import HeatOverlay
from latent_explorer.tools.interpolation.overlay import PathOverlay
from latent_explorer.tools.mosaic.overlay import MosaicOverlay
from latent_explorer.tools.own_image.overlay import OwnImageOverlay
from latent_explorer.tools.posteriors.overlay import PosteriorOverlay
from latent_explorer.tools.posteriors.shade_overlay import PosteriorShadeOverlay
from latent_explorer.tools.samples.overlay import SamplesOverlay


def reading_here(pane: PaneState, tools: ToolStates) -> MeterReading | None:
    """The meter's reading if it is of the code under the cursor and of the weights on the map."""
    reading = tools.meter.reading(pane.index)
    if reading is None or pane.code is None or pane.codes is None or reading.number != pane.codes.number:
        return None
    return reading if np.array_equal(reading.code, pane.code, equal_nan=True) else None


def belongs(overlay: Overlay, *, finished: bool = False) -> bool:
    """Whether what the overlay draws is of the weights on its map; `finished`: and nothing finer follows."""
    codes, tools, index = overlay.pane.codes, overlay.tools, overlay.pane.index
    if codes is None:
        return False
    match overlay:
        case HeatOverlay():
            heat = tools.heat.picture(index)
            return heat is not None and heat.number == codes.number and (heat.finished or not finished)
        case MosaicOverlay():
            mosaic = tools.mosaic.picture(index)
            return mosaic is not None and mosaic.number == codes.number and (mosaic.complete or not finished)
        case PosteriorShadeOverlay() | PosteriorOverlay():
            return _posteriors_belong(overlay.pane, tools)
        case SamplesOverlay():
            sheet = tools.samples.sheets[index]
            return sheet is not None and sheet.snapshot.number == codes.number
        case OwnImageOverlay():
            made = (tools.own_image.encoded[index], tools.own_image.refined[index])
            return all(one is None or one.snapshot.number == codes.number for one in made)
        case PathOverlay():
            strip = tools.interpolation.strips.get(index)
            return strip is not None and strip.number == codes.number and (strip.done or not finished)
        case _:
            return True  # drawn from the codes themselves


def is_settled(pane: PaneState, tools: ToolStates, overlays: list[Overlay]) -> bool:
    """Whether the meter and all overlays that will be made for the weights on the map have been made."""
    if pane.code is not None and pane.codes is not None and reading_here(pane, tools) is None:
        return False
    return all(belongs(overlay, finished=True) for overlay in overlays if overlay.active)


def _posteriors_belong(pane: PaneState, tools: ToolStates) -> bool:
    """Union and contours where they are on; the share of the prior's mass may still be missing, but not old."""
    number = pane.codes.number if pane.codes is not None else None
    union, contours = tools.posteriors.union(pane.index), tools.posteriors.contours(pane.index)
    coverage = tools.posteriors.coverage(pane.index)
    if tools.overlays.ellipses == "all" and (union is None or union.number != number):
        return False
    if tools.overlays.contours and (contours is None or contours.number != number):
        return False
    return coverage is None or coverage.number == number
