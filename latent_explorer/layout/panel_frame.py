"""The frame of a tool's panel: redraws after being hidden, and reports its visibility to the tool's state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from latent_explorer.controls.focus_ring import paint_focus_ring
from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.panel_state import PanelState


class PanelFrame(QFrame):
    """A frame called `name`. `state`: receives its visibility; None for a tool that does not need it."""

    def __init__(self, name: str, state: PanelState | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self._shown_in = state
        self._first: QWidget = self
        self._throttles: list[RedrawThrottle] = []

    def set_first(self, widget: QWidget) -> None:
        """Set the widget that gets the focus when the panel is opened by key.

        Not a focus proxy: Tab would go to the proxy and skip widgets before it.
        """
        self._first = widget

    def enter(self) -> None:
        """Move the focus into the panel."""
        self.first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def first(self) -> QWidget:
        """The widget that gets the focus when the panel is opened by key; the frame while that is hidden."""
        return self._first if self._first.isVisibleTo(self) else self

    def throttle(self, redraw: Callable[[], None], interval: int) -> RedrawThrottle:
        """A throttle for `redraw` (ms between two calls), which catches up when the panel is shown."""
        self._throttles.append(RedrawThrottle(self, redraw, interval))
        return self._throttles[-1]

    def leave_state(self) -> None:
        """Disconnect from the state, because another frame replaces this one."""
        self._shown_in = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            paint_focus_ring(self, painter)

    def showEvent(self, event: QShowEvent) -> None:
        if self._shown_in is not None:
            self._shown_in.set_shown(True)
        for throttle in self._throttles:
            throttle.catch_up()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._shown_in is not None:
            self._shown_in.set_shown(False)
        super().hideEvent(event)
