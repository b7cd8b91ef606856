"""Active units: latent dimensions whose code varies over the images (Burda et al. 2016). Torch-free at import."""

from __future__ import annotations

import numpy as np

from trainer.arrays import library
from trainer.prior import Prior

#: Var_x(μ_u) in units of the prior's variance above which a unit counts as active.
ACTIVE_VARIANCE = 0.01


def in_prior_units(variances: np.ndarray, prior: Prior) -> np.ndarray:
    """Variances of each dimension's code over the images, (d,), divided by those of `prior`: float64 (d,)."""
    spread = prior.spread
    if library(spread) is not np:
        spread = spread.detach().cpu()
    return variances / np.asarray(spread, np.float64) ** 2


def active_units(variances: np.ndarray) -> int:
    """Number of active dimensions; `variances` (d,) are in units of the prior's variance."""
    return int((variances > ACTIVE_VARIANCE).sum())
