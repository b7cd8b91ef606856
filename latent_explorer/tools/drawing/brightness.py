"""A hidden layer's activations as a picture."""

from __future__ import annotations

import math

import numpy as np

#: Maximum number of pixels along either side for all maps of a layer.
_TILED = 64


def maps_drawn(channels: int, side: int) -> int:
    """Number of a layer's maps, `side` pixels wide, along either side of its picture."""
    return max(1, min(math.isqrt(channels), max(2, _TILED // side)))


def brightness(values: np.ndarray, ratio: float) -> np.ndarray:
    """Activations (units,) or (channels, h, w) as a picture, uint8, 255 where they are largest; 0 is 0.

    Units fill a grid of about `ratio` (width over height), row by row. Maps are side by side, as many as fit
    in the pixels.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        clean = np.nan_to_num(np.maximum(values, 0), nan=0.0, posinf=float(np.finfo(np.float32).max))
        most = clean.max(initial=0.0)
        level = np.rint(255 * (clean / most if most > 0 else clean)).astype(np.uint8)
    if level.ndim == 1:
        columns = max(1, min(len(level), round(math.sqrt(len(level) * ratio))))
        rows = math.ceil(len(level) / columns)
        grid = np.zeros(rows * columns, np.uint8)
        grid[: len(level)] = level
        return grid.reshape(rows, columns)
    channels, height, width = level.shape
    side = maps_drawn(channels, max(height, width))
    tiles = level[: side * side].reshape(side, side, height, width)
    return np.ascontiguousarray(tiles.transpose(0, 2, 1, 3)).reshape(side * height, side * width)
