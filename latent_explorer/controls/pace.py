"""Redrawing at most so often: many changes, few repaints, none while nobody looks."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget


class Pace(QObject):
    """Calls `redraw` after `touch`, at most every `interval` milliseconds and only while `widget` is visible.

    The first touch after a rest is served at the next turn of the event loop. What was touched while hidden is
    drawn when the widget is shown again.
    """

    def __init__(self, widget: QWidget, redraw: Callable[[], None], interval: int = 100) -> None:
        super().__init__(widget)
        self._widget = widget
        self._redraw = redraw
        self._interval = interval
        self._last = 0.0
        self.dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @Slot()
    def touch(self) -> None:
        """Something changed."""
        self.dirty = True
        if self._widget.isVisible() and not self._timer.isActive():
            rested = 1e3 * (time.monotonic() - self._last)
            self._timer.start(max(0, round(self._interval - rested)))

    @Slot()
    def flush(self) -> None:
        """Draw now if anything changed."""
        if self.dirty and self._widget.isVisible():
            self.dirty = False
            self._last = time.monotonic()
            self._redraw()

    def catch_up(self) -> None:
        """The widget appeared (call this in its `showEvent`)."""
        if self.dirty:
            # At Show the widget does not call itself visible yet everywhere; one turn later it does.
            self._timer.start(0)
