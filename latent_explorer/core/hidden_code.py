"""The values at which a map holds the latent dimensions that it does not show."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneCodes, PaneState


def code_of_row(codes: PaneCodes, row: int) -> np.ndarray | None:
    """The code (d,) of data row `row`, or None when that row is not on the map."""
    place = codes.place_of(row)
    return None if place is None else codes.codes[place]


def hidden_code(pane: PaneState, explorer: ExplorerState, latent: int, mean: np.ndarray | None) -> np.ndarray:
    """The code (d,) that `Plane.lift` takes for the hidden dimensions: by the pane's policy, moved by its slice.

    `mean` is that of the pane's codes, None without codes.
    """
    base = np.zeros(latent, np.float32)
    picked = None
    if pane.hidden == "picked" and pane.codes is not None and explorer.picked is not None:
        picked = code_of_row(pane.codes, explorer.picked)
    if picked is not None and np.isfinite(picked).all():
        base = picked
    elif pane.hidden != "zero" and mean is not None:
        base = mean
    offset = pane.slice_offset
    return base if offset is None or len(offset) != latent else base + offset
