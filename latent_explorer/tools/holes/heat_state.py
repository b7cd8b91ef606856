"""The heat maps: measures over the visible planes, as far as they have been computed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from latent_explorer.core.pane_pictures import PanePictures
from latent_explorer.core.view_transform import Rect


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeatPicture:
    """One measure over a rectangle of a pane's plane.

    Attributes:
        kind: an option of the choice "heat" except "none".
        reason: why there is no picture, one of `meter_state.REASONS`; "" if there is one.
        values: float32 (rows, columns), the lowest row first; NaN if not measurable.
        rect: its rectangle in plane units, outer edges of the outermost cells.
            log10 of a p-value as in `MeterReading`, or of √det G.
        low, high: the values at the ends of the ramp, fixed for the weights: values beyond look like the ends.
        held_back: images that p compares with.
        fails: the p at and below which a place fails; NaN for a measure without one, and if it cannot be
        determined. outline: lines around the places that fail, each float64 (m, 2) in plane units. powers: as in
        `MeterReading`. finished: whether no finer picture follows. number: of the snapshot it was computed with.
    """

    kind: str
    reason: str = ""
    values: np.ndarray = field(default_factory=lambda: np.empty((0, 0), np.float32), repr=False)
    rect: Rect = (0.0, 0.0, 0.0, 0.0)
    low: float = 0.0
    high: float = 1.0
    held_back: int = 0
    fails: float = math.nan
    outline: tuple[np.ndarray, ...] = field(default=(), repr=False)
    powers: tuple[tuple[str, float], ...] = ()
    finished: bool = False
    number: int = 0


class HeatState(PanePictures[HeatPicture]):
    """The newest heat map of each pane."""
