"""The quiet part of the map: grid hairlines, tick labels along the edges, axis names."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from latent_explorer.theme import SMALL_TEXT_PX, Tokens, tabular
from latent_explorer.views.map.view_transform import ViewTransform

#: Pixels between grid lines, at least.
_APART = 90
_EDGE = 6.0


def tick_step(span: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `span` (positive)."""
    power = 10.0 ** math.floor(math.log10(span))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= span * (1 - 1e-9))


def ticks(low: float, high: float, step: float) -> list[float]:
    """Multiples of `step` within [low, high]."""
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def tick_text(value: float, step: float) -> str:
    """As many decimals as the step needs, with a true minus sign."""
    if abs(value) < step / 2:
        return "0"
    if abs(value) >= 1e6 or step < 1e-6:
        return f"{value:.3g}".replace("-", "−")
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:.{decimals}f}".replace("-", "−")


class AxesLayer:
    """Draws grid, labels and names over the points: hairlines so faint that they do not hide any."""

    def __init__(self) -> None:
        self.names = ("", "")

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens, font: QFont, dirty: QRect) -> None:
        """Draw what touches `dirty` (widget pixels)."""
        step = tick_step(_APART / view.scale)
        left, bottom, right, top = view.rect
        across = [(view.to_pixels(value, 0)[0], value) for value in ticks(left, right, step)]
        up = [(view.to_pixels(0, value)[1], value) for value in ticks(bottom, top, step)] if self.names[1] else []
        self._lines(painter, view, tokens, [x for x, _ in across], [y for y, _ in up])
        small = tabular(font)
        small.setPixelSize(SMALL_TEXT_PX)
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        area = QRectF(dirty)
        names = self._names(view, metrics)
        labels = [(rect, name, tokens.text_2) for rect, name in names]
        taken = [rect.adjusted(-6, -3, 6, 3) for rect, _ in names]
        for rect, text in self._labels(view, across, up, step, metrics):
            if not any(rect.intersects(other) for other in taken):
                labels.append((rect, text, tokens.text_3))
        for rect, text, colour in labels:
            if rect.intersects(area):
                _legible(painter, rect, text, QColor(colour), QColor(tokens.map))

    @staticmethod
    def _lines(
        painter: QPainter, view: ViewTransform, tokens: Tokens, across: list[float], up: list[float]
    ) -> None:
        """Grid lines and, a little stronger, the lines through the origin.

        As filled rectangles of whole pixels: blended hairlines by `drawLine` took longer than all the points.
        """
        zero_x, zero_y = view.to_pixels(0, 0)
        width, height = math.ceil(view.width), math.ceil(view.height)
        grid, origin = _faint(tokens, 0.055), _faint(tokens, 0.13)
        for x in across:
            colour = origin if abs(x - zero_x) < 0.5 else grid
            painter.fillRect(math.floor(x), 0, 1, height, colour)
        for y in up:
            colour = origin if abs(y - zero_y) < 0.5 else grid
            painter.fillRect(0, math.floor(y), width, 1, colour)

    def _names(self, view: ViewTransform, metrics: QFontMetricsF) -> list[tuple[QRectF, str]]:
        across, up = self.names
        tall = metrics.height()
        named = []
        if across:
            wide = metrics.horizontalAdvance(across) + 2
            named.append((QRectF(view.width - wide - _EDGE, view.height - tall - _EDGE, wide, tall), across))
        if up:
            named.append((QRectF(_EDGE, _EDGE, metrics.horizontalAdvance(up) + 2, tall), up))
        return named

    @staticmethod
    def _labels(
        view: ViewTransform,
        across: list[tuple[float, float]],
        up: list[tuple[float, float]],
        step: float,
        metrics: QFontMetricsF,
    ) -> list[tuple[QRectF, str]]:
        tall = metrics.height()
        labels = []
        for x, value in across:
            text = tick_text(value, step)
            wide = metrics.horizontalAdvance(text) + 2
            if wide < x < view.width - wide:
                labels.append((QRectF(x - wide / 2, view.height - tall - _EDGE, wide, tall), text))
        for y, value in up:
            text = tick_text(value, step)
            if tall < y < view.height - 2.2 * tall:
                labels.append((QRectF(_EDGE, y - tall / 2, metrics.horizontalAdvance(text) + 2, tall), text))
        return labels


def _faint(tokens: Tokens, opacity: float) -> QColor:
    colour = QColor(tokens.text)
    colour.setAlphaF(opacity if tokens.dark else opacity * 1.15)
    return colour


def _legible(painter: QPainter, rect: QRectF, text: str, colour: QColor, ground: QColor) -> None:
    """Text on a soft plate of the map's colour, readable over any points."""
    ground.setAlphaF(0.72)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect.adjusted(-3, -1, 3, 1), 3, 3)
    painter.setPen(colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawText(QPointF(rect.left() + 1, rect.top() + QFontMetricsF(painter.font()).ascent()), text)
