"""Throttled redrawing: many changes cause few repaints, and none while the widget is hidden."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from latent_explorer.core.hand import hand


class RedrawThrottle(QObject):
    """Calls `redraw` after `touch`, at most once every `interval` milliseconds and only while `widget` is visible.

    `aside`: interval while the user drags on a map, for widgets that do not follow the drag; None: as usual.

    The first touch after a pause redraws in the next iteration of the event loop. Changes while the widget is
    hidden are drawn when it is shown again.
    """

    def __init__(
        self, widget: QWidget, redraw: Callable[[], None], interval: int = 100, aside: int | None = None
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._redraw = redraw
        self._interval, self._aside = interval, interval if aside is None else aside
        self._last = 0.0
        self.dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @Slot()
    def touch(self) -> None:
        """Report a change."""
        self.dirty = True
        if self._widget.isVisible() and not self._timer.isActive():
            rested = 1e3 * (time.monotonic() - self._last)
            interval = self._aside if hand().moves else self._interval
            self._timer.start(max(0, round(interval - rested)))

    @Slot()
    def flush(self) -> None:
        """Redraw now if there was a change."""
        if self.dirty and self._widget.isVisible():
            self.dirty = False
            self._last = time.monotonic()
            self._redraw()

    def catch_up(self) -> None:
        """Redraw pending changes; call it in the widget's `showEvent`."""
        if self.dirty:
            # In showEvent `isVisible` may still be False on some platforms; it is True in the next iteration.
            self._timer.start(0)
