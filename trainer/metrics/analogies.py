"""Analogies: codes moved from the mean of their class to that of another (Larsen et al. 2016). Torch-free.

"Third - first + second": z + (m_b - m_a) for a code z of class a and another class b. A classifier decides whether
the decoded picture belongs to class b; moves of the same length in random directions show how often that happens
by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.latent.directions import random_directions
from trainer.progress import UNWATCHED, Monitor, completed

#: Maximum number of codes for the covariance of random moves.
_COVARIANCE_ROWS = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Attributes:
    targets: int64 (n,), the class that each code is moved to: a seeded random choice among the others.
    moved: float32 (n, d), the codes after the move. at_random: the same after random moves of the same lengths,
    from N(0, Σ), Σ the codes'
        covariance.
    """

    targets: np.ndarray = field(repr=False)
    moved: np.ndarray = field(repr=False)
    at_random: np.ndarray = field(repr=False)


def class_means(codes: np.ndarray, labels: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The mean code of each of `classes` (C,), each with at least one of the codes (n, d): float64 (C, d)."""
    return np.stack([codes[labels == one].mean(axis=0, dtype=np.float64) for one in classes])


def moves(
    codes: np.ndarray,
    labels: np.ndarray,
    fit_codes: np.ndarray,
    fit_labels: np.ndarray,
    *,
    seed: int = 0,
    monitor: Monitor = UNWATCHED,
) -> Moves:
    """Move finite codes (n, d), whose labels (n,) all occur in `fit_labels` (m,), by class means of `fit_codes`
    (m, d).

    `fit_labels` has at least two classes, -1 where unknown. Raises `CancelledError`.
    """
    classes = np.unique(fit_labels[fit_labels >= 0])
    means = class_means(fit_codes, fit_labels, classes)
    rng = np.random.default_rng([seed, 5])
    own = np.searchsorted(classes, labels)
    target = (own + rng.integers(1, len(classes), len(codes))) % len(classes)
    vector = means[target] - means[own]
    some = fit_codes[rng.permutation(len(fit_codes))[:_COVARIANCE_ROWS]]
    drawn = completed(random_directions(some, len(codes), seed), monitor)
    long, wanted = (np.linalg.norm(array, axis=1, keepdims=True) for array in (drawn, vector))
    random = drawn * (wanted / np.where(long > 0, long, 1.0))
    return Moves(classes[target], (codes + vector).astype(np.float32), (codes + random).astype(np.float32))
