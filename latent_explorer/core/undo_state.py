"""The texts of Undo and Redo for menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class UndoState(QObject):
    """The names of the next undo and redo; "" where there is none. Setting equal values emits nothing.

    Signals:
        changed: `undo_text` or `redo_text` changed.
        undo_requested, redo_requested: requests by the user.
    """

    changed = Signal()
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_text = ""
        self.redo_text = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self.undo_text)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to redo."""
        return bool(self.redo_text)

    def set_texts(self, undo: str, redo: str) -> None:
        """The names of the next undo and redo."""
        if (undo, redo) != (self.undo_text, self.redo_text):
            self.undo_text, self.redo_text = undo, redo
            self.changed.emit()
