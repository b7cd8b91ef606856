"""Posteriors q(z|x) = N(μ, diag σ²) projected on a map: marginal Gaussians and their ellipses. Torch-free.

A plane with origin o and orthonormal axes A shows the marginal N(A(μ - o), A diag(σ²) Aᵀ) of a posterior: its
projection, not a section through it.
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
        covariances: float32 (n, 3): var(x), cov(x, y), var(y). With one axis only var(x) is nonzero.
        left_out: number of rows whose mean or σ is not finite.
    """

    centres: np.ndarray = field(repr=False)
    covariances: np.ndarray = field(repr=False)
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.centres)


def projected(points: np.ndarray, sigmas: np.ndarray, plane: Plane) -> Shapes:
    """Project the posteriors with these means and standard deviations on `plane`.

    Args:
        points: float32 (n, 2), the means projected on the plane (`Plane.project`).
        sigmas: (n, d), the posteriors' σ.

    Raises `ValueError` if the posteriors' dimension is not the plane's.
    """
    if sigmas.ndim != 2 or sigmas.shape != (len(points), plane.latent):
        raise ValueError(f"sigmas must have shape ({len(points)}, {plane.latent}), not {sigmas.shape}")
    axes = plane.axes
    across, up = axes[0], axes[1] if len(axes) > 1 else np.zeros_like(axes[0])
    products = np.stack([across * across, across * up, up * up], axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        covariances = np.square(sigmas, dtype=np.float32) @ products
    usable = np.isfinite(points).all(axis=1) & np.isfinite(covariances).all(axis=1)
    left_out = len(points) - int(np.count_nonzero(usable))
    if left_out:
        points, covariances = points[usable], covariances[usable]
    return Shapes(np.asarray(points, np.float32), covariances.astype(np.float32, copy=False), left_out)


def semi_axes(covariances: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The 1σ ellipses of covariances (n, 3), float64: longer semi-axis, shorter semi-axis, and angle, (n,) each.

    The angle of the longer semi-axis is in radians, counter-clockwise from the x axis.
    """
    xx, xy, yy = np.asarray(covariances, np.float64).T
    middle, half = (xx + yy) / 2, np.hypot((xx - yy) / 2, xy)
    longer = np.sqrt(np.maximum(middle + half, 0))
    shorter = np.sqrt(np.maximum(middle - half, 0))
    return longer, shorter, 0.5 * np.arctan2(2 * xy, xx - yy)


def prior_radii(axes: int) -> tuple[float, float, float]:
    """Radii of N(0, I) on a plane with `axes` axes (1 or 2): 1σ, 2σ, and the radius that encloses 95 %."""
    return 1.0, 2.0, 1.959964 if axes == 1 else math.sqrt(-2 * math.log(0.05))
