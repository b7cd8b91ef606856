"""Circles of the prior N(0, I) on a plane."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.view_transform import ViewTransform
from trainer.latent.plane import Plane
from trainer.latent.posterior_shapes import prior_radii

#: Circles of more pixels than this are out of sight.
_LARGEST = 1e5
#: Pixels of a ring's radius from which on it has a word.
_WORDS_FROM = 36.0
#: Pixels that words keep from the map's left, upper, right and lower edge, where numbers stand.
_EDGES = (34, 4, -4, -24)


def paint_prior(painter: QPainter, view: ViewTransform, tokens: Tokens, plane: Plane, has_prior: bool) -> None:
    """Radii 1 and 2 and the 95 % ring around the prior's middle, the shell where dimensions are hidden.

    Dashed for a model that has no prior. With one axis lines instead of circles.
    """
    axes = len(plane.axes)
    middle = -(plane.axes.astype(float) @ plane.origin.astype(float))
    centre = (float(middle[0]), float(middle[1]) if axes > 1 else 0.0)
    style = Qt.PenStyle.SolidLine if has_prior else Qt.PenStyle.DashLine
    one, two, most = prior_radii(axes)
    rings = [(one, "1σ", 1.2, style), (two, "2σ", 1.2, style), (most, "95 %", 1.8, style)]
    if plane.hides:
        rings.append((math.sqrt(plane.latent), f"√{plane.latent}", 1.4, Qt.PenStyle.DotLine))
    for radius, word, width, line in rings:
        for colour, extra in ((_soft(tokens.map, 0.6), 2.0), (_soft(tokens.text_2, 1.0), 0.0)):
            # A halo under a dashed line would fill its gaps.
            painter.setPen(QPen(colour, width + extra, line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if axes == 1:
                _lines(painter, view, centre[0], radius)
            elif radius * view.scale < _LARGEST:
                painter.drawEllipse(QPointF(*view.to_pixels(*centre)), radius * view.scale, radius * view.scale)
        # Words of rings that are too small for them would cover what they name.
        if axes == 1 or radius * view.scale > _WORDS_FROM:
            _word(painter, view, tokens, centre, radius, word, axes)


def _lines(painter: QPainter, view: ViewTransform, centre: float, radius: float) -> None:
    for x in (centre - radius, centre + radius):
        at = view.to_pixels(x, 0)[0]
        painter.drawLine(QPointF(at, 0), QPointF(at, view.height))


def _word(
    painter: QPainter,
    view: ViewTransform,
    tokens: Tokens,
    centre: tuple[float, float],
    radius: float,
    word: str,
    axes: int,
) -> None:
    """Names a ring where the word is seen whole: at its lower left, lower right or upper left."""
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(word) + 6, metrics.height())
    if axes == 1:
        sides = [view.to_pixels(centre[0] + side, 0)[0] for side in (radius, -radius)]
        seen = [x for x in sides if 0 <= x <= view.width]
        if not seen:
            return
        # 2σ and 1.96σ would lie on each other.
        box.moveCenter(QPointF(seen[0], view.height - (60 if word == "2σ" else 40)))
    else:
        angle = {"1σ": 215, "2σ": 225, "95 %": 240}.get(word, 250)
        room = QRectF(0, 0, view.width, view.height).adjusted(*_EDGES)
        for turned in (angle, 540 - angle, 360 - angle):
            away = (math.cos(math.radians(turned)) * radius, math.sin(math.radians(turned)) * radius)
            box.moveCenter(QPointF(*view.to_pixels(centre[0] + away[0], centre[1] + away[1])))
            if room.contains(box):
                break
        else:
            return
    painter.fillRect(box, _soft(tokens.map, 0.94))
    painter.setPen(QColor(tokens.text_2))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


def _soft(name: str, alpha: float) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(alpha)
    return colour
