"""The location of a code under a prior: the prior mass nearer to its mean or at higher density. Torch-free.

In d dimensions the mass of a Gaussian concentrates on a shell of radius about √d: a very small radius is as
atypical as a very large one. Both shares are computed directly: 1 minus a tiny number loses it to rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class PriorPlace:
    """The place of a code in a prior.

    Attributes:
        radius: for a Gaussian prior the distance from its mean in its standard deviations, |z| for N(0, I); NaN
            for others.
        nearer, farther: shares of the prior's draws, with sum 1: for a Gaussian at smaller and larger radii, for
            others at higher and at lower or equal density.
        draws: number of draws the shares are estimated from; 0 for a closed form.
    """

    radius: float
    nearer: float
    farther: float
    draws: int = 0


def place_by_radius(squared: float, latent: int) -> PriorPlace:
    """Radius and masses from χ² with `latent` degrees of freedom at |z|² = `squared`; NaN if it is not finite."""
    if not math.isfinite(squared):
        return PriorPlace(math.nan, math.nan, math.nan)
    farther = _outside(squared, latent)
    nearer = 1 - farther if farther < 0.5 else _inside(squared, latent)
    return PriorPlace(math.sqrt(squared), nearer, farther)


def place_by_density(here: float, densities: np.ndarray) -> PriorPlace:
    """The place of a code whose log density is `here` among those of draws, ascending: (m,)."""
    if math.isnan(here):
        return PriorPlace(math.nan, math.nan, math.nan, len(densities))
    sparser = float(np.searchsorted(densities, here)) / len(densities)
    return PriorPlace(math.nan, 1 - sparser, sparser, len(densities))


def squared_radius(mass: float, latent: int) -> float:
    """|z|² of the sphere that encloses `mass`, in (0, 1), of N(0, I): the quantile of χ²."""
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
    """The mass of N(0, I) in `latent` dimensions with |z|² above `squared`."""
    half = squared / 2
    if half == 0:
        return 1.0
    # Q(d/2, y) = Q(1/2, y) for odd d or 0 for even d, plus the sum of y^a e^-y / Γ(a + 1) up to a = d/2 - 1, with
    # terms computed from logarithms.
    start, share = (0.5, math.erfc(math.sqrt(half))) if latent % 2 else (0.0, 0.0)
    power = start
    while power < latent / 2:
        share += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
        power += 1
    return min(share, 1.0)


def _inside(squared: float, latent: int) -> float:
    """The mass with |z|² below `squared`: the same sum from a = d/2 on; converges fast for |z|² up to about d."""
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
