"""The interval of a share of independent cases. Torch-free."""

from __future__ import annotations

import math

from trainer.measures.measure import NORMAL_95


def share_interval(share: float, count: int) -> tuple[float, float]:
    """95 % interval of a share of `count` independent cases (Wilson 1927): within [0, 1] also at its ends."""
    square = NORMAL_95**2 / count
    middle = (share + square / 2) / (1 + square)
    half = NORMAL_95 / (1 + square) * math.sqrt(share * (1 - share) / count + square / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)
