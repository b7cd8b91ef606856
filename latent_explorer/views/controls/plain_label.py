"""A label that shows the letters it is given: Qt's own takes "<b>" for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A `QLabel` of plain text."""

    def __init__(self, text: str | QWidget | None = None, parent: QWidget | None = None) -> None:
        """Like a `QLabel`: text and parent, or the parent alone."""
        if isinstance(text, QWidget):
            text, parent = "", text
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text or "")
