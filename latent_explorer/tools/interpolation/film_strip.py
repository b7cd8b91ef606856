"""The frames of one model's path, painted from one picture: side by side, or as a grid."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.tools.interpolation.state import Strip

_FRAME = 2.0
_RADIUS = 5.0
#: Minimum width of a frame in pixels; if there is too little room, some frames are left out.
_LEAST, _THINNED = 16.0, 28.0
_GAP = 1.0
#: The film between frames, and the mark on it, in every appearance: pictures are mostly dark.
_FILM, _MARK = QColor("#000000"), QColor("#ffffff")


class FilmStrip(QWidget):
    """Tiles in whole device pixels for every pixel of the picture, nearest-neighbour, framed in the accent.

    Signals:
        chosen(int): the user pressed on this frame, or dragged there.
    """

    chosen = Signal(int)

    def __init__(self, pane: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pane = pane
        self._strip: Strip | None = None
        self._frame = 0
        self._buffer = np.zeros((0, 0, 4), np.uint8)
        self._image = QImage()
        #: Number of paints with a new strip.
        self.repaints = 0
        self._painted: Strip | None = None
        self.setObjectName(f"filmStrip{pane}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(32)
        self.setAccessibleName(self.tr("Film strip"))
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, 60)

    @property
    def strip(self) -> Strip | None:
        """What is shown."""
        return self._strip

    def set_strip(self, strip: Strip | None) -> None:
        """Show these frames; None empties the strip."""
        if strip is self._strip:
            return
        self._strip = strip
        if strip is None:
            self._image, self._buffer = QImage(), np.zeros((0, 0, 4), np.uint8)
        else:
            count, height, width, channels = strip.pictures.shape
            if self._buffer.shape[:2] != (count * height, width):
                # One below the other, so that copying is one move; the image is a window onto the buffer.
                self._buffer = np.full((count * height, width, 4), 255, np.uint8)
                self._image = QImage(
                    self._buffer.data, width, count * height, 4 * width, QImage.Format.Format_RGB32
                )
            # RGB32 is in memory as blue, green, red; one grey channel goes into all three.
            flat = strip.pictures.reshape(count * height, width, channels)
            # One after the other is four times as fast as all at once.
            for place in range(3):
                self._buffer[:, :, place] = flat[:, :, 2 - place if channels == 3 else 0]
            self.setAccessibleDescription(self.tr("{0} frames").format(count))
        self.update()

    def set_frame(self, frame: int) -> None:
        """Mark this frame."""
        if frame != self._frame:
            self._frame = frame
            self.update()

    # ------------------------------------------------------------ where tiles are

    def height_within(self, most: int) -> int:
        """The best height within `most` pixels, frame included."""
        if self._strip is None:
            return most
        rows = len(self._strip.pictures) // self._strip.columns if self._strip.columns else 1
        return min(most, math.ceil(rows * self.tile_size(most)[1] + (rows - 1) * _GAP + 2 * _FRAME))

    def tile_size(self, height: int | None = None) -> tuple[float, float]:
        """Width and height of a tile in pixels, in a widget as high as it is or `height`."""
        strip = self._strip
        if strip is None:
            return _LEAST, _LEAST
        count, high, wide = strip.pictures.shape[:3]
        columns, rows = (strip.columns, count // strip.columns) if strip.columns else (count, 1)
        across = (self.width() - 2 * _FRAME - (columns - 1) * _GAP) / columns
        down = ((self.height() if height is None else height) - 2 * _FRAME - (rows - 1) * _GAP) / rows
        scale = down / high if not strip.columns else min(down / high, across / wide)
        if not strip.columns and across / wide < scale:
            # As large as possible for all to fit, but not below the minimum.
            scale = min(scale, (across if across >= _LEAST else _THINNED) / wide)
        ratio = self.devicePixelRatioF()
        if scale * ratio >= 1:
            scale = int(scale * ratio) / ratio
            if not strip.columns and scale * wide < _LEAST and (scale + 1 / ratio) * high <= down:
                scale += 1 / ratio
        return scale * wide, scale * high

    def shown(self) -> list[tuple[int, QRectF]]:
        """The shown frames with their rectangles."""
        strip = self._strip
        if strip is None:
            return []
        wide, high = self.tile_size()
        count = len(strip.pictures)
        if strip.columns:
            rows = count // strip.columns
            left, top = _FRAME, (self.height() - rows * high - (rows - 1) * _GAP) / 2
            return [
                (
                    place,
                    QRectF(
                        round(left + (place % strip.columns) * (wide + _GAP)),
                        round(top + (place // strip.columns) * (high + _GAP)),
                        wide,
                        high,
                    ),
                )
                for place in range(count)
            ]
        room = self.width() - 2 * _FRAME
        fitting = max(2, min(count, int((room + _GAP) / (wide + _GAP))))
        top = round((self.height() - high) / 2)
        pitch, stride = (room - wide) / (fitting - 1), (count - 1) / (fitting - 1)
        return [
            (round(slot * stride), QRectF(round(_FRAME + slot * pitch), top, wide, high))
            for slot in range(fitting)
        ]

    def area(self) -> QRectF:
        """The film without the frame around it."""
        shown = self.shown()
        if not shown:
            return QRectF(self.rect()).adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)
        strip = self._strip
        if strip is not None and strip.columns:
            return shown[0][1].united(shown[-1][1])
        tile = shown[0][1]
        return QRectF(_FRAME, tile.top(), self.width() - 2 * _FRAME, tile.height())

    def frame_at(self, position: QPointF) -> int:
        """The frame under a position, or nearest to it."""
        strip = self._strip
        if strip is None:
            return 0
        shown = self.shown()
        if strip.columns:
            away = [math.hypot(*(position - tile.center()).toTuple()) for _, tile in shown]
            return shown[int(np.argmin(away))][0]
        first, last = shown[0][1].center().x(), shown[-1][1].center().x()
        share = (position.x() - first) / max(last - first, 1.0)
        return round(min(max(share, 0.0), 1.0) * (len(strip.pictures) - 1))

    # ------------------------------------------------------------ events

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self) as painter:
            area = self.area()
            painter.fillRect(area, _FILM if self._strip is not None else QColor(tokens.control))
            strip = self._strip
            if strip is not None:
                self.repaints += strip is not self._painted
                self._painted = strip
                high, wide = strip.pictures.shape[1:3]
                shown = self.shown()
                # The picture is larger than the room: skipping pixels would look broken.
                smooth = bool(shown) and shown[0][1].width() * self.devicePixelRatioF() < wide
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                for frame, tile in shown:
                    painter.drawImage(tile, self._image, QRectF(0, frame * high, wide, high))
                self._paint_mark(painter, area, shown, len(strip.pictures))
            self._paint_frame(painter, area)

    def _paint_mark(self, painter: QPainter, area: QRectF, shown: list[tuple[int, QRectF]], count: int) -> None:
        """Outline the frame under the slider; if it is left out, a line at its position."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tile = next((tile for frame, tile in shown if frame == self._frame), None)
        if tile is not None:
            # Around the tile, not over it; at the upper and lower edge the film's frame covers it.
            painter.setPen(QPen(_MARK, 2))
            painter.drawRect(tile.adjusted(-1, 0, 1, 0))
            return
        first, last = shown[0][1].center().x(), shown[-1][1].center().x()
        x = first + (last - first) * self._frame / max(count - 1, 1)
        for colour, width in ((_FILM, 4), (_MARK, 2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_frame(self, painter: QPainter, area: QRectF) -> None:
        """A rounded frame that covers the square corners; in the text's colour with the focus."""
        frame = QPainterPath()
        frame.addRoundedRect(area.adjusted(-_FRAME, -_FRAME, _FRAME, _FRAME), _RADIUS, _RADIUS)
        frame.addRoundedRect(area, _RADIUS - _FRAME, _RADIUS - _FRAME)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.fillPath(frame, QColor(theme().tokens.text) if self.hasFocus() else theme().accent(self._pane))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._strip is not None:
            self._choose(self.frame_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._strip is not None:
            self._choose(self.frame_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        strip = self._strip
        row = strip.columns if strip is not None and strip.columns else 1
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -row,
            Qt.Key.Key_Down: row,
        }.get(Qt.Key(event.key()))
        if strip is None or step is None:
            super().keyPressEvent(event)
            return
        self._choose(min(max(self._frame + step, 0), len(strip.pictures) - 1))

    def _choose(self, frame: int) -> None:
        # Marked at once: the next key counts from here.
        self.set_frame(frame)
        self.chosen.emit(frame)
