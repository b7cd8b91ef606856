"""A row of buttons of which one is checked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from latent_explorer.appearance.theme import SMALL_TEXT_PX


class Segments(QWidget):
    """Chooses one of several keys. Left and right move the choice.

    Signals:
        chosen(str): another key was chosen by hand.
    """

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self.set_choices(choices)
        self._group.buttonClicked.connect(self._clicked)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these keys with their titles; the checked one is kept if it still exists."""
        for key in [key for key in self.buttons if key not in dict(choices)]:
            button = self.buttons.pop(key)
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for key, title in choices:
            if key not in self.buttons:
                self._add(key, title)
        if not any(button.isChecked() for button in self.buttons.values()):
            next(iter(self.buttons.values())).setChecked(True)

    def _add(self, key: str, title: str) -> None:
        button = QPushButton(title)
        button.setObjectName(f"segment_{key}")
        button.setAccessibleName(f"{self.accessibleName()}: {title}")
        button.setCheckable(True)
        font = button.font()
        font.setPixelSize(SMALL_TEXT_PX)
        button.setFont(font)
        self._group.addButton(button)
        self.buttons[key] = button
        self._row.addWidget(button)

    @property
    def key(self) -> str:
        """The checked key."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose `key`, as a click would."""
        self.buttons[key].click()

    @Slot()
    def _clicked(self) -> None:
        self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = [key for key, button in self.buttons.items() if button.isEnabled()]
        key = keys[(keys.index(self.key) + step) % len(keys)]
        self.choose(key)
        self.buttons[key].setFocus()
