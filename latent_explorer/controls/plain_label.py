"""A label that shows the letters it is given: Qt's own takes "<b>" for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A `QLabel` of plain text."""

    def __init__(self, text: str | QWidget | None = None, parent: QWidget | None = None) -> None:
        """Like a `QLabel`: text and parent, or the parent alone."""
        super().__init__(text if isinstance(text, QWidget) else parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(text, str):
            self.setText(text)
