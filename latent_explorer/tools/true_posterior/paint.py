"""Paints p(z|x) and q(z|x), on maps and in the panel: regions and ellipses on a plane, curves on a line."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens
from latent_explorer.tools.true_posterior.state import LINES, TruePosterior

#: Codes float64 (n, d) -> places in px, float64 (n, 2).
Places = Callable[[np.ndarray], np.ndarray]

_SHADE = 0.09
#: Corners of an ellipse.
_ROUND = np.linspace(0, 2 * np.pi, 97)
_FULL_TURN = np.stack([np.cos(_ROUND), np.sin(_ROUND)], axis=1)


def paint_regions(painter: QPainter, found: TruePosterior, places: Places, accent: QColor, tokens: Tokens) -> None:
    """p(z|x) shaded, denser is darker, with lines at `LINES`; q(z|x) dashed, at 1σ and 2σ."""
    assert found.regions is not None
    shade = QColor(tokens.text)
    shade.setAlphaF(_SHADE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    paths = [_path(lines, places) for lines in found.regions.lines]
    for path in paths:
        painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = [path for mass, path in zip(found.regions.masses, paths, strict=True) if mass in LINES]
    own = []
    if found.mean is not None and found.spread is not None:
        own = [_path((found.mean + times * found.spread * _FULL_TURN,), places) for times in (1.0, 2.0)]
    for path in (*lines, *own):
        painter.setPen(QPen(QColor(tokens.map), 3.4))
        painter.drawPath(path)
    painter.setPen(QPen(QColor(tokens.text), 1.5))
    for path in lines:
        painter.drawPath(path)
    painter.setPen(_own_pen(accent))
    for path in own:
        painter.drawPath(path)


def paint_curves(painter: QPainter, found: TruePosterior, places: Places, accent: QColor, tokens: Tokens) -> None:
    """Both densities; `places`: of (code, density over the greatest of both)."""
    curve = found.curve
    assert curve is not None
    highest = float(max(curve.density.max(), 0 if curve.own is None else curve.own.max()))
    line = places(np.stack([curve.codes, curve.density / highest], axis=1))
    ground = places(np.array([[curve.codes[-1], 0.0], [curve.codes[0], 0.0]]))
    shape, filled = _polygon(line), _polygon(np.concatenate([line, ground]))
    shade = QColor(tokens.text)
    shade.setAlphaF(0.22)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawPolygon(filled)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.text), 1.6))
    painter.drawPolyline(shape)
    if curve.own is not None:
        painter.setPen(_own_pen(accent))
        painter.drawPolyline(_polygon(places(np.stack([curve.codes, curve.own / highest], axis=1))))


def _own_pen(accent: QColor) -> QPen:
    pen = QPen(accent, 2.0)
    pen.setDashPattern([4, 2])
    return pen


def _path(lines: tuple[np.ndarray, ...], places: Places) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        path.addPolygon(_polygon(places(line)))
    return path


def _polygon(points: np.ndarray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
