"""The true posterior p(z|x) for drawing: regions of highest density on a plane, a curve on a line. Torch-free.

A region of highest density is the smallest one with a given share of the mass (Hyndman 1996).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.latent.density import Steps
from trainer.metrics.exact import ExactPosterior, evaluated
from trainer.metrics.joint_density import JointDensity

#: Maximum number of grid points along each side of a plane.
MOST = 128
#: Points on a curve; minimum number of grid points along each side of a plane, and number per cell of the
#: quadrature, whose width is about the scale on which p(z|x) varies.
_CURVE, _LEAST, _A_CELL = 401, 48, 3
#: Margin on each side of the box around the mass, as a share of its size.
_MARGIN = 0.15


@dataclass(frozen=True, slots=True, eq=False)
class PosteriorRegions:
    """Regions of p(z|x) of a model with two latent dimensions.

    Attributes:
        masses: share of p(z|x) within each region.
        lines: for each of them the closed lines around it, float64 (m, 2) each, in units of the code.
    """

    masses: tuple[float, ...]
    lines: tuple[tuple[np.ndarray, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class PosteriorCurve:
    """Densities of a model with one latent dimension at `codes`: p(z|x), and q(z|x) or None; float64 (k,) each."""

    codes: np.ndarray = field(repr=False)
    density: np.ndarray = field(repr=False)
    own: np.ndarray | None = field(default=None, repr=False)


def regions_steps(
    joint: JointDensity, found: ExactPosterior, masses: tuple[float, ...], most: int = MOST
) -> Steps[PosteriorRegions]:
    """Regions with these shares of the mass; `most`: grid points along a side. Raises `ExactError`."""
    from contourpy import contour_generator

    low, high = found.bounds()
    low, high = low - _MARGIN * (high - low), high + _MARGIN * (high - low)
    finest = found.sides[np.argmax(found.shares / found.sides.prod(1))]
    counts = np.clip(np.ceil(_A_CELL * (high - low) / finest), _LEAST, most).astype(int)
    x, y = (np.linspace(low[axis], high[axis], counts[axis]) for axis in range(2))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    values = yield from evaluated(joint, grid)
    values = np.maximum(values - values.max(), -700.0)
    density = np.exp(values)
    ordered = np.sort(density)[::-1]
    held = np.cumsum(ordered) / ordered.sum()
    # Interpolate the logarithm: between grid points it is close to a parabola, unlike the density.
    levels = [float(np.log(ordered[np.searchsorted(held, mass)])) for mass in masses]
    generator = contour_generator(x, y, values.reshape(len(y), len(x)))
    lines = []
    for level in levels:
        lines.append(tuple(np.asarray(line) for line in generator.lines(level)))
        yield None
    return PosteriorRegions(masses, tuple(lines))


def curve_steps(joint: JointDensity, found: ExactPosterior) -> Steps[PosteriorCurve]:
    """The curves of p(z|x) and, if there is one, q(z|x) over the range of both. Raises `ExactError`."""
    low, high = (float(edge[0]) for edge in found.bounds())
    posterior = joint.posterior
    if posterior is not None:
        mean, spread = float(posterior.mean[0, 0]), float(posterior.spread[0, 0])
        low, high = min(low, mean - 4 * spread), max(high, mean + 4 * spread)
    margin = _MARGIN * (high - low)
    codes = np.linspace(low - margin, high + margin, _CURVE)
    values = yield from evaluated(joint, codes[:, None])
    own = None if posterior is None else np.exp(posterior.log_density(codes[:, None]))
    return PosteriorCurve(codes, np.exp(values - found.log_evidence), own)
