"""The contact sheet: pictures in lines, of which only visible ones are drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
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
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from latent_explorer.appearance.theme import tabular, theme
from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.glossary.terms import refer
from latent_explorer.map.class_marks import class_mark
from latent_explorer.map.hover_layer import image_of
from latent_explorer.words.figures import nats

#: Side of a picture in px, and margin of a cell.
_SIDE, _APART = 46, 6
_BAR = 3
#: Number of cached pictures.
_KEPT = 2_000


class ContactSheet(QAbstractScrollArea):
    """Images by their data rows. A click, or Enter after the arrows, picks one; the one under the pointer is
    highlighted on the maps.

    Signals:
        pointed(object): the current data row, by mouse or keyboard, or None.
        chosen(int): the data row that was picked.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(self, explorer: ExplorerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._explorer = explorer
        self._rows = np.empty(0, np.int64)
        self._losses: np.ndarray | None = None
        self._text = ""
        self._images: dict[int, QImage | None] = {}
        self._images_of: DataView | None = None
        #: Index of the image selected by keyboard, and of the one under the pointer; -1 for none.
        self.current = -1
        self._under = -1
        self.setObjectName("contactSheet")
        refer(self, "image_loss", "nearest_image")
        self.setAccessibleName(self.tr("Contact sheet"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        explorer.picked_changed.connect(self.viewport().update)
        theme().changed.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def sizeHint(self) -> QSize:
        return QSize(480, 150)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.cell.height() + 2)

    # ------------------------------------------------------------ content

    @property
    def rows(self) -> np.ndarray:
        """The data rows on the sheet, in order: int64 (n,)."""
        return self._rows

    def show_rows(self, rows: np.ndarray, losses: np.ndarray | None) -> None:
        """Show these data rows in this order, each with its number, or its loss (float32 (N,) of all rows)."""
        same = np.array_equal(rows, self._rows)
        here = self._row_at(self.current)
        self._rows, self._losses = rows, losses
        if not same:
            places = np.flatnonzero(rows == here).tolist() if here is not None else []
            # With the focus there is always a current image.
            first = 0 if self.hasFocus() and len(rows) else -1
            self.current = places[0] if places else first
            self._under = -1
            self.pointed.emit(None)
        self._arrange()
        if not same and self.current <= 0:
            self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def show_text(self, text: str) -> None:
        """Set the text shown without images."""
        self._text = text
        self.viewport().update()

    @property
    def cell(self) -> QSize:
        """Size of a picture with caption and margin."""
        return QSize(_SIDE + _APART, _SIDE + _BAR + self._line + _APART)

    @property
    def columns(self) -> int:
        """Images in a line."""
        return max(1, (self.viewport().width() - _APART) // self.cell.width())

    def cell_rect(self, place: int) -> QRect:
        """The rectangle of an image in the viewport's pixels."""
        down, across = divmod(place, self.columns)
        size = self.cell
        corner = QPoint(
            across * size.width() + _APART // 2, down * size.height() - self.verticalScrollBar().value()
        )
        return QRect(corner, size)

    def place_at(self, position: QPoint) -> int:
        """Index of the image at a position of the viewport; -1 for none."""
        size = self.cell
        across = (position.x() - _APART // 2) // size.width()
        down = (position.y() + self.verticalScrollBar().value()) // size.height()
        place = down * self.columns + across
        return place if 0 <= across < self.columns and 0 <= place < len(self._rows) else -1

    def _row_at(self, place: int) -> int | None:
        return int(self._rows[place]) if 0 <= place < len(self._rows) else None

    @property
    def _line(self) -> int:
        return theme().small_px + 4

    def _arrange(self) -> None:
        bar, high = self.verticalScrollBar(), self.cell.height()
        lines = -(-len(self._rows) // self.columns)
        bar.setRange(0, max(0, lines * high - self.viewport().height()))
        bar.setSingleStep(high // 2)
        bar.setPageStep(max(high, self.viewport().height() // high * high))

    # ------------------------------------------------------------ drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme().tokens
        with QPainter(self.viewport()) as painter:
            if not len(self._rows):
                paint_focus_ring(self, painter)
                painter.setPen(QColor(tokens.text_2))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect().adjusted(12, 4, -12, -4), flags, self._text)
                return
            font = tabular(self.font())
            font.setPixelSize(theme().small_px)
            painter.setFont(font)
            high = self.cell.height()
            first = self.verticalScrollBar().value() // high * self.columns
            last = (
                self.verticalScrollBar().value() + self.viewport().height()
            ) // high * self.columns + self.columns
            for place in range(first, min(last, len(self._rows))):
                if event.rect().intersects(self.cell_rect(place)):
                    self._paint_cell(painter, place, int(self._rows[place]))

    def _paint_cell(self, painter: QPainter, place: int, row: int) -> None:
        tokens, data, area = theme().tokens, self._explorer.data, self.cell_rect(place)
        if data is None or row >= data.count:
            return
        picture_area = QRect(area.left() + _APART // 2, area.top() + _APART // 2, _SIDE, _SIDE)
        if place == self._under:
            painter.fillRect(area.adjusted(1, 1, -1, -1), QColor(tokens.control))
        image = self._image(data, row)
        if image is None:
            painter.setPen(QColor(tokens.line))
            painter.drawRect(picture_area.adjusted(0, 0, -1, -1))
            if data.labels is not None and data.labels[row] >= 0:
                # In place of a picture: the mark of its class.
                label = int(data.labels[row])
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
                mark = class_mark(label, _SIDE / 6).translated(QRectF(picture_area).center())
                painter.fillPath(mark, QColor(tokens.classes[label % len(tokens.classes)]))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        else:
            size = image.size().scaled(picture_area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(picture_area.center())
            smooth = image.width() > _SIDE
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(QRectF(target), image)
        label = -1 if data.labels is None else int(data.labels[row])
        if label >= 0:
            bar = QRect(picture_area.left(), picture_area.bottom() + 1, _SIDE, _BAR)
            painter.fillRect(bar, QColor(tokens.classes[label % len(tokens.classes)]))
        text = self._explorer.number(row)
        if self._losses is not None and row < len(self._losses):
            text = nats(float(self._losses[row]))
        painter.setPen(QColor(tokens.text_2))
        under = QRect(area.left(), picture_area.bottom() + 1 + _BAR, area.width(), self._line)
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, text)
        if row == self._explorer.picked:
            painter.setPen(QPen(QColor(tokens.text), 2))
            painter.drawRect(picture_area.adjusted(-2, -2, 1, 1))
        if place == self.current and self.hasFocus():
            painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DotLine))
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def _image(self, data: DataView, row: int) -> QImage | None:
        """The cached picture of a row; None if there is none."""
        if data is not self._images_of or len(self._images) > _KEPT:
            self._images, self._images_of = {}, data
        if row not in self._images:
            picture = data.picture(row)
            self._images[row] = None if picture is None else image_of(picture)
        return self._images[row]

    @Slot()
    def _restyle(self) -> None:
        self._arrange()
        self.viewport().update()

    # ------------------------------------------------------------ mouse and keys

    def viewportEvent(self, event: QEvent) -> bool:
        """The pointer leaves the viewport."""
        if event.type() == QEvent.Type.Leave:
            self._point(-1)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self.place_at(event.position().toPoint()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self.current = place
            self._choose(place)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def _point(self, place: int) -> None:
        if place == self._under:
            return
        former, self._under = self._under, place
        row = self._row_at(place)
        self.viewport().setToolTip("" if row is None else self.described(row))
        self.pointed.emit(row)
        for changed in (former, place):
            if changed >= 0:
                self.viewport().update(self.cell_rect(changed))

    def described(self, row: int) -> str:
        """The description of an image: number, file, class, loss."""
        data = self._explorer.data
        parts = [self._explorer.called(row)]
        if data is not None and row < data.count and data.label(row):
            parts.append(data.label(row))
        if self._losses is not None and row < len(self._losses):
            parts.append(self.tr("{value} nats").format(value=nats(float(self._losses[row]))))
        return " · ".join(parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page Up and Down, Home and End move; Enter and Space pick."""
        keys, key, count = Qt.Key, Qt.Key(event.key()), len(self._rows)
        page = self.columns * max(1, self.viewport().height() // self.cell.height())
        steps = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_Up: -self.columns,
            keys.Key_Down: self.columns,
            keys.Key_PageUp: -page,
            keys.Key_PageDown: page,
            keys.Key_Home: -count,
            keys.Key_End: count,
        }
        if not count or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._go(min(max(self.current + steps[key], 0), count - 1) if self.current >= 0 else 0)
        elif key in (keys.Key_Return, keys.Key_Enter, keys.Key_Space) and self.current >= 0:
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self.current = place
        area, bar = self.cell_rect(place), self.verticalScrollBar()
        if area.top() < 0:
            bar.setValue(bar.value() + area.top())
        elif area.bottom() > self.viewport().height():
            bar.setValue(bar.value() + area.bottom() - self.viewport().height())
        row = self._row_at(place)
        if row is not None:
            self.setAccessibleDescription(self.described(row))
        self.pointed.emit(row)
        self.viewport().update()

    def _choose(self, place: int) -> None:
        row = self._row_at(place)
        if row is not None:
            self.chosen.emit(row)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current < 0 and len(self._rows):
            self.current = 0
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(None)
        self.viewport().update()

    @Slot()
    def _scrolled(self) -> None:
        self._point(-1)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
