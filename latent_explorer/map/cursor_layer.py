"""Draws the cursor: a ring with four ticks in the pane's accent colour, outlined to stand out from any points."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from latent_explorer.appearance.theme import Tokens
from latent_explorer.core.view_transform import ViewTransform

_RING = 10.5
_INNER, _OUTER = 5.5, 17.5
#: Radius in px of the cursor's drawing, outline included.
REACH = 22
_EDGE = 12.0
#: Half the size of an arrowhead, outline included, and how far it is moved at a time out of the way of words.
_HEAD, _STEP = 10.0, 3.0


class CursorLayer:
    """Draws the cursor, or an arrowhead at the map's edge if the cursor is outside the view.

    The cursor is rendered once into a sprite and copied from there, because it moves far more often than it
    changes.
    """

    def __init__(self) -> None:
        self._sprite = QImage()
        self._sprite_of: tuple[str, bool, float] | None = None
        #: Px of the map that an arrowhead keeps clear of.
        self.clear_of: tuple[QRectF, ...] = ()

    def place(self, view: ViewTransform, cursor: tuple[float, float]) -> tuple[float, float, bool]:
        """Pixel position (x, y), in the map and clear of words, and whether the cursor is inside the view."""
        x, y = view.to_pixels(*cursor)
        seen = 0 <= x <= view.width and 0 <= y <= view.height
        if not seen:
            x = min(max(x, _EDGE), max(view.width - _EDGE, _EDGE))
            y = min(max(y, _EDGE), max(view.height - _EDGE, _EDGE))
            x, y = self._cleared(view, x, y)
        return x, y, seen

    def _cleared(self, view: ViewTransform, x: float, y: float) -> tuple[float, float]:
        """The first place from (x, y) towards the middle of the map where the arrowhead covers no words."""
        middle_x, middle_y = view.width / 2, view.height / 2
        steps = max(1, math.ceil(math.hypot(middle_x - x, middle_y - y) / _STEP))
        for step in range(steps):
            at = QPointF(x + (middle_x - x) * step / steps, y + (middle_y - y) * step / steps)
            head = QRectF(at.x() - _HEAD, at.y() - _HEAD, 2 * _HEAD, 2 * _HEAD)
            if not any(words.intersects(head) for words in self.clear_of):
                return at.x(), at.y()
        return x, y

    def rect(self, view: ViewTransform, cursor: tuple[float, float]) -> QRect:
        """The widget pixels that drawing this cursor may change."""
        x, y, _ = self.place(view, cursor)
        return QRect(math.floor(x) - REACH, math.floor(y) - REACH, 2 * REACH + 1, 2 * REACH + 1)

    def paint(
        self, painter: QPainter, view: ViewTransform, cursor: tuple[float, float], accent: QColor, tokens: Tokens
    ) -> None:
        """Draw the cursor or the arrowhead."""
        x, y, seen = self.place(view, cursor)
        if not seen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            draw_arrow(painter, view, cursor, QPointF(x, y), accent, tokens)
            return
        ratio = float(painter.device().devicePixelRatio())
        wanted = (accent.name(), tokens.dark, ratio)
        if self._sprite_of != wanted:
            self._sprite, self._sprite_of = _sprite(accent, tokens, ratio), wanted
        # Aligned to device pixels, where copying is fastest and the ring stays sharp.
        left, top = math.floor((x - REACH) * ratio + 0.5) / ratio, math.floor((y - REACH) * ratio + 0.5) / ratio
        painter.drawImage(QPointF(left, top), self._sprite)


def draw_arrow(
    painter: QPainter,
    view: ViewTransform,
    cursor: tuple[float, float],
    tip: QPointF,
    accent: QColor,
    tokens: Tokens,
) -> None:
    """Draw an arrowhead at `tip`, on the edge of the map, that points towards the cursor."""
    x, y = view.to_pixels(*cursor)
    angle = math.degrees(math.atan2(y - tip.y(), x - tip.x()))
    head = QPainterPath(QPointF(7, 0))
    for corner in (QPointF(-5, -6), QPointF(-2, 0), QPointF(-5, 6)):
        head.lineTo(corner)
    head.closeSubpath()
    painter.save()
    painter.translate(tip)
    painter.rotate(angle)
    painter.strokePath(head, QPen(QColor(tokens.map), 4.0))
    painter.fillPath(head, accent)
    painter.restore()


def draw_cursor(painter: QPainter, place: QPointF, accent: QColor, tokens: Tokens) -> None:
    """Draw the cursor: outline in the map's colour, ring in the accent, ticks in the text colour."""
    x, y = place.x(), place.y()
    ring, cross = QPainterPath(), QPainterPath()
    ring.addEllipse(place, _RING, _RING)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        cross.moveTo(x + dx * _INNER, y + dy * _INNER)
        cross.lineTo(x + dx * _OUTER, y + dy * _OUTER)
    halo = QColor(tokens.map)
    halo.setAlphaF(0.85)
    solid, round_, flat = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenCapStyle.FlatCap
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.strokePath(ring, QPen(halo, 6.0))
    painter.strokePath(cross, QPen(halo, 4.0, solid, round_))
    painter.strokePath(ring, QPen(accent, 2.5))
    painter.strokePath(cross, QPen(QColor(tokens.text), 1.5, solid, flat))


def _sprite(accent: QColor, tokens: Tokens, ratio: float) -> QImage:
    """The cursor rendered into an image with device pixel ratio `ratio`."""
    side = math.ceil(2 * REACH * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        draw_cursor(painter, QPointF(REACH, REACH), accent, tokens)
    return image
