"""Chooses the real images that pictures are compared with, and other real images as a reference. Torch-free."""

from __future__ import annotations

import numpy as np


def real_rows(
    images: int, train_count: int, most: int, measured: np.ndarray | None = None, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of at most `most` held-out images to compare with, and of as many other real images.

    Held-out ones, because the decoder was trained on the others: its samples would be nearer to them than those of
    a perfect model. The reference images are held out, too, unless training images allow more of them: no decoder
    is involved between real images. Seeded random choices; each int64, ascending.

    Args:
        images, train_count: number of rows of the data, and of its training rows.
        measured: rows to choose from, int64; all by default. Training rows are left out.
    """
    rng = np.random.default_rng([seed, 7])
    held_out = np.arange(train_count, images, dtype=np.int64)
    wanted = held_out if measured is None else measured[measured >= train_count]
    most = min(most, len(wanted))
    count = max(min(most, len(held_out) // 2), min(most, train_count))
    chosen = np.sort(rng.permutation(wanted)[:count])
    spare = np.setdiff1d(held_out, chosen)
    others = spare if len(spare) >= count else np.arange(train_count, dtype=np.int64)
    return chosen, np.sort(rng.permutation(others)[:count])
