"""A line around all points of a set: around single points where they are sparse, around groups where dense."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform

#: Distances in pixels from a point to the inner and to the outer edge of the line.
_FREE, _OUTER = 3, 4
#: Number of lines filled at a time: few enough to stay in the processor's cache.
_BAND = 64


def points_of(codes: PaneCodes, rows: np.ndarray) -> np.ndarray:
    """Map positions float32 (n, 2) of those of `rows` (ascending) that are on the map."""
    if not len(rows) or not len(codes.rows):
        return np.empty((0, 2), np.float32)
    places = np.searchsorted(codes.rows, rows)
    places = np.minimum(places, len(codes.rows) - 1)
    points = codes.points[places[codes.rows[places] == rows]]
    return points[np.isfinite(points).all(axis=1)]


class Halo:
    """Draws the line in a millisecond or two, however many points.

    It reuses its memory: allocating megabytes for each picture of a pan would cost more than filling them.
    """

    def __init__(self) -> None:
        self._marks = np.zeros((0, 0), bool)
        self._image = QImage()

    def draw(self, points: np.ndarray, view: ViewTransform, colour: QColor) -> QImage:
        """The line in `colour` on a transparent background, in the map's pixels; valid until the next call."""
        width, height, outer = max(1, round(view.width)), max(1, round(view.height)), _OUTER
        # Lines are whole words. Growth beyond the end of a line goes to the margin of the next one.
        line = -(-(width + 2 * outer) // 64)
        self._take_memory(width, height, line)
        self._mark(points, view, width, height)
        inner = _widened(np.packbits(self._marks, bitorder="little").view("<u8"), line, _FREE)
        edge = (_widened(inner, line, outer - _FREE) & ~inner).view(np.uint8).reshape(len(self._marks), -1)
        pixels = np.frombuffer(self._image.bits(), np.uint32).reshape(height, width)
        for top in range(0, height, _BAND):
            band = edge[outer + top : outer + min(top + _BAND, height)]
            shown = np.unpackbits(band, axis=1, bitorder="little")[:, outer : outer + width]
            np.multiply(shown, np.uint32(colour.rgba()), out=pixels[top : top + _BAND], dtype=np.uint32)
        return self._image

    def _take_memory(self, width: int, height: int, line: int) -> None:
        shape = (height + 2 * _OUTER, 64 * line)
        if self._marks.shape != shape:
            self._marks = np.empty(shape, bool)
        if (self._image.width(), self._image.height()) != (width, height):
            self._image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        self._marks.fill(False)

    def _mark(self, points: np.ndarray, view: ViewTransform, width: int, height: int) -> None:
        """Mark the pixels of the points, with a margin, so that those beyond the edge reach into the picture."""
        outer = _OUTER
        across = ((points[:, 0] - view.x) * view.scale + width / 2).astype(np.float32)
        down = (height / 2 - (points[:, 1] - view.y) * view.scale).astype(np.float32)
        seen = (across > -outer) & (across < width + outer) & (down > -outer) & (down < height + outer)
        rows = (down[seen] + outer).astype(np.intp).clip(0, height + 2 * outer - 1)
        columns = (across[seen] + outer).astype(np.intp).clip(0, width + 2 * outer - 1)
        self._marks[rows, columns] = True


def _widened(marks: np.ndarray, line: int, steps: int) -> np.ndarray:
    """`marks` grown by `steps` pixels, alternately along the axes and the diagonals: nearly round.

    One bit per pixel, the first one the lowest, in lines of `line` words of 64 bits: uint64 (lines * line,).
    """
    one, rest = np.uint64(1), np.uint64(63)
    for step in range(steps):
        across = marks | marks << one | marks >> one
        across[1:] |= marks[:-1] >> rest
        across[:-1] |= marks[1:] << rest
        spread = across if step % 2 else marks
        grown = across.copy()
        grown[line:] |= spread[:-line]
        grown[:-line] |= spread[line:]
        marks = grown
    return marks
