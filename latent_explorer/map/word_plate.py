"""Text over points and pictures, on a plate in the map's colour for legibility."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from latent_explorer.appearance.theme import Tokens

#: Opacity of the plate: enough for legible text over white and over black tiles.
PLATE = 0.9
#: Px of a plate at both sides of its word.
_SIDE = 4


def plate_colour(tokens: Tokens) -> QColor:
    """The colour of the plate."""
    plate = QColor(tokens.map)
    plate.setAlphaF(PLATE)
    return plate


def word_box(painter: QPainter, centre: QPointF, text: str) -> QRectF:
    """The rectangle of a word's plate, in the painter's font."""
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 2 * _SIDE, metrics.height())
    box.moveCenter(centre)
    return box


def paint_word(painter: QPainter, box: QRectF, text: str, tokens: Tokens, colour: str) -> None:
    """Draw `text` in the middle of `box`, on its plate."""
    painter.fillRect(box, plate_colour(tokens))
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
