"""Contours of a density on a plane that enclose given shares of its mass. Torch-free.

Each contour bounds the smallest region with that mass (highest density region, Hyndman 1996).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

import numpy as np

from trainer.latent.posterior_shapes import Shapes, semi_axes
from trainer.latent.splatting import Grid, mixture_density

#: Shares of the mass enclosed by the contours.
MASSES = (0.1, 0.5, 0.9)
#: Grid points along the longer side; maximum number of Gaussians, more are subsampled evenly.
_SIDE = 280
_MOST = 100_000
#: Share of the Gaussians on each side that the grid may leave out, so that outliers do not coarsen it.
_TAIL = 0.001
#: Closed lines around a smaller area, in cells, are left out: they are sampling noise.
_LEAST_CELLS = 6.0


class ContourError(ValueError):
    """A density without contours. `reason`: "few" (Gaussians), "same" (all points equal), "flat" (no extent)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, eq=False)
class MassContours:
    """lines: for each share in `masses` its contour lines, each float64 (m, 2) in plane units."""

    masses: tuple[float, ...]
    lines: tuple[tuple[np.ndarray, ...], ...] = field(repr=False)


def mass_contours(
    shapes: Shapes, masses: tuple[float, ...] = MASSES, side: int = _SIDE
) -> Generator[None, None, MassContours]:
    """Contours of the mixture of `shapes` with equal weights.

    Yields about every ten milliseconds; returns the contours. Raises `ContourError` for fewer than two Gaussians
    or Gaussians without extent.
    """
    if len(shapes) < 2:
        raise ContourError("few")
    if len(shapes) > _MOST:
        places = np.linspace(0, len(shapes) - 1, _MOST).astype(np.intp)
        shapes = Shapes(shapes.centres[places], shapes.covariances[places], shapes.left_out)
    grid = _grid_over(shapes, side)
    density = yield from mixture_density(shapes, grid)
    levels = mass_levels(density * grid.cell**2, masses)
    yield None
    from contourpy import contour_generator

    x = grid.left + grid.cell * np.arange(grid.columns)
    y = grid.bottom + grid.cell * np.arange(grid.rows)
    generator = contour_generator(x, y, density)
    found: list[tuple[np.ndarray, ...]] = []
    for level in levels:
        lines = [np.asarray(line) for line in generator.lines(level / grid.cell**2)]
        found.append(tuple(line for line in lines if _large(line, grid.cell)))
        yield None
    return MassContours(masses, tuple(found))


def mass_levels(cells: np.ndarray, masses: tuple[float, ...]) -> list[float]:
    """The levels above which `cells` contain these shares of the total mass, which is at least 1."""
    ordered = np.sort(cells, axis=None)[::-1]
    cumulative = np.cumsum(ordered)
    places = np.searchsorted(cumulative, np.array(masses) * max(1.0, float(cumulative[-1])))
    return [float(ordered[min(place, len(ordered) - 1)]) for place in places]


def kernel_shapes(points: np.ndarray) -> tuple[Shapes, tuple[float, float]]:
    """Gaussian kernels on points (n, 2) of a plane, and their σ along both axes.

    Bandwidth by Silverman's rule with a robust scale, h = min(s, IQR / 1.34) · n^(-1/6) along each axis. Raises
    `ContourError`.
    """
    usable = points[np.isfinite(points).all(axis=1)].astype(np.float32)
    if len(usable) < 20:
        raise ContourError("few")
    quarters = np.percentile(usable, (25, 75), axis=0)
    spread = usable.std(axis=0, dtype=np.float64)
    robust = (quarters[1] - quarters[0]) / 1.34
    spread = np.where(robust > 0, np.minimum(spread, robust), spread)
    if not spread.max() > 1e-6 * float(np.abs(usable).max()):
        raise ContourError("same")
    spread = np.maximum(spread, 1e-3 * spread.max())
    across, up = (spread * len(usable) ** (-1 / 6)).tolist()
    covariances = np.broadcast_to(np.array([across**2, 0, up**2], np.float32), (len(usable), 3))
    return Shapes(usable, covariances, len(points) - len(usable)), (across, up)


def _grid_over(shapes: Shapes, side: int) -> Grid:
    """A grid that covers nearly all of the mixture."""
    longer, _, _ = semi_axes(shapes.covariances)
    reach = 3 * longer[:, None]
    lows = np.quantile(shapes.centres - reach, _TAIL, axis=0)
    highs = np.quantile(shapes.centres + reach, 1 - _TAIL, axis=0)
    extent = highs - lows
    if not (np.isfinite(extent).all() and extent.max() > 0):
        raise ContourError("same")
    cell = float(extent.max()) / (side - 1)
    columns, rows = (max(3, int(np.ceil(length / cell)) + 1) for length in extent)
    return Grid(float(lows[0]), float(lows[1]), cell, columns, rows)


def _large(line: np.ndarray, cell: float) -> bool:
    if not np.array_equal(line[0], line[-1]):
        return True
    x, y = (line - line[0]).T
    return bool(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2 >= _LEAST_CELLS * cell * cell)
