"""Texts on the map: instructions on an empty map, and a note on points left out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QPainter

from latent_explorer.appearance.theme import Tokens, theme

#: Height of a note in px.
NOTE_HEIGHT = 18.0


def paint_empty(painter: QPainter, area: QRect, text: str, tokens: Tokens) -> None:
    """Paint `text` in the middle of an empty map."""
    painter.fillRect(area, QColor(tokens.map))
    font = painter.font()
    font.setPixelSize(theme().text_px)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text_2))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(16, 16, -16, -16), flags, text)


def left_out_note(number: int) -> str:
    """The note on the number of points that are not on the map."""
    if number == 1:
        return QCoreApplication.translate("LatentMap", "1 point left out: not finite")
    note = QCoreApplication.translate("LatentMap", "{count} points left out: not finite")
    return note.format(count=f"{number:,}")


def paint_note(painter: QPainter, area: QRect, text: str, tokens: Tokens) -> None:
    """Paint a small note in the upper right corner."""
    font = painter.font()
    font.setPixelSize(theme().small_px)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text_2))
    painter.drawText(area.adjusted(8, 6, -8, -6), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, text)
