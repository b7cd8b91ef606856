"""Draws the hovered data point: a ring and its class's mark on it, and a card with its image, label and row.

The same point is highlighted on the other maps, with a card of its picture only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from latent_explorer.appearance.theme import CONTROL_RADIUS, SMALL_TEXT_PX, Tokens, tabular, theme
from latent_explorer.map.class_marks import class_mark, mark_pen

_SIDE = 84
#: The same on a card without words.
_SMALL_SIDE = 56
_PADDING = 8
_SMALL_PADDING = 4
_APART = 16
_MARK = 6.5
_RING = 12.0
#: Width of the card in px, enough for "image 69,999, held-out".
_WIDE = 142


@dataclass(frozen=True, slots=True, eq=False)
class Hovered:
    """A highlighted data point.

    x, y: its pixel position. row: data row. title: first line, such as its class. detail: second line. label:
    class, or -1. colour: colour of its class. picture: uint8 (H, W, C), or None with the reason in `absence`.
    in_full: whether the card has words; without, and without a picture, there is no card.
    """

    x: float
    y: float
    row: int
    title: str
    detail: str
    label: int
    colour: QColor
    picture: np.ndarray | None = field(default=None, repr=False)
    absence: str = ""
    file: str = ""
    in_full: bool = True


def image_of(picture: np.ndarray) -> QImage:
    """A QImage with a copy of `picture`, uint8 (H, W, C): grey for C = 1, else the first three channels as RGB."""
    height, width, channels = picture.shape
    rgb = np.repeat(picture, 3, axis=2) if channels < 3 else picture[:, :, :3]
    rgb = np.ascontiguousarray(rgb[:, :, :3])
    return QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888).convertToFormat(
        QImage.Format.Format_RGB32
    )


class HoverLayer:
    """Draws the hovered point, if any."""

    def __init__(self) -> None:
        self.hovered: Hovered | None = None
        self._image: QImage | None = None

    def set(self, hovered: Hovered | None) -> None:
        """Set the hovered point, or None."""
        self.hovered = hovered
        picture = hovered.picture if hovered else None
        self._image = None if picture is None else image_of(picture)

    def shows(self, hovered: Hovered | None) -> bool:
        """Whether `hovered` equals the current point."""
        former = self.hovered
        if hovered is None or former is None:
            return hovered is former
        return _looks(hovered) == _looks(former)

    def rect(self, size: QSize) -> QRect:
        """The widget pixels that drawing may change; empty without a hovered point."""
        if self.hovered is None:
            return QRect()
        spot = QRectF(self.hovered.x - 17, self.hovered.y - 17, 34, 34)
        return spot.united(self._card(size)).toAlignedRect().adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, size: QSize, tokens: Tokens, font: QFont) -> None:
        """Draw mark and card."""
        hovered = self.hovered
        if hovered is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        at = QPointF(hovered.x, hovered.y)
        ring = QPainterPath()
        ring.addEllipse(at, _RING, _RING)
        painter.strokePath(ring, QPen(QColor(tokens.map), 5))
        painter.strokePath(ring, QPen(QColor(tokens.text), 2))
        self._mark(painter, at, hovered, tokens, _MARK)
        card = self._card(size)
        if card.isEmpty():
            return
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), CONTROL_RADIUS, CONTROL_RADIUS)
        padding = _PADDING if hovered.in_full else _SMALL_PADDING
        inner = card.adjusted(padding, padding, -padding, -padding)
        small = tabular(font)
        small.setPixelSize(theme().small_px)
        painter.setFont(small)
        if self._image is not None:
            tall = _magnified(_SIDE) if hovered.in_full else inner.height()
            place = QRectF(inner.left(), inner.top(), inner.width(), tall)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # twenty times as fast
            painter.drawImage(_centred(self._image.size(), place), self._image)
            inner.setTop(place.bottom() + 6)
        if hovered.in_full:
            self._lines(painter, inner, hovered, tokens)

    def _lines(self, painter: QPainter, inner: QRectF, hovered: Hovered, tokens: Tokens) -> None:
        metrics = QFontMetricsF(painter.font())
        line = metrics.height()
        text = QRectF(inner.left(), inner.top(), inner.width(), line)
        indent = 0.0
        if hovered.label >= 0:
            self._mark(painter, QPointF(text.left() + 5, text.center().y()), hovered, tokens, 4.0, halo=False)
            indent = 16.0
        painter.setPen(QColor(tokens.text))
        title = metrics.elidedText(hovered.title, Qt.TextElideMode.ElideRight, text.width() - indent)
        painter.drawText(text.adjusted(indent, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(tokens.text_2))
        text.translate(0, line)
        detail = metrics.elidedText(hovered.detail, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, detail)
        if hovered.file:
            text.translate(0, line)
            file = metrics.elidedText(hovered.file, Qt.TextElideMode.ElideMiddle, text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, file)
        if self._image is None:
            rest = QRectF(text.left(), text.bottom() + 2, text.width(), inner.bottom() - text.bottom())
            painter.setPen(QColor(tokens.text_3))
            painter.drawText(rest, Qt.TextFlag.TextWordWrap, hovered.absence)

    @staticmethod
    def _mark(
        painter: QPainter, at: QPointF, hovered: Hovered, tokens: Tokens, radius: float, *, halo: bool = True
    ) -> None:
        path = class_mark(max(hovered.label, 0), radius).translated(at)
        if halo:
            painter.strokePath(path, mark_pen(QColor(tokens.map), 6))
            painter.strokePath(path, mark_pen(QColor(tokens.text), 3.5))
        painter.fillPath(path, hovered.colour)

    def _card(self, size: QSize) -> QRectF:
        """The card's rectangle: beside the point, on the side with more room, inside the map; empty for none."""
        assert self.hovered is not None
        with_image = self._image is not None
        if self.hovered.in_full:
            wide = _magnified(_WIDE) + 2 * _PADDING
            lines = (2 if with_image else 5) + bool(self.hovered.file)
            tall = (_magnified(_SIDE) + 6 if with_image else 0) + lines * (theme().small_px + 4) + 2 * _PADDING
        elif with_image:
            wide = tall = _magnified(_SMALL_SIDE) + 2 * _SMALL_PADDING
        else:
            return QRectF()
        x, y = self.hovered.x + _APART, self.hovered.y - tall - _APART
        if x + wide > size.width():
            x = self.hovered.x - _APART - wide
        if y < 0:
            y = self.hovered.y + _APART
        x = min(max(x, 2.0), max(size.width() - wide - 2.0, 2.0))
        y = min(max(y, 2.0), max(size.height() - tall - 2.0, 2.0))
        return QRectF(x, y, wide, tall)


def _looks(hovered: Hovered) -> tuple[object, ...]:
    """Its visible properties, for comparison."""
    colour = hovered.colour.rgb()
    return hovered.row, hovered.x, hovered.y, hovered.in_full, hovered.title, hovered.label, colour


def _magnified(size: float) -> float:
    """A size in px that grows along with the text."""
    return size * theme().small_px / SMALL_TEXT_PX


def _centred(image: QSize, place: QRectF) -> QRectF:
    """The largest rectangle with the image's aspect ratio, centred in `place`."""
    scale = min(place.width() / image.width(), place.height() / image.height())
    wide, tall = image.width() * scale, image.height() * scale
    return QRectF(place.center().x() - wide / 2, place.center().y() - tall / 2, wide, tall)
