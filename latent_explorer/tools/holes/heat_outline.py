"""The lines around failing regions on a heat map of p-values. For workers."""

from __future__ import annotations

import math

import numpy as np

from latent_explorer.core.view_transform import Rect

#: Closed lines around a smaller area, in cells, are left out as noise of the reference.
_LEAST_CELLS = 4.0
#: Approximate maximum number of vertices of all lines: more would be invisible, and slow to paint.
_MOST = 3_000


def outline(values: np.ndarray, rect: Rect, fails: float, held_back: int) -> tuple[np.ndarray, ...]:
    """Lines, each float64 (m, 2) in plane units, between the places with p <= `fails` and those with larger p.

    values: float32 (rows, columns), log10 of p, the lowest row first, at the middles of equal cells that fill
    `rect`; NaN if unknown, and lines end there. held_back: p is a multiple of 1 / (1 + held_back). No
    lines for a `fails` that is not a number.
    """
    rows, columns = values.shape
    if math.isnan(fails) or rows < 2 or columns < 2:
        return ()
    from contourpy import contour_generator

    left, bottom, right, top = rect
    x = left + (np.arange(columns) + 0.5) * (right - left) / columns
    y = bottom + (np.arange(rows) + 0.5) * (top - bottom) / rows
    # Between the last p that fails and the first that does not.
    level = math.log10(fails + 0.5 / (1 + held_back))
    known = np.ma.masked_invalid(values.astype(np.float64))
    found = contour_generator(x=x, y=y, z=known).lines(level)
    cell = abs((right - left) / columns * (top - bottom) / rows)
    kept = [np.asarray(line) for line in found if _matters(np.asarray(line), cell)]
    step = max(1, math.ceil(sum(map(len, kept)) / _MOST))
    return tuple(np.concatenate([line[:-1:step], line[-1:]]) for line in kept)


def _matters(line: np.ndarray, cell: float) -> bool:
    """Whether it is open, or around some area."""
    if not np.array_equal(line[0], line[-1]):
        return True
    x, y = line[:, 0] - line[0, 0], line[:, 1] - line[0, 1]
    return bool(abs(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2 >= _LEAST_CELLS * cell)
