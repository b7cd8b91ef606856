"""A picture reduced to the available size, or a text if there is none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme


class Preview(QWidget):
    """Shows the complete picture, never enlarged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._text = ""
        self.setObjectName("export-preview")
        self.setAccessibleName(self.tr("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(440, 280)

    def show_image(self, image: QImage) -> None:
        """Show this image; a null image shows the text."""
        self._image = image
        self.update()

    def show_text(self, text: str) -> None:
        """Set the text shown without a picture."""
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens.window))
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            room = QRectF(self.rect()).adjusted(10, 10, -10, -10)
            if not self._image.isNull():
                width, height = self._image.width(), self._image.height()
                scale = min(1.0, room.width() / width, room.height() / height)
                target = QRectF(0, 0, width * scale, height * scale)
                target.moveCenter(room.center())
                ratio = self.devicePixelRatioF()
                # Scaled with averaging: the painter's filter uses only four pixels.
                small = self._image.scaled(
                    (target.size() * ratio).toSize(),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                painter.drawImage(target, small)
            elif self._text:
                painter.setPen(QColor(tokens.text_2))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._text)
