"""A logarithmic slider from 0 to 100 with detents at its labelled numbers."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.controls.drag_slider import DragSlider, draw_groove
from latent_explorer.controls.log_scale import LogScale

TICKS = ((0.0, "0"), (0.1, "0.1"), (1.0, "1"), (10.0, "10"), (100.0, "100"))
#: Maximum distance at which a drag snaps to a labelled number: in px, and as a share of a decade's length.
MAGNET = 7
_MAGNET_SHARE = 0.2
HANDLE = 8
_GROOVE_Y = 14
_TICKS_HEIGHT = 14


class LogSlider(DragSlider):
    """A slider for a `quantity`: 0, or 0.01 to 100 on a logarithmic scale.

    Arrow keys move by a twentieth of a decade and stop at labelled numbers, Page Up and Page Down move to the next
    of these, Home to 0, End to the maximum. A quantity set by program is kept exactly, also outside the scale,
    where the handle stays at the end.

    Signals:
        quantity_changed(float): the user chose another quantity; not emitted by `set_quantity`.
    """

    quantity_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None, scale: LogScale | None = None) -> None:
        super().__init__(parent)
        self.scale = scale or LogScale()
        self.setRange(0, self.scale.steps)
        self.setSingleStep(self.scale.per_decade // 20)
        self.setPageStep(self.scale.per_decade)
        self.setMouseTracking(True)
        self._quantity = 0.0
        self._note = self._acting_note = ""
        self._acting: float | None = None
        self._accented = True
        self._spoken = ""
        self._refresh_spoken()

    def quantity(self) -> float:
        """The current quantity."""
        return self._quantity

    def set_quantity(self, quantity: float) -> None:
        """Show `quantity` (not negative) without emitting `quantity_changed`."""
        if quantity == self._quantity:
            return
        self._quantity = quantity
        self.put_value(self.scale.position(quantity))
        self._refresh_spoken()

    def set_note(self, note: str) -> None:
        """Show a short text instead of the numbers under the groove, without accent; "" shows the numbers."""
        if note != self._note:
            self._note = note
            self._accented = not note
            self.update()

    def set_acting(self, acting: float | None, note: str = "") -> None:
        """Mark the applied quantity while it grows to the one that is set, with `note` instead of the
        numbers; None for none."""
        if (acting, note) != (self._acting, self._acting_note):
            self._acting, self._acting_note = acting, note
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(236, _GROOVE_Y + HANDLE + _TICKS_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(110, _GROOVE_Y + HANDLE + _TICKS_HEIGHT)

    # ------------------------------------------------------------- input

    def drag_to(self, x: float) -> None:
        self._choose(self._position_at(x))

    def wheel_by(self, notches: int) -> None:
        self._step(notches * self.singleStep())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.value()
        rightwards = -1 if self.isRightToLeft() else 1
        step = {
            Qt.Key.Key_Left: -rightwards,
            Qt.Key.Key_Right: rightwards,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_Up: 1,
        }.get(Qt.Key(key))
        labelled = self._labelled()
        if step is not None:
            self._step(step * self.singleStep())
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

    def _labelled(self) -> list[int]:
        return [self.scale.position(number) for number, _ in TICKS]

    def _step(self, by: int) -> None:
        """Move by `by` positions, but not past a labelled number."""
        here, there = self.value(), self.value() + by
        passed = [place for place in self._labelled() if min(here, there) < place < max(here, there)]
        self._choose(min(passed, key=lambda place: abs(place - here), default=there))

    def _choose(self, position: int) -> None:
        quantity = self.scale.value(position)
        if quantity == self._quantity:
            return
        self.set_quantity(quantity)
        self.quantity_changed.emit(quantity)

    def _position_at(self, x: float) -> int:
        left, right = self._ends()
        reach = min(MAGNET, _MAGNET_SHARE * (self._x(self.scale.per_decade) - left))
        for place in self._labelled():
            if abs(x - self._x(place)) <= reach:
                return place
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
            here = self._x(self.value())
            draw_groove(painter, _GROOVE_Y, self._ends(), here, shade["line"], accent)
            painter.setBrush(shade["text_3"])
            for number, _ in TICKS:
                x = self._x(self.scale.position(number))
                stop = 2.0 if number in (0.0, 1.0) else 1.0
                painter.drawRoundedRect(QRectF(x - stop / 2, _GROOVE_Y + 5, stop, 4), stop / 2, stop / 2)
            if self._acting is not None:
                x = self._x(self.scale.position(self._acting))
                painter.setBrush(shade["text"])
                painter.drawRoundedRect(QRectF(x - 1, _GROOVE_Y - 6, 2, 12), 1, 1)
            radius = HANDLE - (0.9 if self.isSliderDown() else 1.5)
            self.draw_handle(painter, QPointF(here, _GROOVE_Y), radius, QPen(accent, 2.5), shade["text"])
            self._draw_ticks(painter, shade)

    def _draw_ticks(self, painter: QPainter, shade: dict[str, QColor]) -> None:
        font = tabular(QFont(self.font()))
        font.setPixelSize(SMALL_TEXT_PX - 2)
        painter.setFont(font)
        painter.setPen(shade["text_2"])
        top = _GROOVE_Y + HANDLE
        note = self._note or self._acting_note
        if note:
            box = QRectF(0, top, self.width(), _TICKS_HEIGHT)
            text = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, self.width())
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
