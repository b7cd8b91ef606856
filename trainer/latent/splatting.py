"""Evaluates many Gaussians on one grid, each at a resolution that suits its size. Torch-free.

Gaussians are grouped into size classes with grids of their own, a few cells per shorter semi-axis. The cost per
Gaussian is therefore independent of its size: 70,000 of them take about a second at most. Coarser grids are
interpolated onto the finest one afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from trainer.latent.posterior_shapes import Shapes, semi_axes

#: Minimum number of cells per shorter semi-axis of a Gaussian; from twice as many it belongs to the next class.
_CELLS = 2.5
#: Maximum number of cells that one Gaussian is evaluated on: a long and thin one gets coarser cells.
_MOST_CELLS = 1_500
#: Minimum semi-axis in cells: smaller Gaussians are widened to it, so that none falls between grid points.
_LEAST = 0.55
#: Values computed between two yields: about ten milliseconds.
_VALUES = 100_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Points (left + i cell, bottom + j cell), i < columns, j < rows, of the plane."""

    left: float
    bottom: float
    cell: float
    columns: int
    rows: int

    def coarser(self, times: int) -> Grid:
        """A grid over the same rectangle with cells `times` as large, extended by one point on each side."""
        cell = self.cell * times
        columns = math.ceil((self.columns - 1) / times) + 3
        rows = math.ceil((self.rows - 1) / times) + 3
        return Grid(self.left - cell, self.bottom - cell, cell, columns, rows)


def nearest_distances(shapes: Shapes, grid: Grid, reach: float) -> Generator[None, None, np.ndarray]:
    """The Mahalanobis distance of each grid point from its nearest Gaussian, clipped at `reach`.

    Yields about every ten milliseconds; returns float32 (rows, columns), lowest row first. The error within
    `reach` is at most about 2 %; Gaussians smaller than a cell count as half a cell wide.
    """
    found = np.full((grid.rows, grid.columns), reach, np.float32)
    for times, places in _classes(shapes, grid.cell, reach, 1):
        part = grid if times == 1 else grid.coarser(times)
        field = np.full(part.rows * part.columns, reach * reach, np.float32)
        for cells, squares, _ in _evaluated(shapes, places, part, reach):
            np.minimum.at(field, cells, squares)
            yield None
        np.sqrt(field, out=field)
        distances = field.reshape(part.rows, part.columns)
        np.minimum(found, distances if times == 1 else _interpolated(distances, part, grid), out=found)
        yield None
    return found


def mixture_density(shapes: Shapes, grid: Grid, reach: float = 3.3) -> Generator[None, None, np.ndarray]:
    """The density per unit area of the mixture of the Gaussians with equal weights, at each grid point.

    Gaussians are truncated at Mahalanobis distance `reach`. Yields like `nearest_distances`; returns float64
    (rows, columns).
    """
    found = np.zeros((grid.rows, grid.columns))
    for times, places in _classes(shapes, grid.cell, reach, 2):
        part = grid if times == 1 else grid.coarser(times)
        field = np.zeros(part.rows * part.columns)
        for cells, squares, heights in _evaluated(shapes, places, part, reach):
            weights = np.exp(-0.5 * squares) * heights
            field += np.bincount(cells, weights, len(field))
            yield None
        density = field.reshape(part.rows, part.columns)
        found += density if times == 1 else _interpolated(density, part, grid)
        yield None
    return found / max(1, len(shapes))


def _classes(shapes: Shapes, cell: float, reach: float, fineness: int) -> list[tuple[int, np.ndarray]]:
    """(cell size in finest cells, a power of two; indices of the Gaussians) for each class, largest cells first.

    `fineness` multiplies the number of cells per side; densities need more than distances, as their peaks curve
    more.
    """
    if not len(shapes):
        return []
    longer, shorter, _ = semi_axes(shapes.covariances)
    shorter = np.maximum(shorter, _LEAST * cell)
    longer = np.maximum(longer, shorter)
    room = np.sqrt(4 * reach * reach * longer * shorter / _MOST_CELLS) / fineness
    exponents = np.floor(np.log2(np.maximum(np.maximum(shorter / (_CELLS * fineness), room) / cell, 1.0))).astype(
        int
    )
    exponents = np.minimum(exponents, 24)
    return [(1 << int(power), np.flatnonzero(exponents == power)) for power in np.unique(exponents)[::-1]]


