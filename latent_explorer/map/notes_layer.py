"""Words on the map: what to do when it is empty, and what it leaves out."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from latent_explorer.appearance.theme import SMALL_TEXT_PX, TEXT_PX, Tokens

#: What a remark takes of the map's height, in pixels.
NOTE_HEIGHT = 18.0


def paint_empty(painter: QPainter, area: QRect, text: str, tokens: Tokens) -> None:
    """An empty map that says what fills it."""
    painter.fillRect(area, QColor(tokens.map))
    font = painter.font()
    font.setPixelSize(TEXT_PX)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text_2))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(16, 16, -16, -16), flags, text)


def paint_note(painter: QPainter, area: QRect, text: str, tokens: Tokens) -> None:
    """A small remark in the upper right corner."""
    font = painter.font()
    font.setPixelSize(SMALL_TEXT_PX)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text_2))
    painter.drawText(area.adjusted(8, 6, -8, -6), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, text)
