"""Conversion of image arrays between grey and colour."""

from __future__ import annotations

import numpy as np

#: ITU-R 601 luma weights in 16-bit fixed point, as in Pillow's convert("L"), so that arrays and files agree.
_RED, _GREEN, _BLUE = 19595, 38470, 7471
_BLOCK = 4096


def with_colour(images: np.ndarray, colour: str) -> np.ndarray:
    """Convert uint8 (N, C, H, W) to `colour`: "grey" (one channel), "colour" (three) or "auto" (unchanged)."""
    channels = images.shape[1]
    if colour == "grey" and channels == 3:
        return grey(images)
    if colour == "colour" and channels == 1:
        return np.repeat(images, 3, axis=1)
    return images


def grey(images: np.ndarray) -> np.ndarray:
    """Luma, uint8 (N, 1, H, W), of uint8 (N, 3, H, W)."""
    out = np.empty((len(images), 1, *images.shape[2:]), np.uint8)
    for start in range(0, len(images), _BLOCK):  # 32-bit sums of all rows take four times the data
        red, green, blue = np.moveaxis(images[start : start + _BLOCK].astype(np.uint32), 1, 0)
        out[start : start + _BLOCK, 0] = (red * _RED + green * _GREEN + blue * _BLUE + 0x8000) >> 16
    return out
