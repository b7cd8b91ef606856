"""Which real images pictures are compared with, and which others say what real ones reach. Torch-free."""

from __future__ import annotations

import numpy as np


def real_rows(
    images: int, train_count: int, most: int, measured: np.ndarray | None = None, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of at most `most` held-out images to compare with, and of as many other real images.

    Held-out ones, because the decoder has seen the others: its samples would be nearer to them than those of a
    perfect model. The others are held out, too, where there are twice as many, else training images: between real
    images and real images there is no decoder. Seeded random choices; each int64, ascending.

    Args:
        images, train_count: rows of the data, and those of them for training.
        measured: rows to choose from, int64; all unless given. Those for training are left out.
    """
    rng = np.random.default_rng([seed, 7])
    held_out = np.arange(train_count, images, dtype=np.int64)
    wanted = held_out if measured is None else measured[measured >= train_count]
    chosen = rng.permutation(wanted)[:most]
    pool = np.setdiff1d(held_out, chosen)
    if len(pool) < len(chosen):
        pool = max(pool, np.arange(train_count, dtype=np.int64), key=len)
    count = min(len(chosen), len(pool))
    return np.sort(chosen[:count]), np.sort(rng.permutation(pool)[:count])
