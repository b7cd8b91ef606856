"""The base of sliders that paint themselves: the handle jumps to a press and follows the drag."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.wheel_guard import WheelGuard

_NOTCH = 120


class DragSlider(QSlider):
    """A horizontal slider. Subclasses choose a value in `drag_to` and `wheel_by`, and paint it.

    It derives from `QSlider`, whose value is the position, so that screen readers recognise a slider.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._wheel = 0
        WheelGuard(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def drag_to(self, x: float) -> None:
        """Choose the value at pixel `x`."""
        raise NotImplementedError

    def wheel_by(self, notches: int) -> None:
        """Change the value by `notches` of the wheel."""
        raise NotImplementedError

    def put_value(self, value: int) -> None:
        """Set the value without a signal."""
        was = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(was)
        self.update()

    # ------------------------------------------------------------ input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.drag_to(event.position().x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.drag_to(event.position().x())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Touchpads send fractions of a notch, which are accumulated.
        self._wheel += event.angleDelta().y() or event.angleDelta().x()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        if notches:
            self.wheel_by(notches)
        event.accept()

    # ------------------------------------------------------------ drawing

    def draw_handle(
        self, painter: QPainter, here: QPointF, radius: float, line: QPen, fill: QColor, gap: float = 4.0
    ) -> None:
        """Draw a round handle, with a ring at a distance `gap` while the slider has the focus."""
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours(theme().tokens)["focus"]), gap / 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(here, radius + gap, radius + gap)
        painter.setPen(line)
        painter.setBrush(fill)
        painter.drawEllipse(here, radius, radius)


def draw_groove(
    painter: QPainter, middle: float, ends: tuple[float, float], here: float, line: QColor, done: QColor
) -> None:
    """Draw a groove between the pixels `ends`, in the colour `done` up to `here`."""
    left, right = ends
    painter.setPen(Qt.PenStyle.NoPen)
    for colour, end in ((line, right), (done, here)):
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, middle - 2, end - left, 4), 2, 2)
