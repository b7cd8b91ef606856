"""The icon in front of a message."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.theme import theme


class LevelIcon(QWidget):
    """An icon for info (ring), warning (triangle) or error (filled square), distinguishable by shape."""

    def __init__(self) -> None:
        super().__init__()
        self.level = "info"
        self.setFixedSize(18, 18)

    def sizeHint(self) -> QSize:
        return QSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.text), 1.5))
            box = QRectF(2, 2, 14, 14)
            if self.level == "info":
                painter.drawEllipse(box)
            elif self.level == "warning":
                painter.drawPolygon([QPointF(9, 2), QPointF(16.5, 15.5), QPointF(1.5, 15.5)])
            else:
                painter.setBrush(QColor(tokens.text))
                painter.drawRoundedRect(box, 4, 4)
                painter.setPen(QPen(QColor(tokens.panel), 1.8))
            top, bottom = (8.2, 12.8) if self.level == "info" else (5.4, 10.2)
            dot = 5.6 if self.level == "info" else 12.8
            if self.level == "warning":
                top, bottom, dot = 6.8, 10.8, 13.3
            painter.drawLine(QPointF(9, top), QPointF(9, bottom))
            painter.drawPoint(QPointF(9, dot))
