"""Accuracy of the k nearest neighbours (Cover & Hart 1967): do near codes belong to the same class?

Each scored image gets the most frequent class of its k nearest fitted images by Euclidean distance; of equally
frequent classes the one with the nearest image. The accuracy is a binomial share (`share_interval`).
Brute force, a block of scored images at a time: 2·n·m·d.
"""

from __future__ import annotations

import numpy as np
import torch

from trainer.progress import UNWATCHED, Monitor

#: Neighbours that vote.
NEAREST = 5
#: Distances in memory at a time: 8 MB.
_PAIRS = 2_000_000


def nearest(
    points: np.ndarray,
    among: np.ndarray | None,
    k: int,
    *,
    seed: int = 0,
    monitor: Monitor = UNWATCHED,
) -> np.ndarray:
    """The `k` of `among` (m, d) nearest to each of `points` (n, d), nearest first: int64 (n, k).

       Without `among`, of the other points. If all of `among` are equal, a seeded random choice.
    Raises `ValueError` for fewer than k, `CancelledError`.
    """
    others = points if among is None else among
    count = len(others) - (among is None)
    if count < k:
        raise ValueError(f"there are {count} to find {k} neighbours among")
    if (others == others[0]).all():
        return _at_random(len(points), len(others), k, among is None, seed)
    # Relative to the mean, because far from zero the norms would cancel the differences.
    centre = others.mean(axis=0, dtype=np.float64).astype(np.float32)
    columns = torch.from_numpy(np.asarray(others, np.float32) - centre).T
    half_norms = 0.5 * columns.square().sum(0)
    found = np.empty((len(points), k), np.int64)
    step = max(1, _PAIRS // len(others))
    for start in range(0, len(points), step):
        monitor.check()
        part = torch.from_numpy(np.asarray(points[start : start + step], np.float32) - centre)
        # (|a - b|² - |a|²) / 2, which has the same order.
        scores = half_norms - part @ columns
        if among is None:
            rows = torch.arange(len(part))
            scores[rows, start + rows] = torch.inf
        found[start : start + step] = scores.topk(k, largest=False).indices.numpy()
    return found


def voted(labels: np.ndarray) -> np.ndarray:
    """The most frequent class in each row of `labels` (n, k), which are nearest first: (n,)."""
    votes = (labels[:, :, None] == labels[:, None, :]).sum(axis=2)
    return labels[np.arange(len(labels)), votes.argmax(axis=1)]


def neighbours_accuracy(
    fit_points: np.ndarray,
    fit_labels: np.ndarray,
    points: np.ndarray,
    labels: np.ndarray,
    *,
    k: int = NEAREST,
    seed: int = 0,
    monitor: Monitor = UNWATCHED,
) -> float:
    """Share of `points` (n, d) whose label is predicted correctly by the k nearest of `fit_points` (m, d).

    Raises `ValueError` for fewer than k `fit_points`, `CancelledError`.
    """
    found = nearest(points, fit_points, k, seed=seed, monitor=monitor)
    return float((voted(fit_labels[found]) == labels).mean())


def _at_random(count: int, of: int, k: int, others: bool, seed: int) -> np.ndarray:
    rng = np.random.default_rng([seed, 8])
    found = np.stack([rng.choice(of - others, k, replace=False) for _ in range(count)])
    return found + (found >= np.arange(count)[:, None]) if others else found
