"""Where a code lies in the prior N(0, I): how far out, how much of it is nearer and farther. Torch-free.

In d dimensions the mass lies on a shell of radius about √d, so that next to nothing of it is near 0: neither end
of the radius is "inside". Both shares are computed for themselves, since 1 minus a small number forgets it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class PriorPlace:
    """A code's place: `radius` |z|; the shares of draws of N(0, I) `nearer` to 0 and `farther`, which sum to 1."""

    radius: float
    nearer: float
    farther: float


def prior_place(code: np.ndarray) -> PriorPlace:
    """The place of `code` (d,): by χ² with d degrees of freedom at |z|². All NaN if the code is not finite."""
    squared = float(np.square(code, dtype=np.float64).sum())
    if not math.isfinite(squared):
        return PriorPlace(math.nan, math.nan, math.nan)
    farther = _outside(squared, len(code))
    nearer = 1 - farther if farther < 0.5 else _inside(squared, len(code))
    return PriorPlace(math.sqrt(squared), nearer, farther)


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


def _inside(squared: float, latent: int) -> float:
    """The share with |z|² below this: the same sum from a = d/2 on, which ends for |z|² about d and less."""
    half = squared / 2
    if half == 0:
        return 0.0
    share, power = 0.0, latent / 2
    while True:
        term = math.exp(power * math.log(half) - half - math.lgamma(power + 1))
        share += term
        if term <= 1e-17 * share:
            return min(share, 1.0)
        power += 1
