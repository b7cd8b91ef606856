"""A slider whose handle jumps to the position of a click."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from latent_explorer.controls.wheel_guard import WheelGuard


class JumpSlider(QSlider):
    """A horizontal slider on which a press beside the handle moves the handle there instead of by a page.

    The press then drags the handle.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        WheelGuard(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            part = QStyle.SubControl
            control = QStyle.ComplexControl.CC_Slider
            handle = self.style().subControlRect(control, option, part.SC_SliderHandle, self)
            if not handle.contains(event.position().toPoint()):
                groove = self.style().subControlRect(control, option, part.SC_SliderGroove, self)
                room = max(groove.width() - handle.width(), 1)
                place = round(event.position().x() - groove.left() - handle.width() / 2)
                self.setValue(
                    QStyle.sliderValueFromPosition(
                        self.minimum(), self.maximum(), min(max(place, 0), room), room, option.upsideDown
                    )
                )
        super().mousePressEvent(event)
