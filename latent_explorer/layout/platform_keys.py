"""Keys that work only on some systems, made to work on all."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlatformKeys(QObject):
    """Watches a window for keys that its focused control ignored.

    Enter presses the focused button, as Space does. Shift+F10 opens its menu, as the Menu key does, which many
    keyboards lack. After a dialog opened by key from the menu bar the focus returns to `home`: otherwise the bar
    would have it without a marked menu, and no key would leave it.
    """

    def __init__(self, window: QMainWindow, home: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window, self._home = window, home
        self._bar = window.menuBar()
        window.installEventFilter(self)
        self._bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        back = isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.ActiveWindowFocusReason
        if watched is self._bar and event.type() == QEvent.Type.FocusIn and back:
            QTimer.singleShot(0, self, self._leave_bar)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        held = QApplication.focusWidget()
        if held is None or held.window() is not self._window:
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and isinstance(held, QAbstractButton):
            if not event.isAutoRepeat():
                held.click()
            return True
        # Windows and macOS have their own keys for the menu.
        if (
            event.key() == Qt.Key.Key_F10
            and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            and sys.platform not in ("win32", "darwin")
        ):
            place = QPoint(held.width() // 2, held.height() // 2)
            reason = QContextMenuEvent.Reason.Keyboard
            QApplication.sendEvent(held, QContextMenuEvent(reason, place, held.mapToGlobal(place)))
            return True
        return False

    @Slot()
    def _leave_bar(self) -> None:
        if QApplication.focusWidget() is not self._bar or self._bar.activeAction() is not None:
            return
        if QApplication.activePopupWidget() is not None:
            return
        self._home().setFocus(Qt.FocusReason.OtherFocusReason)
