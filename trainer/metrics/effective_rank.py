"""How many dimensions a cloud of codes uses, for codes without a posterior's scale. Torch-free."""

from __future__ import annotations

import math

import numpy as np


def effective_rank(codes: np.ndarray) -> float | None:
    """Effective rank of centred codes (n, d): exp of the entropy of their normalised singular values.

    Roy & Vetterli 2007. Between 1 and d; the same when all codes are scaled alike, unlike a count of variances
    above a threshold, which for codes without a posterior means nothing. 0 where all codes are the same; None for
    fewer than two codes, and where one is not finite. Costs n d² + d³.
    """
    if len(codes) < 2 or not np.isfinite(codes).all():
        return None
    values, _ = _spectrum(_centred(codes))
    return _rank(values) if len(values) else 0.0


def effective_rank_error(codes: np.ndarray) -> float | None:
    """Standard error of the effective rank of codes (n, d) that are a sample of more; None where it has none.

    By the delta method: a code whose score along singular direction i is s adds s² - λ_i to the eigenvalue λ_i of
    the covariance, and so a known amount to the rank; the spread of these amounts over √n is the error.
    """
    if len(codes) < 3 or not np.isfinite(codes).all():
        return None
    centred = _centred(codes)
    values, axes = _spectrum(centred)
    if not len(values):
        return None
    shares, rank = values / values.sum(), _rank(values)
    slopes = -rank * (np.log(shares) + np.log(rank)) / values.sum()  # by each singular value
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
    # What is only rounding is no dimension: an eigenvalue is known to some 1e-16 of the largest, its root to 1e-8.
    kept = values > 1e-7 * values.max(initial=0.0)
    return values[kept], axes[:, kept]
