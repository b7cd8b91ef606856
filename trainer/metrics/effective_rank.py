"""How many dimensions a cloud of codes uses, for codes without a posterior's scale. Torch-free."""

from __future__ import annotations

import numpy as np


def effective_rank(codes: np.ndarray) -> float | None:
    """Effective rank of centred codes (n, d): exp of the entropy of their normalised singular values.

    Roy & Vetterli 2007. Between 1 and d; the same when all codes are scaled alike, unlike a count of variances
    above a threshold, which for codes without a posterior means nothing. 0 where all codes are the same; None for
    fewer than two codes, and where one is not finite.
    """
    if len(codes) < 2 or not np.isfinite(codes).all():
        return None
    centred = codes - codes.mean(axis=0, dtype=np.float64)
    # The singular values are the roots of the eigenvalues of the d x d product.
    values = np.sqrt(np.maximum(np.linalg.eigvalsh(centred.T @ centred), 0.0))
    # What is only rounding is no dimension: an eigenvalue is known to some 1e-16 of the largest, its root to 1e-8.
    values = values[values > 1e-7 * values.max(initial=0.0)]
    if not len(values):
        return 0.0
    shares = values / values.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))
