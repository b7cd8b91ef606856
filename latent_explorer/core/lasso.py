"""Who takes what the next lasso on a map is drawn round: one tool at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class LassoState(QObject):
    """Attributes: `taker` is the name of the tool that takes it, "" while a drag moves the cursor.

    Signals:
        changed: `taker` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.taker = ""

    def take(self, name: str) -> None:
        """The tool of this name takes it; the former one no more."""
        if name != self.taker:
            self.taker = name
            self.changed.emit()

    def leave(self, name: str) -> None:
        """The tool of this name takes it no more."""
        if self.taker == name:
            self.take("")
