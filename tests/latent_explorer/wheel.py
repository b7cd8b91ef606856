"""A turn of the mouse's wheel, or a move on a touchpad, as the system sends it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


def turn_wheel(widget: QWidget, place: QPointF, angle: int = 0, pixels: int = 0) -> QWheelEvent:
    """Send a turn by `angle` (120 a notch), or `pixels` of a touchpad, at `place`; gives the event."""
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event
