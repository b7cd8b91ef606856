"""Mouse events through the queue, as those of a real mouse come."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


def send_dragging(widget: QWidget, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
    """Post an event at `place` of `widget` with the left button down."""
    plain = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, place, widget.mapToGlobal(place), button, Qt.MouseButton.LeftButton, plain)
    QApplication.postEvent(widget, event)
