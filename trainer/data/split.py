"""Which rows train and which are held out."""

from __future__ import annotations

import numpy as np


def train_rows(count: int, held_out: float) -> int:
    """Number of training rows among `count` >= 2: at least one row falls on either side."""
    return min(count - 1, max(1, count - round(count * held_out)))


def shuffled(count: int, seed: int) -> np.ndarray:
    """int64 (count,): a seeded permutation; the first `train_rows` of it are for training."""
    return np.random.default_rng(seed).permutation(count)


def limit_official(train: int, test: int, count: int | None) -> tuple[int, int]:
    """Rows to read of an official training and test part so that together they are at most `count`.

    The parts keep their proportion, and at least one row each.
    """
    if count is None or count >= train + test:
        return train, test
    kept = min(train, max(1, round(count * train / (train + test))))
    kept = min(kept, count - 1)
    return kept, min(test, count - kept)
