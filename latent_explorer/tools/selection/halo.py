"""A line round all points of a set: round each where they are few, round the whole where they are many."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform

#: Pixels from a point that stay free, and to the outer edge of the line.
_FREE, _OUTER = 3, 4


def points_of(codes: PaneCodes, rows: np.ndarray) -> np.ndarray:
    """Map positions float32 (n, 2) of those of `rows` (ascending) that are on the map."""
    if not len(rows) or not len(codes.rows):
        return np.empty((0, 2), np.float32)
    places = np.searchsorted(codes.rows, rows)
    places = np.minimum(places, len(codes.rows) - 1)
    points = codes.points[places[codes.rows[places] == rows]]
    return points[np.isfinite(points).all(axis=1)]


def halo(points: np.ndarray, view: ViewTransform, colour: QColor) -> QImage:
    """The line in `colour` on a clear ground, in the map's pixels: some milliseconds, however many points."""
    width, height, free, outer = max(1, round(view.width)), max(1, round(view.height)), _FREE, _OUTER
    across = ((points[:, 0] - view.x) * view.scale + width / 2).astype(np.float32)
    down = (height / 2 - (points[:, 1] - view.y) * view.scale).astype(np.float32)
    # A margin, so that points beyond the edge reach into the picture.
    seen = (across > -outer) & (across < width + outer) & (down > -outer) & (down < height + outer)
    marks = np.zeros((height + 2 * outer, width + 2 * outer), bool)
    marks[
        (down[seen] + outer).astype(np.intp).clip(0, marks.shape[0] - 1),
        (across[seen] + outer).astype(np.intp).clip(0, marks.shape[1] - 1),
    ] = True
    inside = slice(outer, outer + height), slice(outer, outer + width)
    inner = _widened(marks, free)
    line = (_widened(inner, outer - free) & ~inner)[inside]
    pixels = np.zeros((height, width), np.uint32)
    pixels[line] = colour.rgba()
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _widened(marks: np.ndarray, steps: int) -> np.ndarray:
    """`marks` grown by `steps` pixels, now along the axes and now along the diagonals: nearly round."""
    grown = marks.copy()
    for step in range(steps):
        former = grown.copy()
        grown[1:] |= former[:-1]
        grown[:-1] |= former[1:]
        if step % 2:
            across = grown.copy()
            grown[:, 1:] |= across[:, :-1]
            grown[:, :-1] |= across[:, 1:]
        else:
            grown[:, 1:] |= former[:, :-1]
            grown[:, :-1] |= former[:, 1:]
    return grown
