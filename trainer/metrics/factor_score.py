"""A score of codes against factors, and the two dimensions with the most information on a factor. Torch-free.

Standard errors are by the infinitesimal jackknife: to first order a score is the mean of one influence per
image, so that its error is their standard deviation over √n (Efron & Tibshirani 1993, chapter 21). It agrees with
a bootstrap over images without resampling. Models fitted on other images are treated as fixed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class FactorScore:
    """Attributes:
    value: the mean over factors.
    error: standard error over images; None if there is none.
    each: the score of each factor, or of each dimension.
    """

    value: float
    error: float | None
    each: tuple[float, ...] = field(repr=False)


def averaged(each: list[float], influences: np.ndarray) -> FactorScore:
    """The mean of scores `each`, one per factor; `influences` (n,) are those of the images on it."""
    count = len(influences)
    error = float(np.std(influences, ddof=1)) / math.sqrt(count) if count > 1 else None
    return FactorScore(float(np.mean(each)), error, tuple(each))


def top_two(scores: np.ndarray) -> tuple[int, int]:
    """The dimensions with the largest and the second largest of `scores` (d,), d >= 2; the first of equal ones."""
    first, second = np.argsort(-scores, kind="stable")[:2]
    return int(first), int(second)


def two_or_more(codes: np.ndarray) -> np.ndarray:
    """Codes (n, d); a constant second dimension is added to a single one, to compare it with."""
    return codes if codes.shape[1] > 1 else np.hstack([codes, np.zeros_like(codes)])
