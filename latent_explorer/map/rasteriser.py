"""Rasterises points with numpy: count and colour index per pixel, then a lookup table to RGB32.

A pixel's opacity grows with the logarithm of the number of dots on it, so that single points are visible and dense
regions keep their gradation. Its hue is that of one of its points at random (points come in random order and the
last one written stays), so that overlapping classes remain distinguishable instead of blending to grey.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from PySide6.QtGui import QImage

from latent_explorer.core.view_transform import ViewTransform

#: Number of distinct counts in the opacity table.
_LEVELS = 256
#: Diameter in px of the largest dot on a screen.
_LARGEST = 7
#: Colour indices of grid lines and of the lines through the origin; points overwrite them.
_GRID, _ORIGIN = 254, 255
#: Maximum count: far above any exposure, and the sum of four neighbours still fits 16 bits.
_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Exposure:
    """The mapping from counts to opacity. Depends only on the data and the zoom, not on the visible part.

    Attributes:
        dot: diameter of a dot in device pixels, 2 to 7.
        single: opacity of one dot, 0 to 1.
        full: count at which a pixel becomes opaque, at least 1.
    """

    dot: int
    single: float
    full: float

    @classmethod
    def of(cls, density: float, scale: float, ratio: float) -> Exposure:
        """The exposure for `density` points per square world unit, at `scale` device pixels per world unit and
        `ratio` device pixels per logical pixel."""
        crowd = density / max(scale, 1e-30) ** 2  # points per device pixel
        # The largest dot with little overlap.
        dot = 2 if crowd > 0.012 else min(int(math.sqrt(0.05 / max(crowd, 1e-9))), 5)
        dot = max(2, round(dot * (1 + (ratio - 1) / 2)))
        cover = crowd * dot * dot
        single = min(max(0.92 - 0.16 * math.log1p(4 * cover), 0.30), 0.92)
        return cls(dot=min(dot, _LARGEST), single=single, full=max(4.0 * cover, 3.0))

    def for_file(self, ratio: float) -> Exposure:
        """The same look at `ratio` times the resolution: dots grow with the picture, as on paper they must."""
        return replace(self, dot=max(2, round(self.dot * ratio)))

    def opacities(self, share: float) -> np.ndarray:
        """Opacity for counts 0 to 255 when only `share` (0 to 1) of the points are drawn, float32 (256,)."""
        count = np.arange(_LEVELS, dtype=np.float32)
        # A dot of a subset represents several points, but must not look much stronger than a dot of the full set.
        # `share` is 0 if no point is finite.
        meant = 1 + (count - 1) / max(share, 1e-6)
        grown = np.log(np.maximum(meant, 1)) / math.log(max(self.full, 2.0))
        opacity = self.single + (1 - self.single) * np.minimum(grown, 1)
        opacity[0] = 0
        return opacity.astype(np.float32)


@dataclass(slots=True, eq=False)
class Picture:
    """A finished picture and the view it was drawn for, whose size is that of the picture in device pixels."""

    image: QImage
    view: ViewTransform
    buffer: np.ndarray = field(repr=False)


class Rasteriser:
    """Reusable buffers of one size. Fill with `add`, read with `picture`.

    The pixels of a picture belong to the rasteriser; they are valid until the second next call of `picture`.
    """

    def __init__(self, view: ViewTransform, largest: int = _LARGEST) -> None:
        """`largest`: diameter in px of the largest dot that will be added."""
        self.width, self.height = int(view.width), int(view.height)
        # Around the picture, so that dots at the edge need no bounds check.
        self._pad = largest + 1
        self._stride = self.width + 2 * self._pad
        size = self._stride * (self.height + 2 * self._pad)
        self._counts = np.zeros(size, np.uint16)
        self._colours = np.zeros(size, np.uint8)
        self._covers = np.empty(size, np.uint16)
        self._codes = np.empty(size, np.uint16)
        self._pixels = [np.empty(size, np.uint32), np.empty(size, np.uint32)]
        self.clear(view)

    def clear(self, view: ViewTransform) -> None:
        """Start a picture of `view`, whose size in device pixels must equal the rasteriser's."""
        if (int(view.width), int(view.height)) != (self.width, self.height):
            raise ValueError("a rasteriser draws pictures of one size")
        self.view = view
        self.drawn = 0
        self._dot = 2
        self._counts.fill(0)
        self._colours.fill(0)

    def rule(self, columns: dict[int, bool], rows: dict[int, bool]) -> None:
        """Draw grid lines, before any points are added; True marks the lines through the origin."""
        colours = self._colours.reshape(-1, self._stride)
        for through_zero in (False, True):
            for column in (at for at, zero in columns.items() if zero == through_zero and 0 <= at < self.width):
                colours[:, self._pad + column] = _ORIGIN if through_zero else _GRID
            for row in (at for at, zero in rows.items() if zero == through_zero and 0 <= at < self.height):
                colours[self._pad + row] = _ORIGIN if through_zero else _GRID

    def add(self, x: np.ndarray, y: np.ndarray, colour: np.ndarray, dot: int) -> None:
        """Draw points: x, y finite float32 (m,), colour uint8 (m,), m at most 60,000; `dot` diameter in px."""
        view = self.view
        scale = np.float32(view.scale)
        # Position of the dot's top left pixel, counted from the padding's corner; + 0.5 rounds to nearest.
        left = self._pad + view.width / 2 - dot / 2 + 0.5
        top = self._pad + view.height / 2 - dot / 2 + 0.5
        # Subtract the origin before scaling: at high zoom the other order would lose the significant digits.
        with np.errstate(over="ignore"):  # overflow to infinity counts as outside
            across = (x - np.float32(view.x)) * scale + np.float32(left)
            down = np.float32(top) - (y - np.float32(view.y)) * scale
        least = self._pad - dot
        inside = (across >= least) & (across < self.width + self._pad)
        inside &= (down >= least) & (down < self.height + self._pad)
        if not inside.all():
            across, down, colour = across[inside], down[inside], colour[inside]
        places = down.astype(np.intp)  # all positive, so truncation rounds down
        places *= self._stride
        places += across.astype(np.int32)
        self._stamp(places, colour, dot)
        self.drawn += len(places)

    def picture(
        self, palette: np.ndarray, background: np.ndarray, exposure: Exposure, share: float, *, clear: bool = False
    ) -> Picture:
        """The added points on `background`, or with `clear` on a transparent ground.

        palette: uint8 (k, 3), one colour per index, k at most 254. background: uint8 (3, 3): ground, grid lines,
        lines through the origin. share: added points as a share of all points.
        """
        covers = self._counts
        if self._dot == 2:
            pairs = self._codes  # reuse as scratch space before the lookup
            pairs[:1] = self._counts[:1]
            np.add(self._counts[1:], self._counts[:-1], out=pairs[1:])
            covers = self._covers
            covers[: self._stride] = pairs[: self._stride]
            np.add(pairs[self._stride :], pairs[: -self._stride], out=covers[self._stride :])
        np.minimum(covers, _LEVELS - 1, out=self._covers)
        np.multiply(self._colours, _LEVELS, out=self._codes, dtype=np.uint16)
        self._codes |= self._covers
        self._pixels.reverse()
        pixels = self._pixels[0]
        table = _table(palette.tobytes(), background.tobytes(), exposure, share, clear)
        # Codes are below the table's length by construction; "clip" skips numpy's bounds check.
        np.take(table, self._codes, out=pixels, mode="clip")
        start = self._pad * self._stride + self._pad
        kind = QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32
        image = QImage(pixels[start:].data, self.width, self.height, self._stride * 4, kind)
        return Picture(image, self.view, pixels)

    def _stamp(self, places: np.ndarray, colour: np.ndarray, dot: int) -> None:
        self._dot = dot
        one = np.uint16(1)
        if dot == 2:
            # For dots of 2 px, count once here and sum over 2 x 2 in `picture`: cheaper than counting four times.
            np.add.at(self._counts, places, one)
        for down, across in _disc(dot):
            spot = places + (down * self._stride + across)
            self._colours[spot] = colour
            if dot != 2:
                np.add.at(self._counts, spot, one)
        np.minimum(self._counts, _MOST, out=self._counts)


