"""A slider over the steps of a run that stops at its kept moments and, at its right end, at the present."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import SMALL_TEXT_PX, tabular, theme
from latent_explorer.controls.drag_slider import DragSlider, draw_groove
from latent_explorer.words.figures import count

_GROOVE_Y, _HANDLE = 24, 8
_TICK_TOP, _TICK_HEIGHT = 36, 7
_LABELS_HEIGHT = 16
#: Minimum distance of two labels in px.
_APART = 16
#: Within this many px of the right end a click selects the present.
_MAGNET = 10


class MomentSlider(DragSlider):
    """Chooses the index of a moment; the number of moments stands for the present.

    Steps are on a logarithmic scale from the first moment to the present, like moments. Arrows move from
    moment to moment, Page Up and Page Down by ten, Home to the first, End to the present.

    Signals:
        chosen(int): the user chose another index.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[int, ...] = ()
        self._present = 0
        self.setObjectName("momentSlider")
        self.setRange(0, 0)

    def show_moments(self, steps: tuple[int, ...], present: int, place: int) -> None:
        """Moments at `steps` (ascending), the present step, and the index chosen."""
        if (steps, present, place) == (self._steps, self._present, self.value()):
            return
        self._steps, self._present = steps, max(present, steps[-1] if steps else 0)
        was = self.blockSignals(True)
        self.setRange(0, len(steps))
        self.blockSignals(was)
        self.put_value(place)

    def sizeHint(self) -> QSize:
        return QSize(480, _TICK_TOP + _TICK_HEIGHT + _LABELS_HEIGHT + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def x_of(self, place: int) -> float:
        """The x of the index `place`, in px."""
        _, right = self._ends()
        return right if place >= len(self._steps) else self._x_of_step(self._steps[place])

    def _x_of_step(self, step: int) -> float:
        left, right = self._ends()
        first, last = math.log1p(self._steps[0]), math.log1p(self._present)
        return left + (right - left) * (math.log1p(step) - first) / max(last - first, 1e-9)

    # ------------------------------------------------------------ input

    def drag_to(self, x: float) -> None:
        self._choose(self._place_at(x))

    def wheel_by(self, notches: int) -> None:
        self._choose(self.value() + notches)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Down: -1, keys.Key_Up: 1}
        by |= {keys.Key_PageUp: 10, keys.Key_PageDown: -10}
        to = {keys.Key_Home: 0, keys.Key_End: self.maximum()}
        key = Qt.Key(event.key())
        if key not in by and key not in to:
            super().keyPressEvent(event)
            return
        self._choose(to.get(key, self.value() + by.get(key, 0)))
        event.accept()

    def _choose(self, place: int) -> None:
        place = min(max(place, 0), self.maximum())
        if place != self.value():
            self.put_value(place)
            self.chosen.emit(place)

    def _place_at(self, x: float) -> int:
        _, right = self._ends()
        if not self._steps or x >= right - _MAGNET:
            return len(self._steps)
        return min(range(len(self._steps)), key=lambda place: abs(self.x_of(place) - x))

    # ------------------------------------------------------------ drawing

    def _ends(self) -> tuple[float, float]:
        return _HANDLE + 3.0, max(self.width() - _HANDLE - 3.0, _HANDLE + 4.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = {name: QColor(colour) for name, colour in colours(theme().tokens).items()}
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            here = self.x_of(self.value())
            draw_groove(painter, _GROOVE_Y, self._ends(), here, shade["line"], shade["text_2"])
            for place in range(len(self._steps)):
                chosen = place == self.value()
                painter.setBrush(shade["text"] if chosen else shade["text_3"])
                wide = 2.0 if chosen else 1.0
                painter.drawRect(QRectF(self.x_of(place) - wide / 2, _TICK_TOP, wide, _TICK_HEIGHT))
            if self.isEnabled():
                # Filled at the present, hollow in the past.
                fill = shade["text" if self.value() >= len(self._steps) else "panel"]
                line = QPen(shade["text"], 2.5)
                self.draw_handle(painter, QPointF(here, _GROOVE_Y), _HANDLE - 1.5, line, fill)
            self._draw_labels(painter, shade)

    def _draw_labels(self, painter: QPainter, shade: dict[str, QColor]) -> None:
        if not self._steps:
            return
        font = tabular(QFont(self.font()))
        font.setPixelSize(SMALL_TEXT_PX)
        painter.setFont(font)
        painter.setPen(shade["text_2"])
        area = QRectF(2, _TICK_TOP + _TICK_HEIGHT, self.width() - 4, _LABELS_HEIGHT)
        flags = Qt.AlignmentFlag.AlignBottom
        first = self.tr("step {0}").format(count(self._steps[0]))
        painter.drawText(area, flags | Qt.AlignmentFlag.AlignLeft, first)
        now = self.tr("now: step {0}").format(count(self._present))
        painter.drawText(area, flags | Qt.AlignmentFlag.AlignRight, now)
        # Powers of ten in between if there is room, as the scale differs from that of the loss curves.
        metrics = painter.fontMetrics()
        free = area.left() + metrics.horizontalAdvance(first) + _APART
        end = area.right() - metrics.horizontalAdvance(now) - _APART
        for power in range(len(str(self._present))):
            text, step = count(10**power), 10**power
            if not self._steps[0] < step < self._present:
                continue
            wide = metrics.horizontalAdvance(text)
            x = self._x_of_step(step) - wide / 2
            if free <= x <= end - wide:
                painter.drawText(QRectF(x, area.top(), wide + 1, area.height()), flags, text)
                free = x + wide + _APART
