"""A label for plain text: `QLabel` would interpret "<b>" as markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A `QLabel` of plain text."""

    def __init__(self, text: str | QWidget | None = None, parent: QWidget | None = None) -> None:
        """As for `QLabel`: text and parent, or the parent only."""
        super().__init__(text if isinstance(text, QWidget) else parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(text, str):
            self.setText(text)
