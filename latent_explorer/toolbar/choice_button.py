"""A button that shows one of a few choices and offers the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget


class ChoiceButton(QToolButton):
    """Shows "prefix: choice". `choices` are (key, text in the menu, text on the button).

    Signals:
        chosen(str): the user picked this key; not emitted by `show_choice`.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: tuple[tuple[str, str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._short = {key: short for key, _, short in choices}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        group = QActionGroup(menu)
        self.actions_by_key = {}
        for key, text, _ in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setObjectName(key)
            action.triggered.connect(lambda _=False, key=key: self.chosen.emit(key))
            self.actions_by_key[key] = action
        self.setMenu(menu)

    def show_choice(self, key: str) -> None:
        """Show `key` as the present choice."""
        self.actions_by_key[key].setChecked(True)
        self.setText(self._short[key])
        self.setAccessibleName(f"{self._name}: {self.actions_by_key[key].text()}")
        self.setToolTip(f"{self._name}: {self.actions_by_key[key].text()}")