def _evaluated(
    shapes: Shapes, places: np.ndarray, grid: Grid, reach: float
) -> Generator[tuple[np.ndarray, np.ndarray, np.ndarray], None, None]:
    """Yield for groups of Gaussians, (m,) each: grid points within reach, squared Mahalanobis distances, and the
    Gaussians' peak densities."""
    cell = grid.cell
    xx, xy, yy = (shapes.covariances[places, column].astype(np.float64) / cell**2 for column in range(3))
    floor = _LEAST**2
    # Gaussians thinner than a cell are widened along x and y; widening along their own axes would cost a rotation
    # for an invisible difference.
    xx, yy = np.maximum(xx, floor), np.maximum(yy, floor)
    thin = xx * yy - xy * xy < floor * np.maximum(xx, yy)
    xx, yy = np.where(thin, xx + floor, xx), np.where(thin, yy + floor, yy)
    determinant = xx * yy - xy * xy
    x = (shapes.centres[places, 0].astype(np.float64) - grid.left) / cell
    y = (shapes.centres[places, 1].astype(np.float64) - grid.bottom) / cell
    wide, tall = reach * np.sqrt(xx), reach * np.sqrt(yy)
    seen = (x + wide >= 0) & (x - wide <= grid.columns - 1) & (y + tall >= 0) & (y - tall <= grid.rows - 1)
    # Group Gaussians whose bounding boxes have about the same size.
    keys = np.ceil(2 * np.log2(wide + 1)).astype(int) * 1000 + np.ceil(2 * np.log2(tall + 1)).astype(int)
    order = np.flatnonzero(seen)
    order = order[np.argsort(keys[order], kind="stable")]
    start = 0
    while start < len(order):
        end = start + int(np.searchsorted(keys[order[start:]], keys[order[start]], side="right"))
        group = order[start:end]
        start = end
        across, up = math.ceil(float(wide[group].max())), math.ceil(float(tall[group].max()))
        down, along = np.mgrid[-up : up + 1, -across : across + 1].reshape(2, -1).astype(np.int32)
        size = max(1, _VALUES // len(along))
        for first in range(0, len(group), size):
            part = group[first : first + size]
            yield _piece(
                x[part], y[part], (xx[part], xy[part], yy[part], determinant[part]), along, down, grid, reach
            )


def _piece(
    x: np.ndarray,
    y: np.ndarray,
    covariance: tuple[np.ndarray, ...],
    along: np.ndarray,
    down: np.ndarray,
    grid: Grid,
    reach: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    xx, xy, yy, determinant = covariance
    column, row = np.rint(x).astype(np.int32), np.rint(y).astype(np.int32)
    dx = (along + (column - x).astype(np.float32)[:, None]).astype(np.float32)
    dy = (down + (row - y).astype(np.float32)[:, None]).astype(np.float32)
    a, b, c = ((term / determinant).astype(np.float32)[:, None] for term in (yy, -xy, xx))
    squares = (a * dx + 2 * b * dy) * dx + c * dy * dy
    columns, rows = along + column[:, None], down + row[:, None]
    inside = (columns >= 0) & (columns < grid.columns) & (rows >= 0) & (rows < grid.rows)
    kept = inside & (squares <= np.float32(reach * reach))
    heights = 1 / (2 * math.pi * np.sqrt(determinant) * grid.cell**2)
    which = np.nonzero(kept)[0]
    return (rows[kept].astype(np.intp) * grid.columns + columns[kept]), squares[kept], heights[which]


def _interpolated(values: np.ndarray, coarse: Grid, fine: Grid) -> np.ndarray:
    """Bilinear interpolation of values on a coarse grid at the points of a finer grid inside it."""

    def weights(first: float, start: float, count: int, most: int) -> tuple[np.ndarray, np.ndarray]:
        at = (first - start + np.arange(count) * fine.cell) / coarse.cell
        low = np.clip(np.floor(at).astype(int), 0, most - 2)
        return low, (at - low).astype(values.dtype)

    low, share = weights(fine.bottom, coarse.bottom, fine.rows, coarse.rows)
    rows = values[low] * (1 - share[:, None]) + values[low + 1] * share[:, None]
    low, share = weights(fine.left, coarse.left, fine.columns, coarse.columns)
    return rows[:, low] * (1 - share) + rows[:, low + 1] * share
