"""The quiet part of the map: grid hairlines, tick labels along the edges, axis names."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
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


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where lines (first of them: whether through the origin) and texts (last: whether an axis's name) go."""

    key: tuple[ViewTransform, tuple[str, str], str]
    font: QFont
    across: list[tuple[bool, int]]
    up: list[tuple[bool, int]]
    texts: list[tuple[QRectF, str, bool]]


class AxesLayer:
    """Draws grid, labels and names over the points: hairlines so faint that they do not hide any.

    The layout is kept while the view stays, so that a moving cursor costs next to nothing.
    """

    def __init__(self) -> None:
        self.names = ("", "")
        self._layout: _Layout | None = None

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens, font: QFont, dirty: QRect) -> None:
        """Draw what touches `dirty` (widget pixels)."""
        key = (view, self.names, font.key())
        if self._layout is None or self._layout.key != key:
            self._layout = self._lay_out(view, font)
        layout = self._layout
        grid, origin = _faint(tokens, 0.055), _faint(tokens, 0.13)
        # Filled rectangles of whole pixels: blended hairlines by `drawLine` took longer than all the points.
        for through_zero, x in layout.across:
            if dirty.left() <= x <= dirty.right():
                painter.fillRect(x, dirty.top(), 1, dirty.height(), origin if through_zero else grid)
        for through_zero, y in layout.up:
            if dirty.top() <= y <= dirty.bottom():
                painter.fillRect(dirty.left(), y, dirty.width(), 1, origin if through_zero else grid)
        area = QRectF(dirty)
        touched = [text for text in layout.texts if text[0].adjusted(-3, -1, 3, 1).intersects(area)]
        if not touched:
            return
        plate = QColor(tokens.map)
        plate.setAlphaF(0.72)
        painter.setFont(layout.font)
        ascent = QFontMetricsF(layout.font).ascent()
        for rect, text, name in touched:
            # On a plate of the map's colour, readable over any points.
            painter.fillRect(rect.adjusted(-3, 0, 3, 0), plate)
            painter.setPen(QColor(tokens.text_2 if name else tokens.text_3))
            painter.drawText(QPointF(rect.left() + 1, rect.top() + ascent), text)

    def _lay_out(self, view: ViewTransform, font: QFont) -> _Layout:
        small = tabular(font)
        small.setPixelSize(SMALL_TEXT_PX)
        metrics = QFontMetricsF(small)
        step = tick_step(_APART / view.scale)
        left, bottom, right, top = view.rect
        across = [(view.to_pixels(value, 0)[0], value) for value in ticks(left, right, step)]
        up = [(view.to_pixels(0, value)[1], value) for value in ticks(bottom, top, step)] if self.names[1] else []
        names = self._names(view, metrics)
        taken = [rect.adjusted(-6, -3, 6, 3) for rect, _ in names]
        texts = [(rect, name, True) for rect, name in names]
        for rect, text in self._labels(view, across, up, step, metrics):
            if not any(rect.intersects(other) for other in taken):
                texts.append((rect, text, False))
        return _Layout(
            (view, self.names, font.key()),
            small,
            [(value == 0, math.floor(x)) for x, value in across],
            [(value == 0, math.floor(y)) for y, value in up],
            texts,
        )

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
