"""How much of the prior lies farther out than a code. Torch-free."""

from __future__ import annotations

import math

import numpy as np


def prior_outside(code: np.ndarray) -> float:
    """The share of N(0, I) that is farther from its middle than `code` (d,), in [0, 1]; NaN if that is not finite.

    The survival function of χ² with d degrees of freedom at |z|². In d dimensions the mass lies on a shell of
    radius about √d, so that a code near 0 has nearly all of it outside.
    """
    half = float(np.square(code, dtype=np.float64).sum()) / 2
    if not math.isfinite(half):
        return math.nan
    if half == 0:
        return 1.0
    # Q(d/2, y) is Q(1/2, y) or 0, plus the sum of y^a e^-y / Γ(a + 1) up to a = d/2 - 1, by logarithms.
    start, share = (0.5, math.erfc(math.sqrt(half))) if len(code) % 2 else (0.0, 0.0)
    power = start
    while power < len(code) / 2:
        share += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
        power += 1
    return min(share, 1.0)
