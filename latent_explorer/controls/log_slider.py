"""A logarithmic slider from 0 to 100 that snaps at 0 and 1."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.controls.log_scale import LogScale

TICKS = ((0.0, "0"), (0.1, "0.1"), (1.0, "1"), (10.0, "10"), (100.0, "100"))
#: Distance in px within which a drag snaps to 0 or 1.
MAGNET = 7
HANDLE = 8
_GROOVE_Y = 14
_TICKS_HEIGHT = 14


class LogSlider(QSlider):
    """A slider for a `quantity`: 0, or 0.01 to 100 on a logarithmic scale.

    Arrow keys move by a twentieth of a decade, Page Up and Page Down to the next labelled number, Home to 0, End
    to the maximum. A quantity set by program is kept exactly, also outside the scale, where the handle stays at
    the end. It derives from `QSlider`, whose value is the position, so that screen readers recognise a slider.

    Signals:
        quantity_changed(float): the user chose another quantity; not emitted by `set_quantity`.
    """

    quantity_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None, scale: LogScale | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.scale = scale or LogScale()
        self.setRange(0, self.scale.steps)
        self.setSingleStep(self.scale.per_decade // 20)
        self.setPageStep(self.scale.per_decade)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._quantity = 0.0
        self._note = ""
        self._accented = True
        self._wheel = 0
        self._spoken = ""
        self._refresh_spoken()
        theme().changed.connect(self._repaint)

    def quantity(self) -> float:
        """The current quantity."""
        return self._quantity

    def set_quantity(self, quantity: float) -> None:
        """Show `quantity` (not negative) without emitting `quantity_changed`."""
        if quantity == self._quantity:
            return
        self._quantity = quantity
        was = self.blockSignals(True)
        self.setValue(self.scale.position(quantity))
        self.blockSignals(was)
        self._refresh_spoken()
        self.update()

    def set_note(self, note: str) -> None:
        """Show a short text instead of the numbers under the groove, without accent; "" shows the numbers."""
        if note != self._note:
            self._note = note
            self._accented = not note
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(236, _GROOVE_Y + HANDLE + _TICKS_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(110, _GROOVE_Y + HANDLE + _TICKS_HEIGHT)

    # ------------------------------------------------------------- input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._choose(self._position_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._choose(self._position_at(event.position().x()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.value()
        rightwards = -1 if self.isRightToLeft() else 1
        step = {
            Qt.Key.Key_Left: -rightwards,
            Qt.Key.Key_Right: rightwards,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Up: 1,
        }.get(Qt.Key(key))
        labelled = [self.scale.position(number) for number, _ in TICKS]
        if step is not None:
            self._choose(here + step * self.singleStep())
        elif key == Qt.Key.Key_PageUp:
            self._choose(next((place for place in labelled if place > here), self.maximum()))
        elif key == Qt.Key.Key_PageDown:
            self._choose(next((place for place in reversed(labelled) if place < here), 0))
        elif key == Qt.Key.Key_Home:
            self._choose(0)
        elif key == Qt.Key.Key_End:
            self._choose(self.maximum())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Touchpads send fractions of a notch, which are accumulated.
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._wheel / 120)
        self._wheel -= notches * 120
        if notches:
            self._choose(self.value() + notches * self.singleStep())
        event.accept()

    def _choose(self, position: int) -> None:
        quantity = self.scale.value(position)
        if quantity == self._quantity:
            return
        self.set_quantity(quantity)
        self.quantity_changed.emit(quantity)

    def _position_at(self, x: float) -> int:
        for stop in (0.0, 1.0):
            if abs(x - self._x(self.scale.position(stop))) <= MAGNET:
                return self.scale.position(stop)
        left, right = self._ends()
        return min(max(round((x - left) / (right - left) * self.maximum()), 0), self.maximum())

    # ------------------------------------------------------------- drawing

    def _ends(self) -> tuple[float, float]:
        return HANDLE + 2.0, max(self.width() - HANDLE - 6.0, HANDLE + 3.0)

    def _x(self, position: int) -> float:
        left, right = self._ends()
        return left + (right - left) * position / self.maximum()

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = {name: QColor(colour) for name, colour in colours(theme().tokens).items()}
        accent = theme().accent(1) if self._accented and self.isEnabled() else shade["text_3"]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left, right = self._ends()
            here = self._x(self.value())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade["line"])
            painter.drawRoundedRect(QRectF(left, _GROOVE_Y - 2, right - left, 4), 2, 2)
            painter.setBrush(accent)
            painter.drawRoundedRect(QRectF(left, _GROOVE_Y - 2, here - left, 4), 2, 2)
            painter.setBrush(shade["text_3"])
            for number, _ in TICKS:
                x = self._x(self.scale.position(number))
                stop = 2.0 if number in (0.0, 1.0) else 1.0
                painter.drawRoundedRect(QRectF(x - stop / 2, _GROOVE_Y + 5, stop, 4), stop / 2, stop / 2)
            self._draw_handle(painter, QPointF(here, _GROOVE_Y), accent, shade)
            self._draw_ticks(painter, shade)

    def _draw_handle(self, painter: QPainter, here: QPointF, accent: QColor, shade: dict[str, QColor]) -> None:
        if self.hasFocus():
            painter.setPen(QPen(shade["focus"], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(here, HANDLE + 2.5, HANDLE + 2.5)
        painter.setPen(QPen(accent, 2.5))
        painter.setBrush(shade["text"])
        grown = 0.6 if self.isSliderDown() else 0.0
        painter.drawEllipse(here, HANDLE - 1.5 + grown, HANDLE - 1.5 + grown)

    def _draw_ticks(self, painter: QPainter, shade: dict[str, QColor]) -> None:
        font = tabular(QFont(self.font()))
        font.setPixelSize(SMALL_TEXT_PX - 2)
        painter.setFont(font)
        painter.setPen(shade["text_2"])
        top = _GROOVE_Y + HANDLE
        if self._note:
            box = QRectF(0, top, self.width(), _TICKS_HEIGHT)
            text = painter.fontMetrics().elidedText(self._note, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            return
        for number, label in TICKS:
            # Shift the last label to keep it inside the widget.
            x = min(self._x(self.scale.position(number)), self.width() - 11.0)
            painter.drawText(QRectF(x - 20, top, 40, _TICKS_HEIGHT), Qt.AlignmentFlag.AlignCenter, label)

    # ------------------------------------------------------------- for screen readers

    def _refresh_spoken(self) -> None:
        spoken = f"{self._quantity:.3g}"
        if spoken != self._spoken:
            self._spoken = spoken
            self.setAccessibleDescription(spoken)

    @Slot()
    def _repaint(self) -> None:
        self.update()
