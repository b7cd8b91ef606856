"""A score of codes against factors, and the two dimensions that know most of a factor. Torch-free.

Standard errors are by the infinitesimal jackknife: to first order a score is the mean of one influence an
image, so that its error is the spread of those over √n (Efron & Tibshirani 1993, chapter 21). It agrees with a
bootstrap over images without drawing one. What was fitted to other images is taken as it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class FactorScore:
    """Attributes:
    value: the mean over factors.
    error: standard error over images; None where there is none to give.
    each: the score of each factor, or of each dimension.
    """

    value: float
    error: float | None
    each: tuple[float, ...] = field(repr=False)


def averaged(each: list[float], influences: np.ndarray) -> FactorScore:
    """The mean of scores `each`, one a factor; `influences` (n,) of the images on it."""
    count = len(influences)
    error = float(np.std(influences, ddof=1)) / math.sqrt(count) if count > 1 else None
    return FactorScore(float(np.mean(each)), error, tuple(each))


def top_two(scores: np.ndarray) -> tuple[int, int]:
    """The dimensions with the largest and the second largest of `scores` (d,), d >= 2; of equal ones the first."""
    first, second = np.argsort(-scores, kind="stable")[:2]
    return int(first), int(second)


def two_or_more(codes: np.ndarray) -> np.ndarray:
    """Codes (n, d) with a constant dimension added to a single one, which is then what it is compared with."""
    return codes if codes.shape[1] > 1 else np.hstack([codes, np.zeros_like(codes)])
