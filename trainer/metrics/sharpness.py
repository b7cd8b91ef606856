"""Sharpness of pictures: the variance of their Laplacian, and the share of mid-grey pixels. Torch-free.

Blurred pictures have a smaller variance than real ones and, if these are black and white, more mid-grey pixels.
Neither high nor low is better: real pictures are the reference.
"""

from __future__ import annotations

import numpy as np

#: Between these a pixel value is mid-grey.
MID_GREY = (0.2, 0.8)


def laplacian_variance(pictures: np.ndarray) -> np.ndarray | None:
    """Variance over pixels of 4 x - (left + right + above + below) for each picture: float64 (n,).

    Computed from the channel mean of float pictures (n, C, H, W) in [0, 1], without border pixels; None for
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
