"""The base of dialogs that ask for something: parts in a column over buttons that accept and cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from latent_explorer.controls.number_field import NumberField

Answer = TypeVar("Answer")


def column_of(dialog: QDialog) -> QVBoxLayout:
    """The layout of a dialog: a column with the margins that all dialogs have."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 18, 20, 16)
    column.setSpacing(12)
    return column


class AskDialog(QDialog):
    """Subclasses set the title, fill `column` and end it with `add_buttons`."""

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMinimumWidth(width)
        self.column = column_of(self)
        self._fields: tuple[NumberField, ...] = ()

    def add_buttons(
        self, accept: tuple[str, str], cancel: tuple[str, str], fields: tuple[NumberField, ...] = ()
    ) -> QPushButton:
        """Add the buttons, (text, object name) each; gives the first. Accepting commits `fields` before."""
        self._fields = fields
        buttons = QDialogButtonBox(self)
        roles = QDialogButtonBox.ButtonRole
        made = [buttons.addButton(accept[0], roles.AcceptRole), buttons.addButton(cancel[0], roles.RejectRole)]
        for button, (_, name) in zip(made, (accept, cancel), strict=True):
            button.setObjectName(name)
        made[0].setDefault(True)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)
        return made[0]

    @Slot()
    def _accept(self) -> None:
        for field in self._fields:
            if not field.commit():
                field.setFocus()
                return
        self.accept()


def answer_of(dialog: QDialog, answer: Callable[[], Answer]) -> Answer | None:
    """Show `dialog` until it is closed; returns `answer()`, or None if it was cancelled."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    found = answer() if accepted else None
    dialog.deleteLater()
    return found


def show_until_closed(dialog: QDialog) -> None:
    """Show a dialog that asks nothing."""
    dialog.exec()
    dialog.deleteLater()