@lru_cache(maxsize=8)
def _disc(dot: int) -> tuple[tuple[int, int], ...]:
    """Pixel offsets (row, column) of a round dot of diameter `dot`."""
    centre, reach = (dot - 1) / 2, (dot / 2 - 0.1) ** 2
    return tuple(
        (down, across)
        for down in range(dot)
        for across in range(dot)
        if (down - centre) ** 2 + (across - centre) ** 2 <= reach or dot == 2
    )


@lru_cache(maxsize=4)
def _table(palette: bytes, background: bytes, exposure: Exposure, share: float, clear: bool) -> np.ndarray:
    """Lookup table (colour, count) -> RGB32, uint32 (256 * 256,); with `clear` premultiplied ARGB32."""
    colours = np.frombuffer(palette, np.uint8).reshape(-1, 1, 3).astype(np.float32)
    ground, grid, origin = np.frombuffer(background, np.uint8).reshape(3, 3).astype(np.float32)
    opacity = exposure.opacities(share)[None, :, None]
    table = np.zeros((256, _LEVELS), np.uint32)
    if clear:
        alpha = np.broadcast_to(opacity[..., 0] * 255 + 0.5, colours.shape[:1] + opacity.shape[1:2])
        table[: len(colours)] = _packed((colours * opacity + 0.5).astype(np.uint32), alpha.astype(np.uint32))
        # Opaque grid lines would hide the overlay below, so they are nearly transparent.
        for index, tone in ((_GRID, 40), (_ORIGIN, 84)):
            table[index] = _packed((grid * (tone / 255)).astype(np.uint32), np.uint32(tone))
        return table.ravel()
    mixed = (ground + (colours - ground) * opacity + 0.5).astype(np.uint32)
    opaque = np.uint32(255)
    table[: len(mixed)] = _packed(mixed, opaque)
    table[_GRID], table[_ORIGIN] = (_packed(line.astype(np.uint32), opaque) for line in (grid, origin))
    return table.ravel()


def _packed(rgb: np.ndarray, alpha: np.ndarray | np.uint32) -> np.ndarray:
    """Packed pixels of uint32 (..., 3) and alpha (...)."""
    return (alpha << 24 | rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2]).astype(np.uint32)
