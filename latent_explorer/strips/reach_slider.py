"""A slider from -reach to +reach in some unit, with an optional mark for a second value."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.drag_slider import DragSlider
from latent_explorer.words.figures import signed

#: Slider positions per unit; arrow keys move by a tenth of a unit, Page keys by one.
_PER_UNIT = 200
_HANDLE = 5.0
_HEIGHT = 15


class ReachSlider(DragSlider):
    """A slider for a value `place` around 0.

    A press moves the handle there; arrow keys, Page keys and Home (to 0) move it, too. A value set by program is
    kept exactly, also beyond the reach, where the handle stays at the end and is drawn hollow.

    Signals:
        moved(float): the user chose another value; not emitted by `set_place`.
        left(int): Up (-1) or Down (+1) was pressed, to move the focus to the slider above or below.
    """

    moved = Signal(float)
    left = Signal(int)

    def __init__(self, pane: int | None, reach: float, parent: QWidget | None = None) -> None:
        """`pane`: index of the pane whose accent it has; None for no accent."""
        super().__init__(parent)
        self._pane = pane
        self._reach = reach
        self._place = 0.0
        self._mark: float | None = None
        self.setSingleStep(_PER_UNIT // 10)
        self.setPageStep(_PER_UNIT)
        self.setRange(-round(reach * _PER_UNIT), round(reach * _PER_UNIT))

    @property
    def place(self) -> float:
        """The current value."""
        return self._place

    def set_place(self, place: float) -> None:
        """Set the value without emitting `moved`."""
        if place == self._place:
            return
        self._place = place
        self.put_value(round(min(max(place, -self._reach), self._reach) * _PER_UNIT))
        if QAccessible.isActive():
            self.setAccessibleDescription(signed(place))

    def set_mark(self, mark: float | None) -> None:
        """Show a small triangle at a second value, such as that of the picked image; None for none."""
        if mark != self._mark:
            self._mark = mark
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, _HEIGHT)

    # ------------------------------------------------------------ input

    def drag_to(self, x: float) -> None:
        self._choose(self._at(x))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose(0.0)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {
            Qt.Key.Key_Left: -self.singleStep(),
            Qt.Key.Key_Right: self.singleStep(),
            Qt.Key.Key_PageDown: -self.pageStep(),
            Qt.Key.Key_PageUp: self.pageStep(),
        }.get(key)
        if step is not None:
            self._choose((round(self._place * _PER_UNIT) + step) / _PER_UNIT)
        elif key == Qt.Key.Key_Home:
            self._choose(0.0)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.left.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolls the list instead of changing a value by accident

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _choose(self, place: float) -> None:
        place = min(max(place, -self._reach), self._reach)
        if place != self._place and self.isEnabled():
            self.set_place(place)
            self.moved.emit(place)

    def _at(self, x: float) -> float:
        """The value at pixel `x`; it snaps to 0 near the middle."""
        place = (x / max(1, self.width()) * 2 - 1) * self._reach
        return 0.0 if abs(self.x_of(place) - self.x_of(0.0)) <= 3 else place

    def x_of(self, place: float) -> float:
        """The pixel position of a value, clamped to the ends."""
        share = min(max((place / self._reach + 1) / 2, 0.0), 1.0)
        return share * self.width()

    # ------------------------------------------------------------ drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = {name: QColor(colour) for name, colour in colours(theme().tokens).items()}
        accent = shade["text_2"] if self._pane is None else theme().accent(self._pane)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self.height() / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade["line"])
            painter.drawRoundedRect(QRectF(0, middle - 1.5, self.width(), 3), 1.5, 1.5)
            painter.setBrush(shade["text_3"])
            painter.drawRect(QRectF(self.x_of(0.0) - 0.5, middle - 4, 1, 8))
            if self.isEnabled():
                self._paint_mark(painter, middle, shade["text"])
                self._paint_handle(painter, middle, accent, shade)

    def _paint_mark(self, painter: QPainter, middle: float, colour: QColor) -> None:
        if self._mark is None or abs(self._mark) > self._reach:
            return
        x = self.x_of(self._mark)
        painter.setBrush(colour)
        painter.drawPolygon([QPointF(x, middle + 2), QPointF(x - 3.5, middle + 7), QPointF(x + 3.5, middle + 7)])

    def _paint_handle(self, painter: QPainter, middle: float, accent: QColor, shade: dict[str, QColor]) -> None:
        inside = min(max(self.x_of(self._place), _HANDLE), self.width() - _HANDLE)
        fill = shade["panel"] if abs(self._place) > self._reach else accent
        self.draw_handle(painter, QPointF(inside, middle), _HANDLE - 1, QPen(accent, 2), fill, gap=2.7)
