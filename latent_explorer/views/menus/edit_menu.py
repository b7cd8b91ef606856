"""The Edit menu: undo, redo, finding a command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.state.tools import ToolStates


class EditMenu(QMenu):
    """`find_command` opens the command palette."""

    def __init__(self, tools: ToolStates, find_command: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Edit"))
        self.setObjectName("edit-menu")
        self._state = tools.undo
        self.undo = self.addAction(self.tr("&Undo"))
        self.undo.setObjectName("undo")
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.undo.triggered.connect(lambda: self._state.undo_requested.emit())
        self.redo = self.addAction(self.tr("&Redo"))
        self.redo.setObjectName("redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.redo.triggered.connect(lambda: self._state.redo_requested.emit())
        self.addSeparator()
        self.palette_action = self.addAction(self.tr("Find a &command…"))
        self.palette_action.setObjectName("find-command")
        self.palette_action.setShortcut(QKeySequence("Ctrl+Shift+P"))
        self.palette_action.triggered.connect(lambda: find_command())
        self._state.changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        state = self._state
        self.undo.setEnabled(state.can_undo)
        self.redo.setEnabled(state.can_redo)
        self.undo.setText(self.tr("&Undo {what}").format(what=state.undo_text).rstrip())
        self.redo.setText(self.tr("&Redo {what}").format(what=state.redo_text).rstrip())
