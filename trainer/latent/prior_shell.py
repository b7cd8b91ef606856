"""How much of the prior lies farther out than a code. Torch-free."""

from __future__ import annotations

import math

import numpy as np


def prior_outside(code: np.ndarray) -> float:
    """The share of N(0, I) that is farther from its middle than `code` (d,), in [0, 1]; NaN if that is not finite.

    The survival function of χ² with d degrees of freedom at |z|². In d dimensions the mass lies on a shell of
    radius about √d, so that a code near 0 has nearly all of it outside.
    """
    squared = float(np.square(code, dtype=np.float64).sum())
    return _outside(squared, len(code)) if math.isfinite(squared) else math.nan


def squared_radius(mass: float, latent: int) -> float:
    """|z|² of the sphere that holds `mass`, in (0, 1), of N(0, I): that quantile of χ²."""
    low, high = 0.0, 1.0
    while _outside(high, latent) > 1 - mass:
        low, high = high, 2 * high
    while low < (middle := 0.5 * (low + high)) < high:
        if _outside(middle, latent) > 1 - mass:
            low = middle
        else:
            high = middle
    return high


def _outside(squared: float, latent: int) -> float:
    """The share of N(0, I) of `latent` dimensions with |z|² above this."""
    half = squared / 2
    if half == 0:
        return 1.0
    # Q(d/2, y) is Q(1/2, y) or 0, plus the sum of y^a e^-y / Γ(a + 1) up to a = d/2 - 1, by logarithms.
    start, share = (0.5, math.erfc(math.sqrt(half))) if latent % 2 else (0.0, 0.0)
    power = start
    while power < latent / 2:
        share += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
        power += 1
    return min(share, 1.0)
