"""Which tool receives the next lasso drawn on a map: one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class LassoState(QObject):
    """Attributes: `taker` is the name of the tool that receives it, "" while a drag moves the cursor.

    Signals:
        changed: `taker` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.taker = ""

    def take(self, name: str) -> None:
        """Make this tool the receiver, instead of the previous one."""
        if name != self.taker:
            self.taker = name
            self.changed.emit()

    def leave(self, name: str) -> None:
        """This tool is no longer the receiver."""
        if self.taker == name:
            self.take("")
