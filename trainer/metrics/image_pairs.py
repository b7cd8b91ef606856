"""Pairs of different images, each image in one pair only, so that means have the usual standard error."""

from __future__ import annotations

import numpy as np


def image_pairs(count: int, most: int, seed: int, labels: np.ndarray | None = None) -> tuple[np.ndarray, bool]:
    """At most `most` pairs among `count` images, a seeded random choice, and whether their classes differ.

    labels: int (count,), -1 where unknown: pairs are of two known, different classes if any such pair exists.
    Gives int64 (p, 2); p is 0 for fewer than two images, and at most count / 2.
    """
    pairs = np.random.default_rng([seed, 7]).permutation(count)[: count // 2 * 2].reshape(-1, 2)
    if labels is not None:
        first, second = labels[pairs].T
        apart = pairs[(first != second) & (first >= 0) & (second >= 0)]
        if len(apart):
            return apart[:most], True
    return pairs[:most], False
