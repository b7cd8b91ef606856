"""The base of popups with a search field and a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QWidget


class SearchPopup(QFrame):
    """The user types in `field`; arrow keys move in `list`, Enter accepts, Esc or a click outside closes.

    Attributes:
        WIDTH, ROW, ROWS: width and height of a row in px, and number of visible rows.
    """

    WIDTH, ROW, ROWS = 560, 30, 11

    field: QLineEdit
    list: QListView

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_over(self, window: QWidget) -> None:
        """Show it at the top centre of `window`."""
        width = min(self.WIDTH, window.width() - 40)
        corner = window.mapToGlobal(QPoint((window.width() - width) // 2, 56))
        self.setGeometry(QRect(corner, QSize(width, min(self.ROW * self.ROWS + 62, window.height() - 80))))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def take(self) -> None:
        """Accept the current row of the list."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the list's keys while the field has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, rows = event.key(), self.list.model()
            count = rows.rowCount()
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: self.ROWS - 1,
                Qt.Key.Key_PageUp: 1 - self.ROWS,
            }
            if key in steps and count:
                step = steps[Qt.Key(key)]
                place = self.list.currentIndex().row() + step
                place = place % count if abs(step) == 1 else min(max(place, 0), count - 1)
                self.list.setCurrentIndex(rows.index(place, 0))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)
