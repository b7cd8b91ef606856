"""A marker shape for every class, in addition to its colour, for the hover card and legends."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

_STAR = 0.45


def class_mark(label: int, radius: float) -> QPainterPath:
    """The outline of the marker of class `label`, centred on (0, 0).

    There are ten shapes. Classes 0 to 9 have one each; class 10 has class 0's colour with class 1's shape, and so
    on, so that colour and shape together identify up to a hundred classes.
    """
    shape = (label + label // 10) % 10
    path = QPainterPath()
    if shape == 0:
        path.addEllipse(QPointF(0, 0), radius * 0.9, radius * 0.9)
    elif shape == 1:
        side = radius * 0.82
        path.addRect(QRectF(-side, -side, 2 * side, 2 * side))
    elif shape in (2, 3, 4, 5, 6):
        corners, turn = {2: (3, -90), 3: (3, 90), 4: (4, -90), 5: (5, -90), 6: (6, 0)}[shape]
        path.addPolygon(_corners([radius * 1.08] * corners, turn))
    elif shape == 7:
        path.addPolygon(_corners([radius * 1.15, radius * 1.15 * _STAR] * 5, -90))
    else:  # a plus, or rotated a cross
        path.addPolygon(_plus(radius, 0 if shape == 8 else 45))
    path.closeSubpath()
    return path


def mark_pen(colour: QColor, width: float) -> QPen:
    """A pen with mitred joins, which keeps the corners of small marks sharp."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _corners(radii: list[float], turn: float) -> QPolygonF:
    """Points at equal angles with these distances from the centre, starting at `turn` degrees clockwise."""
    step = 2 * math.pi / len(radii)
    start = math.radians(turn)
    return QPolygonF(
        [QPointF(r * math.cos(start + i * step), r * math.sin(start + i * step)) for i, r in enumerate(radii)]
    )


def _plus(radius: float, turn: float) -> QPolygonF:
    arm, far = radius * 0.32, radius * 1.05
    quarter = [(arm, -far), (arm, -arm), (far, -arm)]
    corners = []
    for i in range(4):
        angle = math.radians(90 * i + turn)
        for x, y in quarter:
            corners.append(
                QPointF(x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle))
            )
    return QPolygonF(corners)
