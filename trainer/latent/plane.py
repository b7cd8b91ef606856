"""The plane of code space that a latent map shows. Torch-free.

A plane is an origin with one or two orthonormal axes. `project` maps codes to map positions; `lift` maps a
position back to a code, and takes the hidden dimensions from a second code.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.latent.spectrum import Spectrum

#: Rows projected at a time, so that wide codes need no second array of their size.
_ROWS = 16_384
#: Number of values that the covariance is measured on: all of 70,000 codes up to 28 dimensions, 4,000 codes of
#: 512. It is measured at every map refresh during training, and more rows would not move the axes visibly.
_VALUES = 2_000_000
_FEWEST_ROWS = 4_000
#: Relative advantage in variance that a direction outside the former plane needs to replace one inside it. Without
#: it nearly equal eigenvalues would swap at every refresh.
_STICKINESS = 0.05
#: Maximum rotation of the axes towards the principal components per refresh, in radians.
_MOST_TURN = 0.1
#: An axis has a component's name if the cosine of their angle is at least this (about 15 degrees).
_SAME_DIRECTION = 0.966


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The position of a map in code space.

    Attributes:
        origin: float32 (d,), the code at map position (0, 0).
        axes: float32 (k, d), orthonormal rows; k is 2, or 1 if d is 1.
        names: names of the map's two axes, such as ("z1", "z2") or ("PC1 (43 %)", "PC2 (21 %)"); "" for an axis
            that does not exist.
        explained: share of the codes' variance along each axis; () if it was not measured.
    """

    origin: np.ndarray = field(repr=False)
    axes: np.ndarray = field(repr=False)
    names: tuple[str, str]
    explained: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.axes.ndim != 2 or self.origin.shape != self.axes.shape[1:] or len(self.axes) not in (1, 2):
            raise ValueError("a plane needs an origin (d,) and one or two axes (k, d)")
        for array in (self.origin, self.axes):
            array.setflags(write=False)

    @property
    def latent(self) -> int:
        """d, the number of latent dimensions."""
        return len(self.origin)

    @property
    def hides(self) -> bool:
        """Whether codes have dimensions that this map does not show."""
        return self.latent > len(self.axes)

    def project(self, codes: np.ndarray) -> np.ndarray:
        """Map positions of codes (n, d): float32 (n, 2). y is 0 if d is 1; a non-finite code gives NaN."""
        placed = np.zeros((len(codes), 2), np.float32)
        axes = self.axes.T
        # Codes of a diverged model overflow here; the map does not draw NaN points.
        with np.errstate(invalid="ignore", over="ignore"):
            for start in range(0, len(codes), _ROWS):
                rows = slice(start, start + _ROWS)
                placed[rows, : len(self.axes)] = (codes[rows] - self.origin) @ axes
        placed[~np.isfinite(placed).all(axis=1)] = np.nan
        return placed

    def lift(self, xy: np.ndarray, hidden: np.ndarray) -> np.ndarray:
        """The codes at map positions `xy` that equal `hidden` in all hidden dimensions.

        `xy` is (2,) or (n, 2), `hidden` a code (d,). Gives float32 (d,) or (n, d) with `project(lift(xy)) == xy`
        up to rounding. With one dimension y is ignored.
        """
        position = np.asarray(xy, np.float64)[..., : len(self.axes)]
        axes = self.axes.astype(np.float64)
        base = np.asarray(hidden, np.float64)
        return (base + (position - axes @ (base - self.origin)) @ axes).astype(np.float32)


def raw(latent: int) -> Plane:
    """The plane that shows codes of one or two dimensions unchanged. Raises `ValueError` for more."""
    if latent not in (1, 2):
        raise ValueError("only codes of one or two dimensions can be shown as they are")
    return dimensions(0, latent - 1, latent)


def dimensions(i: int, j: int, latent: int) -> Plane:
    """The plane of dimensions `i` (across) and `j` (up), counted from 0, through the zero code."""
    if not (0 <= i < latent and 0 <= j < latent) or (i == j and latent > 1):
        raise ValueError(f"the two dimensions of a map must be different and below {latent}")
    chosen = [i] if latent == 1 else [i, j]
    names = (f"z{i + 1}", "" if latent == 1 else f"z{j + 1}")
    return Plane(np.zeros(latent, np.float32), np.eye(latent, dtype=np.float32)[chosen], names)


