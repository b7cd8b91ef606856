"""Precision of retrieval (Manning et al. 2008, chapter 8): how many of the nearest images are of the same class.

Every image is a query among all others: of its k nearest by Euclidean distance the share that has its class,
averaged over queries. The chance level is the share of the other images that has its class. The standard error
is over queries; the searched images are treated as fixed. Cost: 2·n²·d.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trainer.metrics.neighbours_accuracy import nearest
from trainer.progress import UNWATCHED, Monitor

#: Images retrieved for a query.
RETRIEVED = 10


@dataclass(frozen=True, slots=True)
class Precision:
    """Attributes:
    value: share of the retrieved images that have the query's class.
    error: its standard error.
    chance: the same for images retrieved at random.
    """

    value: float
    error: float
    chance: float


def retrieval_precision(
    points: np.ndarray,
    labels: np.ndarray,
    *,
    k: int = RETRIEVED,
    seed: int = 0,
    monitor: Monitor = UNWATCHED,
) -> Precision:
    """Precision at `k` of points (n, d) with labels (n,), n > k >= 1.

    Raises `ValueError` for fewer, `CancelledError`.
    """
    found = nearest(points, None, k, seed=seed, monitor=monitor)
    each = (labels[found] == labels[:, None]).mean(axis=1)
    _, level, counts = np.unique(labels, return_inverse=True, return_counts=True)
    chance = (counts[level] - 1).mean() / (len(labels) - 1)
    return Precision(float(each.mean()), float(each.std(ddof=1) / np.sqrt(len(each))), float(chance))
