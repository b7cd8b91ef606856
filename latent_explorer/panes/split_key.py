"""The legend of the split: colours of training and held-out images."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX, theme
from latent_explorer.map.class_marks import class_mark
from latent_explorer.map.point_colours import split_colours

_MARK = 5.0


class SplitKey(QWidget):
    """Paints two marks with their names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("splitKey")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setPixelSize(SMALL_TEXT_PX)
        self.setFont(font)
        self._names = (self.tr("training"), self.tr("held-out"))
        self.setAccessibleName(" · ".join(self._names))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x, middle = 0.0, self.height() / 2
            for place, (name, colour) in enumerate(zip(self._names, split_colours(tokens), strict=True)):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawPath(class_mark(place, _MARK).translated(QPointF(x + _MARK, middle)))
                painter.setPen(QColor(tokens.text))
                width = self.fontMetrics().horizontalAdvance(name) + 2
                room = QRectF(x + 2 * _MARK + 5, 0, width, self.height())
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
                x = room.right() + 14
