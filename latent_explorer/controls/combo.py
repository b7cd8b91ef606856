"""A combo box whose list looks like the program's menus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QWidget

from latent_explorer.controls.wheel_guard import WheelGuard


class Combo(QComboBox):
    """A combo box of choices with values; texts too long for the box appear in full in the list and tool tip."""

    def __init__(self, choices: tuple[tuple[str, object, str], ...], parent: QWidget | None = None) -> None:
        """`choices` are (text, value, tool tip)."""
        super().__init__(parent)
        WheelGuard(self)
        # Fusion's own delegate for combo box lists ignores style sheets.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for text, value, tip in choices:
            self.add_choice(text, value, tip)

    def add_choice(self, text: str, value: object, tip: str) -> None:
        """Append a choice."""
        self.addItem(text, value)
        self.setItemData(self.count() - 1, tip, int(Qt.ItemDataRole.ToolTipRole))

    def showPopup(self) -> None:
        # The list is as wide as its longest line, even if the box is narrower.
        widest = self.view().sizeHintForColumn(0) + 24
        view = self.view()
        view.setMinimumWidth(max(widest, self.width()))
        super().showPopup()
        self._uncover_last()

    def _uncover_last(self) -> None:
        """Enlarge the list to show all lines: Qt ignores the style sheet's padding and cuts off half a line."""
        view, popup, screen = self.view(), self.view().window(), self.screen()
        rows = min(self.count(), self.maxVisibleItems())
        lines = sum(view.sizeHintForRow(row) for row in range(rows))
        # The popup's margins above and below the list, and the list's own margins.
        around = 2 * view.y() + view.height() - view.viewport().height()
        if popup is self.window() or screen is None or lines <= view.viewport().height():
            return
        room = screen.availableGeometry()
        high = lines + around
        if high <= room.height():
            popup.setGeometry(popup.x(), min(popup.y(), room.bottom() + 1 - high), popup.width(), high)
            if rows == self.count():
                for arrow in popup.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                    arrow.setVisible(arrow is view)

    def choose(self, value: object) -> None:
        """Select the choice with this value."""
        self.setCurrentIndex(self.findData(value))
