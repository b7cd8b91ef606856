"""Scrolls focused widgets into view."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

#: Pixels left free around it.
_FREE = 6


class InSight(QObject):
    """Qt does so for Tab inside a scroll area, but not when the focus enters from outside or by shortcut."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self._window:
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return  # a clicked widget is visible, and must not move under the pointer
        above = now.parentWidget()
        while above is not None:
            # For a widget larger than the area no part is preferred.
            if isinstance(above, QScrollArea) and now.height() <= above.viewport().height():
                above.ensureWidgetVisible(now, _FREE, _FREE)
            above = above.parentWidget()
