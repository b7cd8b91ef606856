"""Means, spreads and correlations of the dimensions of a sample of codes, with standard errors. Torch-free.

Errors by the delta method: each estimate is, up to terms of order 1/n, a mean of the codes' influences
on it (Hampel 1974), whose standard deviation over √n is its standard error. Correlations cost n d².
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

#: A spread below this share of the dimension's largest value is rounding error.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An estimate over dimensions.

    Attributes:
        value: over all dimensions.
        error: its standard error; None if there are too few codes.
        each: its terms, one per dimension; () for correlations.
    """

    value: float
    error: float | None
    each: tuple[float, ...] = ()


def offset(codes: np.ndarray) -> Moment:
    """√(Σ_j m_j² / d) for the means m_j of codes (n, d), in the codes' unit; `each` are the means.

    It is never 0 for a finite sample: for n draws of N(0, I) it is about 1/√n.
    """
    codes = np.asarray(codes, np.float64)
    means = codes.mean(axis=0)
    value = math.sqrt(float((means**2).mean()))
    influence = (codes - means) @ means / len(means)
    error = _error(influence / value) if value > 0 else None
    return Moment(value=value, error=error, each=tuple(means.tolist()))


def spread(codes: np.ndarray) -> Moment:
    """Mean over dimensions of the standard deviation of codes (n, d), n >= 2; `each` are the deviations."""
    codes = np.asarray(codes, np.float64)
    deviations = codes.std(axis=0, ddof=1)
    centred = codes - codes.mean(axis=0)
    safe = np.where(deviations > 0, deviations, 1)
    influence = ((centred**2 - deviations**2) / (2 * safe)).mean(axis=1)
    return Moment(value=float(deviations.mean()), error=_error(influence), each=tuple(deviations.tolist()))


def varying_dimensions(codes: np.ndarray) -> np.ndarray:
    """Indices of the dimensions of codes (n, d) in which they differ by more than rounding: intp (v,)."""
    codes = np.asarray(codes, np.float64)
    return np.flatnonzero(codes.std(axis=0) > _ROUNDING * np.abs(codes).max(axis=0, initial=0))


def mean_absolute_correlation(codes: np.ndarray) -> Moment:
    """Mean of |r_jk| (Pearson) over pairs of dimensions of codes (n, d), all of which vary, d at least 2.

    0 if the dimensions are uncorrelated; a sample of n codes with independent dimensions has about √(2 / (π n)).
    If an r is as small as its error, the error of the mean is somewhat too large.
    """
    codes = np.asarray(codes, np.float64)
    standard = (codes - codes.mean(axis=0)) / codes.std(axis=0)
    count, latent = standard.shape
    correlations = standard.T @ standard / count
    np.fill_diagonal(correlations, 0)
    pairs = latent * (latent - 1)
    # A code's influence on r_jk is z_j z_k − r_jk (z_j² + z_k²) / 2.
    products = ((standard @ np.sign(correlations)) * standard).sum(axis=1)
    influence = (products - standard**2 @ np.abs(correlations).sum(axis=0)) / pairs
    return Moment(value=float(np.abs(correlations).sum() / pairs), error=_error(influence))


def _error(influence: np.ndarray) -> float | None:
    count = len(influence)
    return float(influence.std(ddof=1)) / math.sqrt(count) if count > 2 else None
