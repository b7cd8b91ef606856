"""The view of a map: world (plane coordinates, y up) to pixels (device-independent, y down), equal aspect."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

#: World rectangle: left, bottom, right, top.
Rect = tuple[float, float, float, float]

#: Zoom limits relative to the data: beyond the first nothing is visible, beyond the second float32
#: positions would be off by a pixel.
_SMALLEST = 1 / 50
_LARGEST = 2_000.0
#: Share of the shorter side left free around fitted data.
_MARGIN = 0.06
#: Fitting leaves out this share of the points on each side, so that a few outliers do not shrink the rest.
_TAIL = 0.002


@dataclass(frozen=True, slots=True)
class ViewTransform:
    """An immutable view in float64.

    Attributes:
        width, height: of the map in pixels, at least 1.
        x, y: the world point in its centre.
        scale: pixels per world unit, the same on both axes.
    """

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    scale: float = 100.0

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Pixel position of a world point."""
        return (self.width / 2 + (x - self.x) * self.scale, self.height / 2 - (y - self.y) * self.scale)

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """World point at a pixel position."""
        return (self.x + (px - self.width / 2) / self.scale, self.y - (py - self.height / 2) / self.scale)

    @property
    def rect(self) -> Rect:
        """The visible rectangle in world units."""
        across, up = self.width / 2 / self.scale, self.height / 2 / self.scale
        return (self.x - across, self.y - up, self.x + across, self.y + up)

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """The view with its content moved by (dx, dy) pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, factor: float, px: float, py: float) -> ViewTransform:
        """Magnified by `factor`; the world point at pixel (px, py) stays where it is."""
        x, y = self.to_world(px, py)
        scale = self.scale * factor
        return replace(
            self, x=x - (px - self.width / 2) / scale, y=y + (py - self.height / 2) / scale, scale=scale
        )

    def resized(self, width: float, height: float) -> ViewTransform:
        """The same centre and scale in a map of another size."""
        return replace(self, width=max(width, 1.0), height=max(height, 1.0))

    def fitted(self, bounds: Rect) -> ViewTransform:
        """All of `bounds` in view, centred, with a margin. Bounds without extent get a view one unit wide."""
        left, bottom, right, top = bounds
        wide, tall = right - left, top - bottom
        if wide <= 0 and tall <= 0:
            wide = tall = 1.0
        free = 1 - 2 * _MARGIN
        scales = [side * free / extent for side, extent in ((self.width, wide), (self.height, tall)) if extent > 0]
        return replace(self, x=(left + right) / 2, y=(bottom + top) / 2, scale=min(scales))

    def limited(self, bounds: Rect) -> ViewTransform:
        """The nearest view from which the data in `bounds` can still be found and drawn exactly."""
        fit = self.fitted(bounds)
        scale = min(max(self.scale, fit.scale * _SMALLEST), fit.scale * _LARGEST)
        across, up = self.width / 2 / scale, self.height / 2 / scale
        left, bottom, right, top = bounds
        return replace(
            self,
            x=min(max(self.x, left - across), right + across),
            y=min(max(self.y, bottom - up), top + up),
            scale=scale,
        )

    def towards(self, other: ViewTransform, share: float) -> ViewTransform:
        """The view `share` (0 to 1) of the way to `other`; scales are mixed geometrically."""
        return replace(
            other,
            x=self.x + (other.x - self.x) * share,
            y=self.y + (other.y - self.y) * share,
            scale=math.exp(math.log(self.scale) * (1 - share) + math.log(other.scale) * share),
        )

    def resembles(self, other: ViewTransform) -> bool:
        """Whether `other` is hardly distinguishable: less than 4 % of the map's size, less than 8 % in scale."""
        moved = math.hypot(other.x - self.x, other.y - self.y) * self.scale
        return moved < 0.04 * min(self.width, self.height) and abs(math.log(other.scale / self.scale)) < 0.08


def bounds_of(points: np.ndarray, tail: float = _TAIL) -> Rect | None:
    """World rectangle of points (n, 2) without the outermost `tail` on each side; None without finite points."""
    finite = points[np.isfinite(points).all(axis=1)]
    if not len(finite):
        return None
    skip = int(len(finite) * tail)
    last = len(finite) - 1 - skip
    ordered = np.partition(finite, sorted({skip, last}), axis=0)
    (left, bottom), (right, top) = ordered[skip].astype(float), ordered[last].astype(float)
    return (float(left), float(bottom), float(right), float(top))
