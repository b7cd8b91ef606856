"""The distance of pictures to true lines, and the angles of those: the measure of Berthelot et al. 2019.
Torch-free.

As in the paper pixel values range from -1, black, to 1, white, and the distance of a picture x from a line y is
the cosine distance 1 - x·y / (|x| |y|), from the nearest of 10,000 lines at angles evenly spaced over the whole
turn. A mean over the pictures of many paths between two lines is its "mean distance"; its "smoothness" is that of
the angles of the nearest lines (`path_smoothness`), with no step over half a turn. The lines are those of
`trainer.data.lines`, which have the paper's size and width but are rendered differently.
"""

from __future__ import annotations

import math

import numpy as np

from trainer.data.lines import render_lines
from trainer.metrics.path_smoothness import smoothness
from trainer.progress import UNWATCHED, Monitor

#: Number of lines that a picture is compared with: a multiple of 8.
LINES = 10_000
#: Number of pictures on a path, ends included, and of paths, as in the paper's experiments.
PICTURES, PATHS = 16, 256
#: Pictures compared at a time: a matrix of 2.5 MB.
_BLOCK = 512


class TrueLines:
    """All true lines of `size` x `size` pixels: LINES * size² / 2 bytes."""

    def __init__(self, size: int) -> None:
        # Samples are symmetric: the line at π/2 - θ mirrors that at θ in the diagonal, and quarter turns of
        # both give those at larger angles.
        numbers = np.arange(LINES // 8 + 1)
        lines = render_lines(numbers * (2 * math.pi / LINES), size)[:, 0]
        mirrored = lines.transpose(0, 2, 1)[:, ::-1, ::-1]
        self._eighths: list[tuple[np.ndarray, _Search]] = []
        for quarter in range(4):
            first = quarter * (LINES // 4)
            for places, some in (
                (first + numbers[:-1], lines[:-1]),
                (first + LINES // 4 - numbers[1:], mirrored[1:]),
            ):
                self._eighths.append((places, _Search(np.rot90(some, quarter, axes=(1, 2)))))

    def nearest(self, pictures: np.ndarray, monitor: Monitor = UNWATCHED) -> tuple[np.ndarray, np.ndarray]:
        """Cosine distance of the nearest line, and its angle in [0, 2π): two float64 (n,).

        `pictures`: float (n, size, size), 0 to 1. A uniform picture of grey 1/2 has no direction: its distance is
        1. Both are NaN for a non-finite picture. Some 10 GFLOP for 4,096 pictures of 32 x 32 pixels.
        """
        count = len(pictures)
        given = 2 * np.asarray(pictures, np.float32).reshape(count, -1) - 1
        known = np.isfinite(given).all(axis=1)
        given[~known] = 0
        lengths = np.linalg.norm(given, axis=1, keepdims=True)
        given /= np.where(lengths > 0, lengths, np.float32(1))
        best, place = np.full(count, -np.inf, np.float32), np.zeros(count, np.int64)
        for numbers, search in self._eighths:
            for start in range(0, count, _BLOCK):
                monitor.check()
                part = slice(start, start + _BLOCK)
                nearest, cosine = search.nearest(given[part])
                better = cosine > best[part]
                best[part] = np.where(better, cosine, best[part])
                place[part] = np.where(better, numbers[nearest], place[part])
        distance = np.clip(1 - best.astype(np.float64), 0, 2)
        angle = place * (2 * math.pi / LINES)
        distance[~known] = angle[~known] = np.nan
        return distance, angle


class _Search:
    """Finds the nearest of some lines, uint8 (m, size, size), using only the pixels where any of them is lit."""

    def __init__(self, lines: np.ndarray) -> None:
        lines = lines.reshape(len(lines), -1)
        self._lit = np.flatnonzero(lines.any(axis=0))
        shares = lines[:, self._lit].astype(np.float32) / 255
        # |2 s - 1|² is 1 for each pixel that is not lit.
        squares = np.square(2 * shares - 1).sum(axis=1) + (lines.shape[1] - len(self._lit))
        self._lengths = np.sqrt(squares)
        self._twice = np.ascontiguousarray((2 * shares).T)

    def nearest(self, given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The index of the line with the largest cosine to each row (n, size²) of length 1, and that cosine.

        x·(2 s - 1) = 2 x·s - Σ x, with s the lit share of each pixel.
        """
        cosines = given[:, self._lit] @ self._twice
        cosines -= given.sum(axis=1, keepdims=True)
        cosines /= self._lengths
        place = cosines.argmax(axis=1)
        return place, np.take_along_axis(cosines, place[:, None], axis=1)[:, 0]


def smoothness_of_turns(angles: np.ndarray) -> np.ndarray:
    """`smoothness` of angles in radians (paths, n), unwrapped so that no step exceeds half a turn: float64
    (paths,).
    """
    return smoothness(np.unwrap(angles, axis=1))