def pca(codes: np.ndarray, former: Plane | None = None) -> Plane:
    """The plane of largest variance of codes (n, d), aligned with `former`.

    Principal axes are defined only up to sign, and up to rotation if eigenvalues are equal, so that a map with
    newly computed axes would flip and spin at every refresh. Therefore the plane is chosen by variance with a
    small preference for the former plane, its axes are rotated as close as possible to the former ones (orthogonal
    Procrustes), and they turn by a few degrees per refresh towards the components. Non-finite rows are ignored;
    without usable rows the former plane, or the first two dimensions, are kept.

    Origin, axes and `explained` are measured on all rows up to two million values (n d), otherwise on an evenly
    spaced subset of max(4,000, 2,000,000 / d) rows, the same at every refresh of the same rows.
    """
    latent = codes.shape[1]
    if former is not None and former.latent != latent:
        former = None
    mean, covariance = _moments(codes)
    total = float(np.trace(covariance))
    # If all codes are equal, the measured variance is only the rounding of their mean.
    if not total > 1e-12 * float(mean @ mean):
        return _without_variance(mean, former, latent)
    count = min(latent, 2)
    kept = None if former is None else former.axes.astype(np.float64)
    spectrum = Spectrum(covariance, kept)
    components = spectrum.leading(count)
    axes = components
    if kept is not None:
        second = float(components[-1] @ covariance @ components[-1])
        axes = spectrum.leading(count, _STICKINESS * second)
        left, _, right = np.linalg.svd(kept @ axes.T)
        axes = _eased(left @ right @ axes, components, covariance)
    shares = tuple(float(axis @ covariance @ axis) / total for axis in axes)
    names = [_name(axis, components, place) for place, axis in enumerate(axes)]
    labels = [f"{name} ({100 * share:.0f} %)" for name, share in zip(names, shares, strict=True)]
    labels += [""] * (2 - len(labels))
    return Plane(mean.astype(np.float32), axes.astype(np.float32), (labels[0], labels[1]), shares)


def _eased(axes: np.ndarray, components: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Rotate `axes` (2, d) within their plane by a few degrees towards the nearest components, up to sign.

    The axes reach PC1 and PC2 some refreshes after the codes settle. The closer the two variances, the slower the
    rotation, because the components' directions are then ill-defined.
    """
    if len(axes) < 2:
        return axes
    first, second = (float(axis @ covariance @ axis) for axis in components)
    across, up = axes @ components[0]
    quarter = np.pi / 2
    turn = (np.arctan2(up, across) + quarter / 2) % quarter - quarter / 2
    limit = _MOST_TURN * (1 - second / first)
    turn = float(np.clip(turn, -limit, limit))
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return rotation @ axes


def through(first: np.ndarray, second: np.ndarray, third: np.ndarray) -> Plane:
    """The plane through three codes (d,).

    The origin is the first, the x axis points to the second, the y axis towards the third. If the codes do not
    span a plane, coordinate axes replace the missing directions.
    """
    start = np.asarray(first, np.float64)
    latent = len(start)
    axes: list[np.ndarray] = []
    fillers = list(np.eye(latent)[:3])
    for code in (second, third)[: min(latent, 2)]:
        axis = _orthogonal(np.asarray(code, np.float64) - start, axes)
        while axis is None:
            axis = _orthogonal(fillers.pop(0), axes)
        axes.append(axis)
    names = ("1st → 2nd code", "" if latent == 1 else "towards 3rd code")
    return Plane(start.astype(np.float32), np.stack(axes).astype(np.float32), names)


def _orthogonal(direction: np.ndarray, axes: list[np.ndarray]) -> np.ndarray | None:
    """The unit vector of the part of `direction` orthogonal to `axes`; None if that part is rounding error."""
    length = float(np.linalg.norm(direction))
    if not (np.isfinite(length) and length > 0):
        return None
    left = direction / length
    for _ in range(2):  # twice is enough for orthogonality to working precision
        for axis in axes:
            left = left - (left @ axis) * axis
    remaining = float(np.linalg.norm(left))
    return left / remaining if remaining > 1e-6 else None


def _moments(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (d,) and covariance (d, d) of the finite rows (see `pca`), float64; zeros if there are none."""
    latent = codes.shape[1]
    most = max(_FEWEST_ROWS, _VALUES // latent)
    usable = _evenly(codes, most)
    if not (finite := np.isfinite(usable).all(axis=1)).all():
        if len(usable) < len(codes):
            finite = np.isfinite(codes).all(axis=1)
        usable = _evenly(codes[finite], most)
    if not len(usable):
        return np.zeros(latent), np.zeros((latent, latent))
    mean = usable.mean(axis=0, dtype=np.float64)
    covariance = np.zeros((latent, latent))
    for start in range(0, len(usable), _ROWS):
        centred = usable[start : start + _ROWS].astype(np.float64) - mean
        covariance += centred.T @ centred
    return mean, covariance / len(usable)


def _evenly(codes: np.ndarray, most: int) -> np.ndarray:
    """At most `most` rows, evenly spaced."""
    if len(codes) <= most:
        return codes
    return codes[np.linspace(0, len(codes) - 1, most).astype(np.intp)]


def _without_variance(mean: np.ndarray, former: Plane | None, latent: int) -> Plane:
    """The former axes, with the origin at the common position of equal codes."""
    start = former or dimensions(0, min(1, latent - 1), latent)
    return Plane(mean.astype(np.float32), start.axes, start.names)


def _name(axis: np.ndarray, components: np.ndarray, place: int) -> str:
    """ "PC1" or "PC2" if the axis matches that component, otherwise a separate name for an axis in the PCA
    plane.
    """
    closeness = np.abs(components @ axis)
    best = int(closeness.argmax())
    return f"PC{best + 1}" if closeness[best] >= _SAME_DIRECTION else f"PC1+2 {'xy'[place]}"
