"""The 95 % interval of a share of independent cases (Wilson 1927). Torch-free."""

from __future__ import annotations

import math

#: Standard errors on either side that contain 95 % of a normal distribution.
_NORMAL_95 = 1.959964


def share_interval(share: float, count: int) -> tuple[float, float]:
    """95 % interval of a share of `count` independent cases: within [0, 1] also at its ends."""
    square = _NORMAL_95**2 / count
    middle = (share + square / 2) / (1 + square)
    half = _NORMAL_95 / (1 + square) * math.sqrt(share * (1 - share) / count + square / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)
