"""A slider whose handle comes to where its groove is pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider


class JumpSlider(QSlider):
    """A horizontal slider on which a press beside the handle does not move by a page, but takes the handle there.

    The press then holds the handle, as if it had been pressed itself.
    """

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
