"""A button whose menu is filled when it opens, so that it always shows the present state."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX
from latent_explorer.words.plain_text import menu_text


def empty_menu(menu: QMenu) -> None:
    """Destroy the contents of a menu: its actions and action groups."""
    menu.clear()
    for group in menu.findChildren(QActionGroup):
        group.deleteLater()


class MenuButton(QToolButton):
    """Shows the present choice. Subclasses fill the menu in `fill_menu`, which is called each time it opens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        # Keyboard focus only, so that a click leaves no focus ring.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("dense", True)
        font = self.font()
        font.setPixelSize(SMALL_TEXT_PX)
        self.setFont(font)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_shown = QMenu(self)
        self.menu_shown.setToolTipsVisible(True)
        self.menu_shown.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_shown)

    def set_name(self, name: str) -> None:
        """Set the name of the choice, for tool tip and screen readers."""
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_text(self, text: str) -> None:
        """Set the text of the present choice."""
        if self.text() != menu_text(text):
            self.setText(menu_text(text))
            self.setAccessibleName(f"{self._name}: {text}" if text else self._name)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the choices."""
        raise NotImplementedError

    @Slot()
    def _fill(self) -> None:
        empty_menu(self.menu_shown)
        self.fill_menu(self.menu_shown)

    @Slot()
    def open_menu(self) -> None:
        """Open the menu under the button, without a nested event loop."""
        self.menu_shown.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Qt's default runs a nested event loop until the menu closes.
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_menu()
        else:
            super().mousePressEvent(event)
