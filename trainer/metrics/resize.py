"""Pictures of another size: area means when they shrink, bilinear when they grow. Torch-free."""

from __future__ import annotations

from functools import lru_cache

import numpy as np


def resized(pictures: np.ndarray, height: int, width: int) -> np.ndarray:
    """Pictures float32 (n, C, H, W) as (n, C, height, width); each axis separately; constant pictures stay
    constant.
    """
    if pictures.shape[2] != height:
        pictures = np.matmul(_weights(pictures.shape[2], height), pictures)
    if pictures.shape[3] != width:
        pictures = np.matmul(pictures, _weights(pictures.shape[3], width).T)
    return pictures


@lru_cache(maxsize=16)
def _weights(old: int, new: int) -> np.ndarray:
    """float32 (new, old), rows that sum to one: how much each old pixel gives to a new one."""
    scale = old / new
    if scale >= 1:
        # The share of each old pixel [j, j + 1) in the new pixel's stretch [i · scale, (i + 1) · scale).
        edges = np.arange(new + 1) * scale
        overlap = np.minimum(edges[1:, None], np.arange(old) + 1) - np.maximum(edges[:-1, None], np.arange(old))
        table = np.maximum(overlap, 0)
    else:
        # Between the two nearest pixel centres; beyond the outermost ones, those.
        centres = np.clip((np.arange(new) + 0.5) * scale - 0.5, 0, old - 1)
        table = np.maximum(1 - np.abs(centres[:, None] - np.arange(old)), 0)
    table /= table.sum(axis=1, keepdims=True)
    table = table.astype(np.float32)
    table.setflags(write=False)
    return table
