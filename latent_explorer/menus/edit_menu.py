"""The Edit menu: undo, redo, copying maps, finding a command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from latent_explorer.core.tools import ToolStates
from latent_explorer.words.plain_text import menu_text


class EditMenu(QMenu):
    """Undo and redo go to the text field that has the focus, if there is one with something to undo.

    `find_command` opens the command palette, `find_image` the search for an image.
    """

    def __init__(
        self,
        tools: ToolStates,
        find_command: Callable[[], None],
        find_image: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Edit"))
        self.setObjectName("edit-menu")
        self._state = tools.undo
        self.undo = self.addAction(self.tr("&Undo"))
        self.undo.setObjectName("undo")
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.undo.triggered.connect(self._undo)
        self.redo = self.addAction(self.tr("&Redo"))
        self.redo.setObjectName("redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.redo.triggered.connect(self._redo)
        self.addSeparator()
        for what, name, text in (
            ("map0", "copy-left-map", self.tr("Copy &left map")),
            ("map1", "copy-right-map", self.tr("Copy ri&ght map")),
            ("panes", "copy-panes", self.tr("&Copy both panes")),
        ):
            action = self.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, what=what: tools.exports.copy_wanted.emit(what))
        self._after_copies = self.addSeparator()
        self.find_action = self.addAction(self.tr("Find &image…"))
        self.find_action.setObjectName("find-image")
        self.find_action.setShortcut(QKeySequence.StandardKey.Find)
        self.find_action.triggered.connect(lambda: find_image())
        self.palette_action = self.addAction(self.tr("Find a co&mmand…"))
        self.palette_action.setObjectName("find-command")
        self.palette_action.setShortcut(QKeySequence("Ctrl+Shift+P"))
        self.palette_action.triggered.connect(lambda: find_command())
        self._state.changed.connect(self._refresh)
        self.aboutToShow.connect(self._refresh)
        # The focus is checked when the menu opens; a text field handles keys before this menu.
        self.aboutToHide.connect(self._refresh)
        self._refresh()

    def offer(self, action: QAction) -> None:
        """Add a tool's action to this menu."""
        self.insertAction(self._after_copies, action)

    @Slot()
    def _undo(self) -> None:
        field = _text_field()
        if field is not None and field.isUndoAvailable():
            field.undo()
        else:
            self._state.undo_requested.emit()

    @Slot()
    def _redo(self) -> None:
        field = _text_field()
        if field is not None and field.isRedoAvailable():
            field.redo()
        else:
            self._state.redo_requested.emit()

    @Slot()
    def _refresh(self) -> None:
        state, field = self._state, _text_field()
        typed = field is not None and field.isUndoAvailable()
        untyped = field is not None and field.isRedoAvailable()
        self.undo.setEnabled(state.can_undo or typed)
        self.redo.setEnabled(state.can_redo or untyped)
        undo = self.tr("Typing") if typed else state.undo_text
        redo = self.tr("Typing") if untyped else state.redo_text
        self.undo.setText(self.tr("&Undo {what}").format(what=menu_text(undo)).rstrip())
        self.redo.setText(self.tr("&Redo {what}").format(what=menu_text(redo)).rstrip())


def _text_field() -> QLineEdit | None:
    focus = QApplication.focusWidget()
    return focus if isinstance(focus, QLineEdit) else None
