"""Posteriors q(z|x) = N(μ, diag σ²) as they appear on a map: the ellipses of their projections. Torch-free.

What a plane with orthonormal axes A shows of a posterior is its marginal N(A(μ - o), A diag(σ²) Aᵀ). With more
dimensions than the plane has, this is the shadow of the posterior, not a cut through it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from trainer.latent.plane import Plane


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Projected Gaussians.

    Attributes:
        centres: float32 (n, 2), finite.
        covariances: float32 (n, 3): var(x), cov(x, y), var(y). With one axis only var(x) is not 0.
        left_out: rows whose mean or spread is not finite.
    """

    centres: np.ndarray = field(repr=False)
    covariances: np.ndarray = field(repr=False)
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.centres)


def projected(points: np.ndarray, spreads: np.ndarray, plane: Plane) -> Shapes:
    """The posteriors with these means and spreads on `plane`.

    Args:
        points: float32 (n, 2), the means projected on the plane (`Plane.project`).
        spreads: (n, d), σ.

    Raises `ValueError` if the spreads do not have the plane's dimensions.
    """
    if spreads.ndim != 2 or spreads.shape != (len(points), plane.latent):
        raise ValueError(f"spreads must have shape ({len(points)}, {plane.latent}), not {spreads.shape}")
    axes = plane.axes
    across, up = axes[0], axes[1] if len(axes) > 1 else np.zeros_like(axes[0])
    products = np.stack([across * across, across * up, up * up], axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        covariances = np.square(spreads, dtype=np.float32) @ products
    usable = np.isfinite(points).all(axis=1) & np.isfinite(covariances).all(axis=1)
    left_out = len(points) - int(np.count_nonzero(usable))
    if left_out:
        points, covariances = points[usable], covariances[usable]
    return Shapes(np.asarray(points, np.float32), covariances.astype(np.float32, copy=False), left_out)


def semi_axes(covariances: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The 1σ ellipses of covariances (n, 3): longer and shorter semi-axis (n,) and the longer one's angle (n,)
    in radians from the x axis, counter-clockwise. float64."""
    xx, xy, yy = np.asarray(covariances, np.float64).T
    middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    longer = np.sqrt(np.maximum(middle + half, 0))
    shorter = np.sqrt(np.maximum(middle - half, 0))
    return longer, shorter, 0.5 * np.arctan2(2 * xy, xx - yy)


def prior_radii(axes: int) -> tuple[float, float, float]:
    """Radii of N(0, I) as a plane with `axes` axes (1 or 2) shows it: 1σ, 2σ, and what holds 95 %."""
    return 1.0, 2.0, 1.959964 if axes == 1 else math.sqrt(-2 * math.log(0.05))
