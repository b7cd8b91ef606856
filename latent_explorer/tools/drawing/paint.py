"""Draws the rows of the models: the same on the screen, in a picture and in an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.export.figure import draw_picture, picture_image
from latent_explorer.tools.drawing.lettering import lettering, text_width
from latent_explorer.tools.drawing.parts import LINE, Part, Row, Word
from latent_explorer.tools.drawing.words import FEW

_HEAD = 4.5
_SIGN = 7.0
_FRAME = 2.0
_SYMBOL = 14.0
_WRAPPED = (Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap).value
#: Minimum height for bars under a line of text.
_LEAST_BARS = 10.0


def paint_rows(
    painter: QPainter,
    rows: Sequence[Row],
    tokens: Tokens,
    focused: tuple[int, str] | None = None,
    *,
    magnified: bool = False,
) -> None:
    """Draw them.

    focused: (pane, key) of the part selected by keys. magnified: enlarge pictures first, for files
    whose viewers would blur them.
    """
    for row in rows:
        accent = theme().accent(row.content.pane)
        painter.save()
        painter.fillRect(QRectF(0, row.rect.top() + 1, 3, LINE - 3), accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(QColor(tokens.control))
        for body in row.bodies:
            painter.drawPolygon(QPolygonF(list(body)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.text_3), 1.3))
        for line in (*row.lines, *row.arrows):
            painter.drawPolyline(QPolygonF(list(line)))
        for line in row.arrows:
            _arrow_head(painter, line[-1], QColor(tokens.text_3))
        for place, sign in row.signs:
            _sign(painter, place, sign, tokens)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for part in row.parts:
            _paint_part(painter, part, accent, tokens, magnified)
            if focused == (row.content.pane, part.key):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tokens.text), 1.5))
                painter.drawRect(part.rect.adjusted(-3, -3, 3, 3))
        for word in row.words:
            _paint_word(painter, word, tokens)
        painter.restore()


def _arrow_head(painter: QPainter, end: QPointF, colour: QColor) -> None:
    painter.setBrush(colour)
    head = [end, end + QPointF(-_HEAD, -_HEAD * 0.7), end + QPointF(-_HEAD, _HEAD * 0.7)]
    painter.drawPolygon(QPolygonF(head))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _sign(painter: QPainter, place: QPointF, sign: str, tokens: Tokens) -> None:
    """Draw a sign in a circle with lines, so that it is centred with every font."""
    painter.setPen(QPen(QColor(tokens.text_3), 1.3))
    painter.setBrush(QColor(tokens.panel))
    painter.drawEllipse(place, _SIGN, _SIGN)
    painter.setPen(QPen(QColor(tokens.text), 1.5))
    if sign == "+":
        painter.drawLine(place + QPointF(-3.5, 0), place + QPointF(3.5, 0))
        painter.drawLine(place + QPointF(0, -3.5), place + QPointF(0, 3.5))
    else:
        painter.setBrush(QColor(tokens.text))
        painter.drawEllipse(place, 1.2, 1.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_part(painter: QPainter, part: Part, accent: QColor, tokens: Tokens, magnified: bool) -> None:
    if part.kind == "picture" and part.picture is not None:
        # Results of a model have its pane's colour; the data's image has none.
        frame = QColor(tokens.line) if part.key == "image" else accent
        painter.fillRect(part.rect, frame)
        _picture(painter, part.rect.adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME), part.picture, magnified)
    elif part.kind == "layer" and part.picture is not None:
        ramp = _ramp(tokens.map, accent.name(), "#ffffff" if tokens.dark else "#000000")
        _picture(painter, part.rect, ramp[part.picture], magnified)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(part.rect)
    elif part.kind == "vector":
        _paint_vector(painter, part, accent, tokens)
    elif part.kind == "fold":
        _text(painter, part.figure, part.rect, "centre", tokens.text_2)
    elif part.kind == "text":
        label = part.rect.adjusted(0, 0, -text_width(part.figure) - 8, 0)
        _text(painter, part.caption, label, "left", tokens.text_2)
        _text(painter, part.figure, part.rect, "right", tokens.text)


def _picture(painter: QPainter, rect: QRectF, picture: np.ndarray, magnified: bool) -> None:
    """Draw uint8 (H, W, C) with sharp pixels; smoothed only when reduced."""
    if magnified:
        draw_picture(painter, rect, picture)
        return
    shrinks = rect.width() * painter.device().devicePixelRatio() < picture.shape[1]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
    painter.drawImage(rect, picture_image(picture))


def _paint_vector(painter: QPainter, part: Part, accent: QColor, tokens: Tokens) -> None:
    """Draw symbol and numbers in a line with bars below, or only the symbol with bars beside it if room is
    short.
    """
    assert part.values is not None
    rect = part.rect
    painter.fillRect(rect, QColor(tokens.map))
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    inner = rect.adjusted(5, 0, -4, 0)
    low = rect.height() < LINE + _LEAST_BARS
    line = QRectF(inner.left(), rect.top(), inner.width(), rect.height() if low else LINE)
    _text(painter, part.symbol, line, "left", tokens.text, bold=True)
    if low and len(part.values) > FEW:
        _paint_bars(painter, part, inner.adjusted(_SYMBOL, 2, 0, -2), accent, tokens)
        return
    numbers = line.adjusted(_SYMBOL, 0, 0, 0)
    if text_width(part.figure) <= numbers.width() + 1:  # a truncated number would be wrong
        _text(painter, part.figure, numbers, "right", tokens.text_2)
    if not low:
        bars = QRectF(inner.left(), line.bottom() + 1, inner.width(), rect.bottom() - line.bottom() - 3)
        _paint_bars(painter, part, bars, accent, tokens)


def _paint_bars(painter: QPainter, part: Part, room: QRectF, accent: QColor, tokens: Tokens) -> None:
    values = part.values
    assert values is not None
    # More dimensions than pixels: the largest of each group is shown.
    groups = np.array_split(values, min(len(values), max(1, int(room.width()))))
    largest = np.array([group[np.abs(group).argmax()] for group in groups])
    shares = np.clip(np.nan_to_num(largest / part.reach), -1, 1)
    base = room.center().y() if part.signed else room.bottom()
    most = room.height() / 2 if part.signed else room.height()
    painter.fillRect(QRectF(room.left(), base - 0.5, room.width(), 1), QColor(tokens.line))
    step = room.width() / len(largest)
    gap = min(6.0, 0.25 * step) if step >= 3 else 0.0
    for place, share in enumerate(shares.tolist()):
        bar = QRectF(room.left() + place * step + gap / 2, base, step - gap, -share * most)
        painter.fillRect(bar.normalized(), accent)


def wrapped(word: Word) -> str:
    """Its text, or as much of the beginning as fits in its rectangle, with "…"."""
    metrics = lettering()[1]

    def fits(text: str) -> bool:
        return metrics.boundingRect(word.rect, _WRAPPED, text).height() <= word.rect.height() + 1

    if fits(word.text):
        return word.text
    low, high = 1, len(word.text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(_cut(word.text, middle)) else (low, middle - 1)
    return _cut(word.text, low)


def _cut(text: str, count: int) -> str:
    return text[:count].rstrip(" :,;：，；") + "…"


def _paint_word(painter: QPainter, word: Word, tokens: Tokens) -> None:
    colour = tokens.text if word.bold else tokens.text_2
    if word.align == "wrapped":
        painter.setFont(lettering()[0])
        painter.setPen(QColor(colour))
        painter.drawText(word.rect, _WRAPPED, wrapped(word))
    else:
        _text(painter, word.text, word.rect, word.align, colour, bold=word.bold)


def _text(painter: QPainter, text: str, rect: QRectF, align: str, colour: str, *, bold: bool = False) -> None:
    """Draw one line, elided to the width of `rect`."""
    font, metrics = lettering(bold=bold)
    wide = metrics.horizontalAdvance(text)
    if wide > rect.width() + 1:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        wide = metrics.horizontalAdvance(text)
    x = {"left": rect.left(), "centre": rect.center().x() - wide / 2, "right": rect.right() - wide}[align]
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(x, rect.center().y() + (metrics.ascent() - metrics.descent()) / 2), text)


@lru_cache(maxsize=16)
def _ramp(low: str, middle: str, high: str) -> np.ndarray:
    """256 colours, uint8 (256, 3): from the map's colour over the accent towards the most contrast."""
    colours = (QColor(name) for name in (low, middle, high))
    ends = [np.array([one.red(), one.green(), one.blue()], np.float64) for one in colours]
    ends[2] = ends[1] + 0.6 * (ends[2] - ends[1])
    places = np.linspace(0, 1, 256)
    channels = [np.interp(places, (0, 0.7, 1), channel) for channel in zip(*ends, strict=True)]
    return np.rint(np.stack(channels, 1)).astype(np.uint8)
