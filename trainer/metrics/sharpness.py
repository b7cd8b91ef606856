"""How sharp pictures are: the variance of their Laplacian, and the share of their mid-grey pixels. Torch-free.

Blurred pictures have less of the first than real ones and, where these are black and white, more of the second.
Neither is better high or low: real pictures say what it should be.
"""

from __future__ import annotations

import numpy as np

#: Between these a pixel value is mid-grey.
MID_GREY = (0.2, 0.8)


def laplacian_variance(pictures: np.ndarray) -> np.ndarray | None:
    """Variance over pixels of 4 x - (left + right + above + below), a picture each: float64 (n,).

    Of the mean of the channels of float pictures (n, C, H, W) in [0, 1], without the outermost pixels; None for
    pictures with a side below 3. Pech-Pacheco et al. 2000.
    """
    if min(pictures.shape[2:]) < 3:
        return None
    grey = pictures.mean(axis=1)
    found = 4 * grey[:, 1:-1, 1:-1]
    found -= grey[:, :-2, 1:-1]
    found -= grey[:, 2:, 1:-1]
    found -= grey[:, 1:-1, :-2]
    found -= grey[:, 1:-1, 2:]
    return found.reshape(len(found), -1).var(axis=1, dtype=np.float64)


def mid_grey_share(pictures: np.ndarray) -> np.ndarray:
    """Share of the values of each of float pictures (n, C, H, W) that lie in `MID_GREY`: float64 (n,)."""
    low, high = MID_GREY
    flat = pictures.reshape(len(pictures), -1)
    return ((flat > low) & (flat < high)).mean(axis=1)
