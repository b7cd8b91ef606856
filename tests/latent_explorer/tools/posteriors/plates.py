"""A painter that notes where words are."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap


class Plates(QPainter):
    """Notes the places of the plates under words."""

    def __init__(self, on: QPixmap) -> None:
        super().__init__(on)
        self.boxes: list[QRectF] = []

    def fillRect(self, *arguments: object) -> None:
        box = arguments[0]
        assert isinstance(box, QRectF)
        self.boxes.append(QRectF(box))
