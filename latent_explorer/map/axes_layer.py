"""Draws the tick labels along the map's edges and the axis names.

On screen the rasteriser draws the grid lines; in figures `paint_grid` does.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from latent_explorer.appearance.theme import Tokens, tabular, theme
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.ticks import FAINT, grid_step, tick_text, ticks
from latent_explorer.map.word_plate import plate_colour

_EDGE = 6.0
#: Room for numbers on the left edge, which does not change while they are shorter than this.
_NUMBER = "−0.00"


@dataclass(frozen=True, slots=True)
class _Layout:
    """The positions of the texts. In each entry the last item says whether the text is an axis name."""

    key: tuple[ViewTransform, tuple[str, str], QFont]
    font: QFont
    texts: list[tuple[QRectF, str, bool]]


def paint_grid(painter: QPainter, view: ViewTransform, tokens: Tokens, *, up: bool) -> None:
    """Draw the grid lines as lines, those through the origin stronger. `up`: also those of the vertical axis."""
    step = grid_step(view.scale)
    left, bottom, right, top = view.rect
    across = [(value, view.to_pixels(value, 0)[0]) for value in ticks(left, right, step)]
    lines = [(value, QLineF(x, 0, x, view.height)) for value, x in across]
    if up:
        along = [(value, view.to_pixels(0, value)[1]) for value in ticks(bottom, top, step)]
        lines += [(value, QLineF(0, y, view.width, y)) for value, y in along]
    for value, line in lines:
        shade = QColor(tokens.text)
        shade.setAlphaF(FAINT[value == 0])
        painter.setPen(QPen(shade, 1.0))
        painter.drawLine(line)


class AxesLayer:
    """Draws tick labels and axis names over the points.

    The layout is cached while the view stays the same, so that a moving cursor costs almost nothing.
    """

    def __init__(self) -> None:
        self.names = ("", "")
        self._layout: _Layout | None = None
        self._font: tuple[tuple[QFont, int], QFont, QFontMetricsF] | None = None
        self._named: tuple[object, tuple[QRectF, ...]] = (None, ())

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens, font: QFont, dirty: QRect) -> None:
        """Draw the texts that intersect `dirty` (widget pixels)."""
        key = (view, self.names, self._small(font)[1])
        if self._layout is None or self._layout.key != key:
            self._layout = self._lay_out(view, font)
        layout = self._layout
        area = QRectF(dirty)
        touched = [text for text in layout.texts if text[0].adjusted(-3, -1, 3, 1).intersects(area)]
        if not touched:
            return
        plate = plate_colour(tokens)
        painter.setFont(layout.font)
        ascent = QFontMetricsF(layout.font).ascent()
        for rect, text, name in touched:
            # On a background in the map's colour, readable over any points.
            painter.fillRect(rect.adjusted(-3, 0, 3, 0), plate)
            painter.setPen(QColor(tokens.text if name else tokens.text_2))
            painter.drawText(QPointF(rect.left() + 1, rect.top() + ascent), text)

    def names_at(self, view: ViewTransform, font: QFont) -> tuple[QRectF, ...]:
        """Where the names of the axes are, in px; measured once for a map that stays as it is."""
        _, small, metrics = self._small(font)
        key = (view.width, view.height, self.names, small)
        if self._named[0] != key:
            self._named = key, tuple(rect.adjusted(-3, 0, 3, 0) for rect, _ in self._names(view, metrics))
        return self._named[1]

    def text_at(self, position: QPointF) -> tuple[QRectF, bool] | None:
        """The rectangle (px) of the text painted at `position`, and whether it names an axis; None for none."""
        texts = () if self._layout is None else self._layout.texts
        spots = ((rect.adjusted(-3, -1, 3, 1), name) for rect, _, name in texts)
        return next((spot for spot in spots if spot[0].contains(position)), None)

    def corner(self, view: ViewTransform, font: QFont) -> QPointF:
        """The lower left corner, in px, of the room that numbers on the edges leave."""
        _, _, metrics = self._small(font)
        wide = metrics.horizontalAdvance(_NUMBER)
        if self.names[1]:
            step = grid_step(view.scale)
            low, high = view.rect[1], view.rect[3]
            wide = max(
                [wide, *(metrics.horizontalAdvance(tick_text(one, step)) for one in ticks(low, high, step))]
            )
        return QPointF(_EDGE + wide + 8, view.height - metrics.height() - _EDGE - 3)

    def clearance(self, font: QFont) -> float:
        """The right edge, in px, of the axis name in the upper left corner; 0 without one."""
        if not self.names[1]:
            return 0.0
        _, _, metrics = self._small(font)
        return _EDGE + metrics.horizontalAdvance(self.names[1]) + 8

    def _small(self, font: QFont) -> tuple[object, QFont, QFontMetricsF]:
        key = (font, theme().small_px)
        if self._font is None or self._font[0] != key:
            small = tabular(font)
            small.setPixelSize(theme().small_px)
            self._font = ((QFont(font), key[1]), small, QFontMetricsF(small))
        return self._font

    def _lay_out(self, view: ViewTransform, font: QFont) -> _Layout:
        _, small, metrics = self._small(font)
        step = grid_step(view.scale)
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
            (view, self.names, small),
            small,
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
