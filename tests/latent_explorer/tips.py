"""Asks a widget for its tool tip, as the application does where the pointer rests."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget

from latent_explorer.controls.tool_tips import TipApplication


def ask_tip(widget: QWidget, place: QPoint | None = None) -> bool:
    """Ask at `place` (px of the widget), or in its middle; whether a tip is shown there."""
    place = place or widget.rect().center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    application = QApplication.instance()
    assert isinstance(application, TipApplication)
    with application.asking():
        return QApplication.sendEvent(widget, event) and event.isAccepted()
