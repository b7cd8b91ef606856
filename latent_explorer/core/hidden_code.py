"""The values of the latent dimensions that a map does not show."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneCodes, PaneState
from trainer.priors.gaussian import StandardNormal


def code_of_row(codes: PaneCodes, row: int) -> np.ndarray | None:
    """The code (d,) of data row `row`, or None when that row is not on the map."""
    place = codes.place_of(row)
    return None if place is None else codes.codes[place]


def prior_middle(pane: PaneState) -> np.ndarray | None:
    """The mean of the pane's prior, float32 (d,); None where that is 0, and for a model without a prior."""
    model, snapshot = pane.model, None if pane.codes is None else pane.codes.snapshot
    if model is None or snapshot is None or model.traits.prior in ("none", StandardNormal.kind):
        return None
    prior = model.prior(snapshot)
    mean = None if prior is None else np.asarray(prior.mean, np.float32)
    return mean if mean is not None and mean.any() and np.isfinite(mean).all() else None


def hidden_code(pane: PaneState, explorer: ExplorerState, latent: int, mean: np.ndarray | None) -> np.ndarray:
    """The code (d,) for the hidden dimensions of `Plane.lift`: by the pane's policy, moved by its slice.

    `mean` is that of the pane's codes, None without codes. "zero" is the mean of the prior, which need not be 0.
    """
    base = np.zeros(latent, np.float32)
    picked = None
    if pane.hidden == "picked" and pane.codes is not None and explorer.picked is not None:
        picked = code_of_row(pane.codes, explorer.picked)
    if picked is not None and np.isfinite(picked).all():
        base = picked
    elif pane.hidden == "zero":
        middle = prior_middle(pane)
        base = base if middle is None else middle
    elif mean is not None:
        base = mean
    offset = pane.slice_offset
    return base if offset is None or len(offset) != latent else base + offset
