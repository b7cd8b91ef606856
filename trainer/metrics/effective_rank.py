"""The number of dimensions that a cloud of codes uses, for codes without a posterior's scale. Torch-free."""

from __future__ import annotations

import math

import numpy as np


def effective_rank(codes: np.ndarray) -> float | None:
    """Effective rank of centred codes (n, d): exp of the entropy of their normalised singular values.

    Roy & Vetterli 2007. Between 1 and d, and invariant to the scale of the codes, unlike a count of variances
    above a threshold, which is meaningless for codes without a posterior. 0 if all codes are the same; None for
    fewer than two codes, and if one is not finite. Costs n d² + d³.
    """
    if len(codes) < 2 or not np.isfinite(codes).all():
        return None
    values, _ = _spectrum(_centred(codes))
    return _rank(values) if len(values) else 0.0


def effective_rank_error(codes: np.ndarray) -> float | None:
    """Standard error of the effective rank of codes (n, d) that are a sample of a population; None without one.

    By the delta method: a code with score s along singular direction i has influence s² - λ_i on the eigenvalue
    λ_i of the covariance, hence a known influence on the rank; the standard deviation of these over √n is the
    error.
    """
    if len(codes) < 3 or not np.isfinite(codes).all():
        return None
    centred = _centred(codes)
    values, axes = _spectrum(centred)
    if not len(values):
        return None
    shares, rank = values / values.sum(), _rank(values)
    slopes = -rank * (np.log(shares) + np.log(rank)) / values.sum()  # derivative by each singular value
    squares = (centred @ axes) ** 2
    influence = (squares - squares.mean(axis=0)) @ (slopes / (2 * values)) * len(codes)
    return float(influence.std(ddof=1)) / math.sqrt(len(codes))


def _rank(values: np.ndarray) -> float:
    shares = values / values.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _centred(codes: np.ndarray) -> np.ndarray:
    return codes - codes.mean(axis=0, dtype=np.float64)


def _spectrum(centred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The singular values of centred codes, (r,) without those that are rounding, and their directions, (d, r)."""
    # The singular values are the roots of the eigenvalues of the d x d product.
    squares, axes = np.linalg.eigh(centred.T @ centred)
    values = np.sqrt(np.maximum(squares, 0.0))
    # Rounding errors are no dimensions: an eigenvalue is exact to about 1e-16 of the largest, its root to 1e-8.
    kept = values > 1e-7 * values.max(initial=0.0)
    return values[kept], axes[:, kept]
