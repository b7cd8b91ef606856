"""Which points of a map lie inside a polygon drawn on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform

#: Points looked at together.
_AT_ONCE = 1_000_000


def rows_inside(polygon: Sequence[QPointF], view: ViewTransform, codes: PaneCodes) -> np.ndarray:
    """Data rows, int64 (n,), whose points lie inside `polygon` (map pixels; closed by itself, odd-even).

    The polygon is filled once and the pixel of every point is read: as exact as the screen, and as fast
    for many corners as for a triangle.
    """
    width, height = max(1, int(view.width)), max(1, int(view.height))
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawPolygon(QPolygonF(list(polygon)), Qt.FillRule.OddEvenFill)
    stride = image.bytesPerLine()
    inside = np.frombuffer(image.constBits(), np.uint8).reshape(height, stride)[:, :width] > 127
    found = []
    for start in range(0, len(codes.points), _AT_ONCE):
        points = codes.points[start : start + _AT_ONCE].astype(np.float64)
        with np.errstate(invalid="ignore"):
            across = np.floor(width / 2 + (points[:, 0] - view.x) * view.scale)
            down = np.floor(height / 2 - (points[:, 1] - view.y) * view.scale)
            seen = (across >= 0) & (across < width) & (down >= 0) & (down < height)
        places = np.flatnonzero(seen)
        hit = inside[down[places].astype(np.intp), across[places].astype(np.intp)]
        found.append(codes.rows[start : start + _AT_ONCE][places[hit]])
    return np.concatenate(found) if found else np.empty(0, np.int64)
