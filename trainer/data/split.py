"""Chooses the rows that are read and splits them into training and held-out rows.

A subset is always a seeded random choice: the first rows of a sorted source would all belong to one class.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.config import DataConfig

#: Share held out of a folder or an array by default, and the number of images that it should be at least:
#: with fewer, measures of samples and of codes are mostly noise.
SHARE, ENOUGH = 0.1, 300
#: Highest share held out to reach that number.
_MOST_SHARE = 0.2


def held_out_share(count: int, asked: float | None) -> float:
    """The share of `count` images to hold out: the one `asked` for, else a tenth, or 300 images if that is more.

    If 300 images would be more than a fifth, a tenth: training would miss them.
    """
    if asked is not None:
        return asked
    return max(SHARE, ENOUGH / count) if count * _MOST_SHARE >= ENOUGH else SHARE


def train_rows(count: int, held_out: float | None) -> int:
    """Number of training rows among `count` >= 2: all for a share of 0, else at least one row on either side.

    `held_out` None: see `held_out_share`.
    """
    share = held_out_share(count, held_out)
    return count if share == 0 else min(count - 1, max(1, count - round(count * share)))


def shuffled(count: int, seed: int) -> np.ndarray:
    """int64 (count,): a seeded permutation; its first `train_rows` entries are for training."""
    return np.random.default_rng(seed).permutation(count)


def subset(count: int, of: int, seed: int, part: int = 0) -> np.ndarray:
    """int64 (min(count, of),), ascending: a seeded random choice among `of` rows, independent for each `part`."""
    if count >= of:
        return np.arange(of, dtype=np.int64)
    return np.sort(np.random.default_rng([seed, part]).permutation(of)[:count])


def official_rows(train: int, test: int, config: DataConfig) -> tuple[np.ndarray, np.ndarray]:
    """Rows to read of an official split with `train` and `test` rows: two ascending int64 arrays.

    Together at most `config.count` rows, chosen at random; with `DataConfig.rules` 1 the first ones.
    """
    counts = limit_official(train, test, config.count)
    if config.rules == 1:
        return np.arange(counts[0], dtype=np.int64), np.arange(counts[1], dtype=np.int64)
    return subset(counts[0], train, config.seed, 0), subset(counts[1], test, config.seed, 1)


def source_rows(orders: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray | None:
    """int64 (n,): the index of each row in the source, with its parts concatenated; None if it is 0 ... n - 1.

    `orders` are the rows taken from each part, `sizes` the number of rows of each part in the source.
    """
    starts = np.cumsum([0, *sizes[:-1]])
    rows = np.concatenate([order + start for order, start in zip(orders, starts, strict=True)]).astype(np.int64)
    return None if np.array_equal(rows, np.arange(len(rows))) else rows


def limit_official(train: int, test: int, count: int | None) -> tuple[int, int]:
    """Numbers of training and test rows to read so that together they are at most `count`.

    The parts keep their proportion and at least one row each.
    """
    if count is None or count >= train + test:
        return train, test
    kept = min(train, max(1, round(count * train / (train + test))))
    kept = min(kept, count - 1)
    return kept, min(test, count - kept)
