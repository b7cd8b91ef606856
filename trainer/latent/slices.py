"""Slices: planes of code space parallel to a map's plane, and the variance that a plane hides. Torch-free.

The reference plane goes through an anchor, usually the codes' mean. A slice is a parallel plane, given by its
offset from the anchor along a direction orthogonal to the plane.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trainer.latent.spectrum import Spectrum

#: Less than this share of a vector's length is rounding error.
_SAME = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class HiddenDirection:
    """A direction orthogonal to a plane, along which slices are moved.

    vector: float64 (d,), of length 1. spread: the codes' standard deviation along it. share: of their total
    variance.
    """

    vector: np.ndarray
    spread: float
    share: float


@dataclass(frozen=True, slots=True)
class PlaneDistance:
    """The distance of a code from a plane, in code units, and as a share of its distance from the codes' mean.

    `share` is NaN for a code at the mean.
    """

    distance: float
    share: float


def explained(covariance: np.ndarray, axes: np.ndarray) -> tuple[float, ...]:
    """Shares of the variance of `covariance` (d, d) along orthonormal `axes` (k, d); NaN without variance."""
    total = float(np.trace(covariance))
    rows = axes.astype(np.float64)
    along = np.einsum("kd,de,ke->k", rows, covariance, rows)
    return tuple((along / total).tolist()) if total > 0 else (float("nan"),) * len(axes)


def off_plane(vectors: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """The part of vectors (..., d) orthogonal to orthonormal `axes` (k, d); float64."""
    rows = axes.astype(np.float64)
    wide = np.asarray(vectors, np.float64)
    return wide - (wide @ rows.T) @ rows


def distance_from_plane(code: np.ndarray, anchor: np.ndarray, mean: np.ndarray, axes: np.ndarray) -> PlaneDistance:
    """The distance of `code` (d,) from the plane through `anchor` (d,) along `axes` (k, d)."""
    distance = float(np.linalg.norm(off_plane(code.astype(np.float64) - anchor, axes)))
    whole = float(np.linalg.norm(code.astype(np.float64) - mean))
    return PlaneDistance(distance, distance / whole if whole > 0 else float("nan"))


def most_hidden(
    covariance: np.ndarray, axes: np.ndarray, former: np.ndarray | None = None
) -> HiddenDirection | None:
    """The direction of largest variance orthogonal to `axes`: PC3, if the plane is the PCA plane.

    Its sign agrees with `former` (d,), if given. None if the plane hides no variance.
    """
    latent = len(covariance)
    rows = axes.astype(np.float64)
    if latent <= len(rows):
        return None
    outside = np.eye(latent) - rows.T @ rows
    vector = Spectrum(outside @ covariance @ outside).leading(1)[0]
    return _along(off_plane(vector, rows), covariance, former)


def towards(
    code: np.ndarray, anchor: np.ndarray, covariance: np.ndarray, axes: np.ndarray
) -> HiddenDirection | None:
    """The orthogonal direction from the plane through `anchor` to `code` (d,); None for a code in the plane."""
    off = off_plane(code.astype(np.float64) - anchor, axes)
    size = float(np.linalg.norm(code.astype(np.float64) - anchor))
    if not float(np.linalg.norm(off)) > _SAME * size:
        return None
    return _along(off, covariance, None)


def _along(vector: np.ndarray, covariance: np.ndarray, former: np.ndarray | None) -> HiddenDirection | None:
    length = float(np.linalg.norm(vector))
    total = float(np.trace(covariance))
    if not length > 0 or not total > 0:
        return None
    unit = vector / length
    if former is not None and len(former) == len(unit) and float(unit @ former) < 0:
        unit = -unit
    variance = max(0.0, float(unit @ covariance @ unit))
    if not variance > 1e-12 * total:
        return None
    return HiddenDirection(unit, float(np.sqrt(variance)), variance / total)
