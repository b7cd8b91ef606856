"""The distance from each code to its k-th nearest neighbour, a measure of sparsity. Torch-free."""

from __future__ import annotations

import numpy as np

from trainer.progress import UNWATCHED, Monitor
from trainer.sentences import Sentence

#: Distances in memory at a time: 8 MB as float64.
_AT_ONCE = 1_000_000
#: Additional candidates beyond k from the fast comparison, which are compared exactly.
_SPARE = 8


def kth_distances(
    codes: np.ndarray,
    others: np.ndarray,
    k: int,
    *,
    own: np.ndarray | None = None,
    monitor: Monitor = UNWATCHED,
) -> np.ndarray:
    """Euclidean distance from each of `codes` (n, d) to its k-th nearest of `others` (m, d): float64 (n,).

    Args:
        own: int (n,), the row of `others` that is each code's own image and is left out; -1 for none.

    NaN if there are fewer than k others, and for a non-finite code; non-finite `others` are
    left out. In the codes' unit. Cost: 2 n m d operations, in blocks of bounded memory; the nearest candidates are
    compared again exactly. Raises `CancelledError`.
    """
    if k < 1:
        raise ValueError("neighbours are counted from 1")
    found = np.full(len(codes), np.nan)
    codes, others = np.asarray(codes, np.float64), np.asarray(others, np.float64)
    finite = np.isfinite(others).all(axis=1)
    own = np.full(len(codes), -1) if own is None else own
    if finite.sum() < k:
        return found
    # Relative to the mean, because far from zero the norms would cancel the differences.
    mean = others[finite].mean(axis=0)
    shifted = np.where(finite[:, None], others - mean, 0.0)
    half_norms = np.where(finite, 0.5 * (shifted**2).sum(axis=1), np.inf)
    kept = min(k + _SPARE, len(others))
    step = max(1, _AT_ONCE // max(len(others), kept * max(1, codes.shape[1])))
    for start in range(0, len(codes), step):
        monitor.at(start, len(codes), Sentence("images"), Sentence("Measuring distances"))
        rows = np.arange(start, min(start + step, len(codes)))
        rows = rows[np.isfinite(codes[rows]).all(axis=1)]
        queries = codes[rows] - mean
        # |c - z|² - |z|² = |c|² - 2 c·z; halved, so that the product c·z needs no factor.
        scores = half_norms - queries @ shifted.T
        mine = own[rows] >= 0
        scores[mine, own[rows[mine]]] = np.inf
        nearest = np.argpartition(scores, kept - 1, axis=1)[:, :kept] if kept < len(others) else None
        nearest = np.broadcast_to(np.arange(len(others)), scores.shape) if nearest is None else nearest
        distances = np.linalg.norm(shifted[nearest] - queries[:, None], axis=2)
        distances[np.isinf(np.take_along_axis(scores, nearest, axis=1))] = np.inf
        distances = np.sort(distances, axis=1)[:, k - 1]
        found[rows] = np.where(np.isfinite(distances), distances, np.nan)
    return found
