"""Marks with a letter on a map, and the keys A, B and C that set them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen

from latent_explorer.appearance.theme import Tokens

#: Half the size of a mark in px.
RADIUS = 8.5
_LETTER_PX = 11
_KEYS = {Qt.Key.Key_A: 0, Qt.Key.Key_B: 1, Qt.Key.Key_C: 2}


def letter_key(event: QKeyEvent) -> int | None:
    """0, 1 or 2 for the key A, B or C, with Shift or without; None for any other."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return None if modifiers else _KEYS.get(Qt.Key(event.key()))


def paint_lettered(
    painter: QPainter, spot: QPointF, letter: str, accent: QColor, tokens: Tokens, *, corner: float = RADIUS
) -> None:
    """Paint a ring in the accent around a letter, or with smaller `corner` radii a square."""
    box = QRectF(spot.x() - RADIUS, spot.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
    painter.setPen(QPen(accent, 2.0))
    painter.setBrush(QColor(tokens.map))
    painter.drawRoundedRect(box, corner, corner)
    font = QFont(painter.font())
    font.setPixelSize(_LETTER_PX)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
