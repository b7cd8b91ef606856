"""The prior on a plane: rings of a Gaussian, which are ellipses, and the contours of any other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.word_plate import paint_word, word_box
from trainer.latent.plane import Plane
from trainer.latent.posterior_shapes import Shapes, prior_radii, semi_axes

#: Circles larger than this many pixels are outside the view.
_LARGEST = 1e5
#: Minimum radius in pixels of a ring with a label.
_WORDS_FROM = 36.0
#: Distances in pixels of labels from the map's left, upper, right and lower edge, where numbers are.
_EDGES = (34, 4, -4, -24)


@dataclass(frozen=True, slots=True)
class _Ellipse:
    """The 1σ ellipse in plane units; angle of the longer semi-axis in radians."""

    x: float
    y: float
    longer: float
    shorter: float
    angle: float

    def at(self, radius: float, degrees: float) -> tuple[float, float]:
        """The point in this direction on a circle of this radius, stretched to the ellipse."""
        turn = math.radians(degrees) - self.angle
        along, across = radius * self.longer * math.cos(turn), radius * self.shorter * math.sin(turn)
        cosine, sine = math.cos(self.angle), math.sin(self.angle)
        return self.x + cosine * along - sine * across, self.y + sine * along + cosine * across


def paint_prior(
    painter: QPainter, view: ViewTransform, tokens: Tokens, plane: Plane, shapes: Shapes, has_prior: bool
) -> None:
    """Radii 1 and 2 and the 95 % ring of a Gaussian prior, `shapes`, and its shell if dimensions are hidden.

    Dashed for a model that has no prior. With one axis lines instead of ellipses.
    """
    if not len(shapes):
        return
    axes = len(plane.axes)
    longer, shorter, angle = (float(part[0]) for part in semi_axes(shapes.covariances))
    x, y = (float(part) for part in shapes.centres[0])
    ellipse = _Ellipse(x, y, longer, shorter, angle)
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
                lines_across(painter, view, (ellipse.x - radius * longer, ellipse.x + radius * longer))
            elif radius * longer * view.scale < _LARGEST:
                painter.save()
                painter.translate(QPointF(*view.to_pixels(ellipse.x, ellipse.y)))
                painter.rotate(-math.degrees(angle))
                size = radius * view.scale
                painter.drawEllipse(QPointF(0, 0), size * longer, size * shorter)
                painter.restore()
        # Labels would cover rings that are too small.
        if axes == 1 or radius * shorter * view.scale > _WORDS_FROM:
            _word(painter, view, tokens, ellipse, radius, word, axes)


def lines_across(painter: QPainter, view: ViewTransform, places: tuple[float, ...]) -> None:
    """Draw vertical lines at positions of a map with one axis."""
    for x in places:
        at = view.to_pixels(x, 0)[0]
        if math.isfinite(at) and abs(at) < _LARGEST:
            painter.drawLine(QPointF(at, 0), QPointF(at, view.height))


def _word(
    painter: QPainter,
    view: ViewTransform,
    tokens: Tokens,
    ellipse: _Ellipse,
    radius: float,
    word: str,
    axes: int,
) -> None:
    """Label a ring where the label is completely visible: lower left, lower right or upper left."""
    box = word_box(painter, QPointF(), word)
    if axes == 1:
        sides = [view.to_pixels(ellipse.x + side * ellipse.longer, 0)[0] for side in (radius, -radius)]
        seen = [x for x in sides if 0 <= x <= view.width]
        if not seen:
            return
        # 2σ and 1.96σ would overlap.
        box.moveCenter(QPointF(seen[0], view.height - (60 if word == "2σ" else 40)))
    else:
        angle = {"1σ": 215, "2σ": 225, "95 %": 240}.get(word, 250)
        room = QRectF(0, 0, view.width, view.height).adjusted(*_EDGES)
        for turned in (angle, 540 - angle, 360 - angle):
            box.moveCenter(QPointF(*view.to_pixels(*ellipse.at(radius, turned))))
            if room.contains(box):
                break
        else:
            return
    paint_word(painter, box, word, tokens, tokens.text_2)


def _soft(name: str, alpha: float) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(alpha)
    return colour
