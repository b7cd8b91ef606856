"""The distance of pictures to true moons, and the lit fractions of those. Torch-free.

The moons are those of `trainer.data.moons`. A picture's lit fraction is that of the true moon nearest to it, by
the squared difference of pixels. Its brightness would give a fraction as well, but would mistake the mean of half
and full moon for a 3/4 moon; all moons between the two are nearly equally far from that mean, 0.0445 per pixel.
"""

from __future__ import annotations

import numpy as np

from trainer.data.moons import evenly_spaced, render_moon, render_moons
from trainer.progress import UNWATCHED, Monitor

#: Number of true moons that a picture is compared with: lit fractions 0.001 apart, without duplicates.
MOONS = 1_001
_BLOCK = 512


class TrueMoons:
    """MOONS true moons of `size` x `size` pixels: at most 4 * MOONS * size² bytes."""

    def __init__(self, size: int) -> None:
        fractions = evenly_spaced(MOONS)
        moons = render_moons(fractions, size).reshape(MOONS, -1)
        # Because samples have a size, several fractions give the same picture; the middle one represents them.
        first = np.flatnonzero(np.concatenate([[True], (moons[1:] != moons[:-1]).any(axis=1)]))
        last = np.append(first[1:], MOONS) - 1
        self._fractions = (fractions[first] + fractions[last]) / 2
        self._moons = moons[first].astype(np.float32) / 255
        self._squares = np.square(self._moons).sum(axis=1)

    def nearest(self, pictures: np.ndarray, monitor: Monitor = UNWATCHED) -> tuple[np.ndarray, np.ndarray]:
        """Mean squared difference from the nearest moon, and its lit fraction, of pictures float (n, size, size).

        Two float64 (n,); black is 0 and white 1. Both are NaN for a non-finite picture.
        """
        given = np.asarray(pictures, np.float32).reshape(len(pictures), -1)
        error, fraction = np.full(len(given), np.nan), np.full(len(given), np.nan)
        for start in range(0, len(given), _BLOCK):
            monitor.check()
            block = given[start : start + _BLOCK]
            known = np.asarray(np.isfinite(block).all(axis=1))
            block = np.where(known[:, None], block, np.float32(0))
            # |x - y|² = |x|² - 2 x·y + |y|², of which the first is the same for all moons y.
            place = (self._squares - 2 * (block @ self._moons.T)).argmin(axis=1)
            error[start : start + _BLOCK][known] = _mean_square(block - self._moons[place])[known]
            fraction[start : start + _BLOCK][known] = self._fractions[place][known]
        return error, fraction


def error_of(pictures: np.ndarray, fraction: float) -> np.ndarray:
    """Mean squared difference of pictures float (n, size, size) from the true moon of this lit fraction: (n,)."""
    moon = render_moon(fraction, pictures.shape[-1])
    return _mean_square((pictures - moon).reshape(len(pictures), -1))


def _mean_square(differences: np.ndarray) -> np.ndarray:
    return np.square(differences, dtype=np.float64).mean(axis=1)
