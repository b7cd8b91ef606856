"""One pane's sheet of samples: painted as one picture, one tile per sample."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.tools.samples.tiling import Tiling, tiling

#: Minimum height in pixels of the enlarged tile, and minimum factor relative to the sheet.
_ENLARGED, _TIMES = 84, 2.5


class SheetView(QWidget):
    """Pictures of one size side by side, as large as possible; the one under the pointer is enlarged.

    A click, or Enter after the arrows, chooses a sample.

    Signals:
        hovered(object): the index of the sample under the pointer, or None.
        chosen(int): the index of the chosen sample.
    """

    hovered = Signal(object)
    chosen = Signal(int)

    def __init__(self, pane: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._pictures = np.zeros((0, 1, 1, 1), np.uint8)
        self._atlas = QImage()
        self._atlas_bytes = np.zeros((0, 0, 4), np.uint8)
        self._sheet: QImage | None = None
        self._tiling: Tiling | None = None
        self._pointed: int | None = None
        self._selected: int | None = None
        self._text = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 60)
        theme().changed.connect(self._forget)

    def sizeHint(self) -> QSize:
        return QSize(300, 150)

    @property
    def count(self) -> int:
        """Samples on the sheet."""
        return len(self._pictures)

    @property
    def pointed(self) -> int | None:
        """The sample that is enlarged."""
        return self._pointed

    def show_pictures(self, pictures: np.ndarray) -> None:
        """Show pictures uint8 (n, H, W, 1) or (n, H, W, 3); they must not be changed while shown."""
        if pictures is self._pictures:
            return
        count, height, width, channels = pictures.shape
        if not count:
            self.hide_pictures()
            return
        self._pictures = pictures
        # All in one column: the place of a picture in it is a matter of rows.
        self._atlas_bytes = np.full((count * height, width, 4), 255, np.uint8)
        flat = pictures.reshape(count * height, width, channels)
        # RGB32 is in memory as blue, green, red; one grey channel goes into all three.
        self._atlas_bytes[:, :, :3] = flat[:, :, ::-1] if channels == 3 else flat[:, :, :1]
        self._atlas = QImage(self._atlas_bytes.data, width, count * height, 4 * width, QImage.Format.Format_RGB32)
        if self._pointed is not None and self._pointed >= count:
            self._point(None)
        self._forget()

    def hide_pictures(self) -> None:
        """Show none."""
        if self.count:
            self._pictures = self._pictures[:0]
            self._point(None)
            self._forget()

    def show_text(self, text: str) -> None:
        """Set the text shown while there are no pictures."""
        if text != self._text:
            self._text = text
            self.update()

    def select(self, place: int | None) -> None:
        """Draw a ring around this sample."""
        if place != self._selected:
            self._selected = place
            self.update()

    def tile_rect(self, place: int) -> QRectF:
        """The rectangle of a sample in the widget's pixels."""
        self._arrange()
        if self._tiling is None:
            return QRectF()
        ratio = self.devicePixelRatioF()
        x, y = self._tiling.corner(place)
        return QRectF(x / ratio, y / ratio, self._tiling.width / ratio, self._tiling.height / ratio)

    def shows(self, pictures: np.ndarray) -> bool:
        """Whether these pictures have been drawn."""
        return pictures is self._pictures and self._sheet is not None

    # ------------------------------------------------------------ drawing

    def _forget(self) -> None:
        self._sheet = None
        self.update()

    def _arrange(self) -> None:
        """Draw the sheet into its picture, unless it is cached."""
        if self._sheet is not None or not self.count:
            return
        ratio = self.devicePixelRatioF()
        _, height, width, _ = self._pictures.shape
        room = (int(self.width() * ratio), int(self.height() * ratio))
        self._tiling = tiles = tiling(self.count, (width, height), room)
        if tiles is None:
            return
        sheet = QImage(*tiles.size, QImage.Format.Format_RGB32)
        sheet.fill(QColor(theme().tokens.panel))
        with QPainter(sheet) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, tiles.width < width)
            for place in range(self.count):
                x, y = tiles.corner(place)
                painter.drawImage(
                    QRectF(x, y, tiles.width, tiles.height), self._atlas, QRectF(0, place * height, width, height)
                )
        self._sheet = sheet

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            if not self.count:
                paint_focus_ring(self, painter)
                painter.setPen(QColor(tokens.text_2))
                flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(QRectF(self.rect()).adjusted(0, 6, -8, 0), int(flags), self._text)
                return
            self._arrange()
            if self._sheet is not None and self._tiling is not None:
                ratio = self.devicePixelRatioF()
                wide, tall = self._tiling.size
                painter.drawImage(QRectF(0, 0, wide / ratio, tall / ratio), self._sheet)
                if self._selected is not None and self._selected < self.count:
                    self._frame(painter, self.tile_rect(self._selected))
                if self._pointed is not None:
                    self._enlarge(painter, self._pointed)
                else:
                    paint_focus_ring(self, painter)

    def _frame(self, painter: QPainter, around: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme().tokens.panel), 4))
        painter.drawRect(around)
        painter.setPen(QPen(theme().accent(self._pane), 2))
        painter.drawRect(around)

    def _enlarge(self, painter: QPainter, place: int) -> None:
        """Draw the sample under the pointer enlarged, inside the widget."""
        tile = self.tile_rect(place)
        _, height, width, _ = self._pictures.shape
        scale = max(_ENLARGED, _TIMES * tile.height()) / height
        scale = min(scale, (self.height() - 4) / height, (self.width() - 4) / width)
        if scale >= 1:
            scale = int(scale)
        wide, tall = width * scale, height * scale
        x = min(max(tile.center().x() - wide / 2, 2), self.width() - wide - 2)
        y = min(max(tile.center().y() - tall / 2, 2), self.height() - tall - 2)
        target = QRectF(round(x), round(y), wide, tall)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        painter.drawImage(target, self._atlas, QRectF(0, place * height, width, height))
        self._frame(painter, target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._sheet = None
        super().resizeEvent(event)

    # ------------------------------------------------------------ pointing and choosing

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.hovered.emit(place)
            self.update()

    def _at(self, position: QPointF) -> int | None:
        self._arrange()
        if self._tiling is None or not self.count:
            return None
        ratio = self.devicePixelRatioF()
        return self._tiling.at(position.x() * ratio, position.y() * ratio)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._point(place)
            self.chosen.emit(place)
        else:
            super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self.underMouse():
            self._point(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        self._arrange()
        columns = self._tiling.columns if self._tiling is not None else 1
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }.get(key)
        here = self._pointed if self._pointed is not None else self._selected
        if step is not None and self.count:
            there = 0 if here is None else here + step
            if 0 <= there < self.count:
                self._point(there)
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and here is not None
            and here < self.count
        ):
            self.chosen.emit(here)
        elif key == Qt.Key.Key_Escape and self._pointed is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)
