"""Draws the images of two groups and the direction between their means over a map's points."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.view_transform import ViewTransform

#: Maximum number of marks per group: enough to show its position, few enough for smooth panning.
MOST_MARKS = 150
_ARM = 2.5
_HEAD = 9.0


def marked_points(codes: PaneCodes, rows: np.ndarray) -> np.ndarray:
    """Map positions (n, 2) of at most `MOST_MARKS` of the data rows, evenly spaced among those on the map."""
    places = np.searchsorted(codes.rows, rows)
    inside = places < len(codes.rows)
    places, rows = places[inside], rows[inside]
    places = places[codes.rows[places] == rows]
    if len(places) > MOST_MARKS:
        places = places[np.linspace(0, len(places) - 1, MOST_MARKS).astype(np.intp)]
    points = codes.points[places]
    return points[np.isfinite(points).all(axis=1)]


def paint_marks(painter: QPainter, view: ViewTransform, points: np.ndarray, plus: bool, tokens: Tokens) -> None:
    """Draw a plus or minus sign on every visible point."""
    left, bottom, right, top = view.rect
    lines = []
    for x, y in points.tolist():
        if left <= x <= right and bottom <= y <= top:
            px, py = view.to_pixels(x, y)
            lines.append(QLineF(px - _ARM, py, px + _ARM, py))
            if plus:
                lines.append(QLineF(px, py - _ARM, px, py + _ARM))
    painter.setPen(QPen(QColor(tokens.map), 2.8))
    painter.drawLines(lines)
    painter.setPen(QPen(QColor(tokens.text), 1.2))
    painter.drawLines(lines)


def paint_arrow(
    painter: QPainter, view: ViewTransform, start: np.ndarray, end: np.ndarray, colour: QColor, tokens: Tokens
) -> None:
    """Draw an arrow from the minus group's mean to the plus group's, both (2,) in plane coordinates."""
    if not (np.isfinite(start).all() and np.isfinite(end).all()):
        return
    line = QLineF(QPointF(*view.to_pixels(*start.tolist())), QPointF(*view.to_pixels(*end.tolist())))
    path = QPainterPath(line.p1())
    path.lineTo(line.p2())
    angle = math.atan2(line.dy(), line.dx())
    head = QPolygonF(
        [
            line.p2(),
            line.p2() - QPointF(_HEAD * math.cos(angle - 0.45), _HEAD * math.sin(angle - 0.45)),
            line.p2() - QPointF(_HEAD * math.cos(angle + 0.45), _HEAD * math.sin(angle + 0.45)),
        ]
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    for pen, fill in (
        (QPen(QColor(tokens.map), 6, Qt.PenStyle.SolidLine, cap, join), QColor(tokens.map)),
        (QPen(colour, 2.5, Qt.PenStyle.SolidLine, cap, join), colour),
    ):
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setBrush(fill)
        painter.drawPolygon(head)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_way(painter: QPainter, view: ViewTransform, ends: np.ndarray, colour: QColor) -> None:
    """Draw the slider's range as a dashed line between two points `ends` (2, 2) in plane coordinates."""
    if np.isfinite(ends).all():
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        first, last = (QPointF(*view.to_pixels(*end)) for end in ends.tolist())
        painter.drawLine(first, last)
