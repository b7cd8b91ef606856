"""Draws images that cover a part of the plane which may be far larger than the map."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter


def draw_visible(painter: QPainter, image: QImage, area: QRectF, seen: QRectF) -> None:
    """Draw the part of `image`, which covers `area`, inside `seen`; parts outside the view cost nothing."""
    shown = area.intersected(seen)
    if shown.isEmpty() or area.isEmpty():
        return
    across, down = image.width() / area.width(), image.height() / area.height()
    source = QRectF(
        (shown.x() - area.x()) * across,
        (shown.y() - area.y()) * down,
        shown.width() * across,
        shown.height() * down,
    )
    painter.drawImage(shown, image, source)
