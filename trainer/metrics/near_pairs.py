"""Squared distances between two sets of features: fast ones with a bound of their error, exact ones on request.

One product of matrices in single precision gives all distances, [x, 1, |x|²] · [-2y, |y|², 1], each at most
`slack` from the true one. A comparison that `slack` leaves open is decided in double precision, so that every
result is that of exact distances, at a fifth of their cost. Torch-free.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

#: Distances computed at a time: 1.6 MB, a few milliseconds.
_PAIRS = 400_000
#: Exact distances computed at a time, in values: 8 MB.
_VALUES = 1_000_000


class NearPairs:
    """Squared distances of each of `first` (n, f) to each of `second` (m, f)."""

    def __init__(self, first: np.ndarray, second: np.ndarray) -> None:
        self._first, self._second = first, second
        centre = first.mean(axis=0, dtype=np.float64)
        left, squares = _augmented(first, centre)
        right, others = _augmented(second, centre)
        width = first.shape[1]
        left[:, width], left[:, width + 1] = 1, squares
        right[:, :width] *= -2
        right[:, width], right[:, width + 1] = others, 1
        self._left, self._right = left, np.ascontiguousarray(right.T)
        largest = float(squares.max(initial=0.0) + others.max(initial=0.0))
        # γ(f + 2) of a scalar product (Higham 2002, section 3.1), whose terms sum to at most 2 (|x|² + |y|²), and
        # the rounding of its factors.
        self.slack = np.float32((2 * width + 16) * 2.0**-24 * largest)

    def blocks(self) -> Iterator[tuple[slice, np.ndarray]]:
        """Rows of `first`, and their squared distances to all of `second`, float32, within `slack`."""
        rows = max(1, _PAIRS // max(1, len(self._second)))
        for start in range(0, len(self._first), rows):
            part = slice(start, min(start + rows, len(self._first)))
            yield part, self._left[part] @ self._right

    def exact(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Exact squared distances of the pairs (rows[i], columns[i]): float64."""
        found = np.empty(len(rows))
        step = max(1, _VALUES // self._first.shape[1])
        for start in range(0, len(rows), step):
            part = slice(start, start + step)
            apart = np.subtract(self._first[rows[part]], self._second[columns[part]], dtype=np.float64)
            np.einsum("ij,ij->i", apart, apart, out=found[part])
        return found


def _augmented(features: np.ndarray, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features minus `centre`, with two spare columns, float32 (n, f + 2); |x|² of each, float64 (n,)."""
    wide = features - centre
    found = np.empty((len(wide), wide.shape[1] + 2), np.float32)
    found[:, :-2] = wide
    return found, np.einsum("ij,ij->i", wide, wide)
