"""What a map draws of a prior: an ellipse of a Gaussian, else contours of the density on the plane. Torch-free.

A prior that is a mixture of Gaussians is seen as its marginal on the plane, in closed form. Of any other only the
slice through a code can be looked at: the density at the codes that the map decodes, not where its draws are seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from trainer.latent.density import DensityError, Steps
from trainer.latent.mass_contours import mass_levels
from trainer.latent.mixture import Mixture
from trainer.latent.plane import Plane
from trainer.latent.posterior_shapes import Shapes, projected
from trainer.prior import Components, Prior

#: Shares of the mass within the contours: those of a Gaussian within 1σ and 2σ on a plane, and 95 %.
MASSES = (1 - math.exp(-0.5), 1 - math.exp(-2.0), 0.95)
#: Grid points along the longer side of a plane, and of a line; sigmas beyond the outermost components.
_SIDE, _POINTS, _REACH = 240, 4_000, 4.0
#: Values computed between two yields.
_VALUES = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class PriorRegions:
    """The smallest regions of the plane that hold given shares of the prior.

    Attributes:
        masses: the shares, ascending.
        lines: per share the region's border in plane units: lines float64 (m, 2), read-only; with one axis points
            (1, 2) at y = 0. None of a prior that has no size on the plane or is beyond what numbers hold.
        slice: whether they are of the slice through the code that the plane is held at, not of all the prior.
    """

    masses: tuple[float, ...]
    lines: tuple[tuple[np.ndarray, ...], ...] = field(repr=False)
    slice: bool = False


def one_gaussian(prior: Prior, plane: Plane) -> Shapes | None:
    """The ellipse of a prior that is one Gaussian, as `plane` shows it: one shape; None for any other prior."""
    parts = prior.components()
    if parts is None or not prior.is_gaussian:
        return None
    return projected(plane.project(parts.means), parts.sigmas, plane)


def prior_regions(
    prior: Prior, plane: Plane, hidden: np.ndarray, masses: tuple[float, ...] = MASSES
) -> Steps[PriorRegions]:
    """The regions of any prior. `hidden`: the code (d,) that holds what the plane does not show, for a slice.

    Yields every few milliseconds.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        parts = prior.components()
        low, high = _extent(prior, parts, plane)
        seen = bool((np.isfinite(low) & np.isfinite(high) & (high > low)).all())
    nothing = PriorRegions(masses, ((),) * len(masses), slice=parts is None and plane.hides)
    if not seen:
        return nothing
    axes, origin = plane.axes.astype(np.float64), plane.origin.astype(np.float64)
    if parts is not None:
        means, covariances = (parts.means - origin) @ axes.T, _covariances(parts, axes)
        try:
            log_density: Callable[[np.ndarray], np.ndarray] = Mixture(
                parts.weights, means, covariances
            ).log_density
        except DensityError:  # a component has no size on the plane
            return nothing
    else:

        def log_density(places: np.ndarray) -> np.ndarray:
            return prior.log_density(plane.lift(places, hidden).astype(np.float64))

    count = _POINTS if len(axes) == 1 else _SIDE
    cell = float((high - low).max()) / (count - 1)
    edges = [
        first + cell * np.arange(math.ceil((last - first) / cell) + 1)
        for first, last in zip(low, high, strict=True)
    ]
    places = np.stack(np.meshgrid(*edges, indexing="xy"), axis=-1)
    flat, logs = places.reshape(-1, len(axes)), np.empty(places[..., 0].size)
    rows = max(1, _VALUES // (prior.latent * (1 if parts is None else len(parts.weights))))
    for start in range(0, len(flat), rows):
        logs[start : start + rows] = log_density(flat[start : start + rows])
        yield None
    if not math.isfinite(logs.max()):
        return nothing
    # Of a slice only proportions matter: its mass is what the grid holds.
    density = np.exp(logs - logs.max()).reshape(places.shape[:-1])
    density /= density.sum()
    levels = mass_levels(density, masses)
    if len(axes) == 1:
        lines = tuple(_crossings(edges[0], density, level) for level in levels)
    else:
        from contourpy import contour_generator

        generator = contour_generator(edges[0], edges[1], density)
        lines = tuple(tuple(np.asarray(line) for line in generator.lines(level)) for level in levels)
    for line in (line for part in lines for line in part):
        line.setflags(write=False)
    return PriorRegions(masses, lines, slice=parts is None and plane.hides)


def _extent(prior: Prior, parts: Components | None, plane: Plane) -> tuple[np.ndarray, np.ndarray]:
    """The corners (k,) of the part of the plane in which nearly all of the prior is seen."""
    axes, origin = plane.axes.astype(np.float64), plane.origin.astype(np.float64)
    if parts is not None:
        means, sigmas = (parts.means - origin) @ axes.T, np.sqrt(parts.sigmas**2 @ (axes**2).T)
        return (means - _REACH * sigmas).min(axis=0), (means + _REACH * sigmas).max(axis=0)
    middle = axes @ (np.asarray(prior.mean) - origin)
    reach = _REACH * np.sqrt(axes**2 @ np.asarray(prior.spread) ** 2)
    return middle - reach, middle + reach


def _covariances(parts: Components, axes: np.ndarray) -> np.ndarray:
    """Covariances of the components' marginals on axes (k, d): (K, k, k)."""
    return np.einsum("id,kd,jd->kij", axes, parts.sigmas**2, axes)


def _crossings(x: np.ndarray, density: np.ndarray, level: float) -> tuple[np.ndarray, ...]:
    """The places where the density on a line passes a level, straight between grid points: points (1, 2)."""
    above = density >= level
    places = np.flatnonzero(above[1:] != above[:-1])
    share = (level - density[places]) / (density[places + 1] - density[places])
    return tuple(np.array([[at, 0.0]]) for at in x[places] + share * (x[places + 1] - x[places]))
