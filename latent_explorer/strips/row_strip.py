"""A row of pictures of equal size, painted by one widget."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme

_GAP = 2


class RowStrip(QWidget):
    """Pictures side by side, each as large as the width and `set_tile_height` allow; a click chooses one.

    The tiles divide the width evenly, so that plots below the strip can use the same scale.

    Signals:
        chosen(int): index of the clicked picture.
    """

    chosen = Signal(int)

    def __init__(self, pane: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._count = count
        self._pictures: np.ndarray | None = None
        self._image = QImage()
        self._bytes = np.zeros((0, 0, 4), np.uint8)
        self._tile = 28
        self._pointed: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    @property
    def pictures(self) -> np.ndarray | None:
        """The pictures shown, or None."""
        return self._pictures

    def set_tile_height(self, height: int) -> None:
        """Set the height of the pictures in px."""
        if height != self._tile:
            self._tile = height
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._count * self._tile, self._tile)

    def set_pictures(self, pictures: np.ndarray | None) -> None:
        """Show pictures uint8 (n, H, W, 1) or (n, H, W, 3), or none."""
        if pictures is self._pictures:
            return
        self._pictures = pictures
        if pictures is None:
            self._image = QImage()
        else:
            count, height, width, channels = pictures.shape
            if self._bytes.shape[:2] != (height, count * width):
                self._bytes = np.full((height, count * width, 4), 255, np.uint8)
                self._image = QImage()
            side_by_side = pictures.transpose(1, 0, 2, 3).reshape(height, count * width, channels)
            # RGB32 is stored as blue, green, red; a grey channel is copied to all three.
            self._bytes[:, :, :3] = side_by_side[:, :, ::-1] if channels == 3 else side_by_side
            if self._image.isNull():
                self._image = QImage(
                    self._bytes.data, count * width, height, 4 * count * width, QImage.Format.Format_RGB32
                )
        self.update()

    def tile_rect(self, place: int) -> QRectF:
        """The rectangle of a picture, scaled by an integer factor if there is room."""
        cell = self.width() / self._count
        if self._pictures is None:
            return QRectF(place * cell + _GAP / 2, 0, cell - _GAP, self._tile)
        _, height, width, _ = self._pictures.shape
        ratio = self.devicePixelRatioF()
        scale = min((cell - _GAP) / width, self._tile / height)
        if scale * ratio >= 1:
            scale = int(scale * ratio) / ratio
        left = round((place * cell + (cell - width * scale) / 2) * ratio) / ratio
        return QRectF(
            left, round((self._tile - height * scale) / 2 * ratio) / ratio, width * scale, height * scale
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            for place in range(self._count):
                target = self.tile_rect(place)
                if self._pictures is None:
                    painter.fillRect(target, QColor(tokens.control))
                    continue
                _, height, width, _ = self._pictures.shape
                shrinks = target.width() * self.devicePixelRatioF() < width
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks)
                painter.drawImage(target, self._image, QRectF(place * width, 0, width, height))
                if place == self._pointed:
                    painter.setPen(QPen(theme().accent(self._pane), 2))
                    painter.drawRect(target.adjusted(1, 1, -1, -1))

    def _at(self, position: QPointF) -> int | None:
        place = int(position.x() / max(1, self.width()) * self._count)
        inside = 0 <= place < self._count and 0 <= position.y() < self.height()
        return place if inside and self._pictures is not None else None

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self.chosen.emit(place)
            event.accept()
        else:
            event.ignore()
