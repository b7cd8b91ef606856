"""A small sheet to draw on; it also shows an image that came from elsewhere."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.tools.own_image.state import OwnImageState, OwnSource, Stroke
from latent_explorer.tools.own_image.stroke_canvas import StrokeCanvas

_LEAST, _FRAME = 96, 1


class DrawPad(QWidget):
    """Draws with the left button held, or from the keyboard: arrows move a pen, Space puts it down and lifts it.

    The drawing is the image from the first dot on, and replaces an image from another source.
    """

    def __init__(self, own: OwnImageState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = own
        self._canvas = StrokeCanvas((1, 28, 28), own.background)
        self._strokes: tuple[Stroke, ...] = ()
        self._now: Stroke | None = None
        #: The keyboard's pen, as shares of the sheet; None until a key moves it.
        self._pen: tuple[float, float] | None = None
        self._shown: QImage | None = None
        self._shown_of: OwnSource | None = None
        self.setObjectName("ownPad")
        self.setAccessibleName(self.tr("Drawing pad"))
        self.setToolTip(
            self.tr("Draw here with the mouse; or arrows move the pen, Space puts it down and lifts it")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(_LEAST, _LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        own.source_changed.connect(self.refresh)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(176, 176)

    def set_shape(self, shape: tuple[int, int, int]) -> None:
        """Set the shape of the models' images; a drawing is redrawn in proportion on their background."""
        if shape != self._canvas.shape or self._own.background != self._canvas.background:
            self._canvas = StrokeCanvas(shape, self._own.background)
            self._canvas.finish(*self._strokes)
            if self._now is not None:
                self._grow()
            elif self._strokes:
                self._report(by_hand=False)
            self.update()

    @property
    def colour(self) -> tuple[int, int, int]:
        """The colour of the next stroke."""
        return self._own.pen_colour or self._canvas.ink

    @property
    def coloured(self) -> bool:
        """Whether the models' images have colour."""
        return self._canvas.shape[0] == 3

    @Slot()
    def refresh(self) -> None:
        """Update from state."""
        if self._own.strokes != self._strokes and self._now is None:
            self._strokes = self._own.strokes
            self._canvas = StrokeCanvas(self._canvas.shape, self._own.background)
            self._canvas.finish(*self._strokes)
            source = self._own.source
            if self._strokes and source is not None and not np.array_equal(source.pixels, self._canvas.pixels()):
                self._report(by_hand=False)  # restored strokes may have been drawn with another background
        self.update()

    @Slot()
    def undo_stroke(self) -> None:
        """Undo the last stroke."""
        if self._now is not None or not self._strokes:
            return
        self._strokes = self._strokes[:-1]
        self._canvas = StrokeCanvas(self._canvas.shape, self._own.background)
        self._canvas.finish(*self._strokes)
        if self._strokes:
            self._report()
        else:
            self._own.clear()

    # ------------------------------------------------------------ drawing

    def _begin(self, place: tuple[float, float]) -> None:
        if not self._own.strokes and self._strokes:
            self._strokes = ()
        if not self._strokes:
            self._canvas = StrokeCanvas(self._canvas.shape, self._own.background)
        self._now = Stroke((place,), self._own.pen_width, self._own.pen_colour)
        self._grow()

    def _extend(self, place: tuple[float, float]) -> None:
        if self._now is not None and place != self._now.points[-1]:
            self._now = Stroke((*self._now.points, place), self._now.width, self._now.colour)
            self._grow()

    def _grow(self) -> None:
        assert self._now is not None
        self._canvas.show(self._now)
        self._report(self._now)
        self.update()

    def _end(self) -> None:
        if self._now is not None:
            self._strokes = (*self._strokes, self._now)
            self._canvas.finish(self._now)
            self._now = None
            self.update()

    def _report(self, *growing: Stroke, by_hand: bool = True) -> None:
        source = OwnSource("drawn", "", self._canvas.pixels())
        self._own.set_source(source, (*self._strokes, *growing), by_hand=by_hand)

    # ------------------------------------------------------------ events

    def sheet(self) -> QRectF:
        """The rectangle of the sheet in the widget's pixels."""
        _, height, width = self._canvas.shape
        room = QRectF(self.rect()).adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)
        scale = min(room.width() / width, room.height() / height)
        return QRectF(room.x(), room.y(), width * scale, height * scale)

    def _share(self, position: QPointF) -> tuple[float, float]:
        sheet = self.sheet()
        x = (position.x() - sheet.x()) / max(1.0, sheet.width())
        y = (position.y() - sheet.y()) / max(1.0, sheet.height())
        return min(max(x, -0.1), 1.1), min(max(y, -0.1), 1.1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.sheet().contains(event.position()):
            super().mousePressEvent(event)
            return
        self._end()
        self._pen = None
        self._begin(self._share(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._extend(self._share(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._extend(self._share(event.position()))
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        _, height, width = self._canvas.shape
        step = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }.get(Qt.Key(event.key()))
        far = 4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if step is not None:
            x, y = self._pen or (0.5, 0.5)
            moved = x + far * step[0] / width, y + far * step[1] / height
            self._pen = min(max(moved[0], 0.0), 1.0), min(max(moved[1], 0.0), 1.0)
            self._extend(self._pen)
            self.update()
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._pen = self._pen or (0.5, 0.5)
            if self._now is None:
                self._begin(self._pen)
            else:
                self._end()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.undo_stroke()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._end()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        sheet, source = self.sheet(), self._own.source
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if source is not None and source.kind != "drawn":
                painter.fillRect(sheet, QColor(tokens.control))
                painter.drawImage(self._inside(sheet, source), self._image_of(source))
            else:
                painter.drawImage(sheet, self._canvas.image)
                if source is None:
                    painter.setPen(QColor("#707070"))
                    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                    painter.drawText(sheet.adjusted(8, 8, -8, -8), int(flags), self.tr("Draw here"))
            if self._pen is not None and self.hasFocus():
                self._paint_pen(painter, sheet)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.text if self.hasFocus() else tokens.line), 1))
            painter.drawRect(sheet.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_pen(self, painter: QPainter, sheet: QRectF) -> None:
        assert self._pen is not None
        spot = QPointF(sheet.x() + self._pen[0] * sheet.width(), sheet.y() + self._pen[1] * sheet.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor("#000000"), 4.0), (QColor("#ffffff"), 1.8)):
            painter.setPen(QPen(colour, width))
            for arm in (QPointF(7, 0), QPointF(0, 7)):
                painter.drawLine(spot - arm, spot + arm)

    def _image_of(self, source: OwnSource) -> QImage:
        if self._shown is None or self._shown_of is not source:
            height, width, channels = source.pixels.shape
            kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_Grayscale8
            self._shown = QImage(source.pixels.tobytes(), width, height, channels * width, kind).copy()
            self._shown_of = source
        return self._shown

    @staticmethod
    def _inside(sheet: QRectF, source: OwnSource) -> QRectF:
        height, width, _ = source.pixels.shape
        scale = min(sheet.width() / width, sheet.height() / height)
        target = QRectF(0, 0, width * scale, height * scale)
        target.moveCenter(sheet.center())
        return target
