"""The sheet of keyboard and mouse shortcuts. Menu shortcuts are read from the menus, so that they are always
consistent.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QMainWindow,
    QScrollArea,
    QWidget,
)

from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.tool import Tool
from latent_explorer.dialogs.ask_dialog import column_of, show_until_closed
from latent_explorer.words.plain_text import shown_text

Group = tuple[str, tuple[tuple[str, str], ...]]


def menu_groups(window: QWidget | None) -> tuple[Group, ...]:
    """One group per menu of `window`: (menu title, ((keys, action), ...)), only actions with a shortcut."""
    if not isinstance(window, QMainWindow):
        return ()
    groups = []
    for action in window.menuBar().actions():
        lines = tuple(_lines(action))
        if lines:
            groups.append((shown_text(action.text()).rstrip("…"), lines))
    return tuple(groups)


def gesture_groups(tools: Sequence[Tool]) -> tuple[Group, ...]:
    """The gestures and keys of maps, controls and `tools` that are in no menu."""
    gestures = [gesture for tool in tools for gesture in tool.gestures()]
    translate = QCoreApplication.translate
    return (
        (
            translate("shortcuts", "Latent map"),
            (
                (
                    translate("shortcuts", "Drag"),
                    translate("shortcuts", "Move the cursor; the decoded image follows"),
                ),
                (translate("shortcuts", "Arrows"), translate("shortcuts", "Move the cursor")),
                (translate("shortcuts", "Shift + arrows"), translate("shortcuts", "Ten times as far")),
                (translate("shortcuts", "Home"), translate("shortcuts", "Cursor to the origin")),
                (
                    translate("shortcuts", "Click, Enter"),
                    translate("shortcuts", "Pick the nearest image; hidden dimensions are held at it"),
                ),
                (translate("shortcuts", "Esc"), translate("shortcuts", "Let go of the picked image")),
                (translate("shortcuts", "Wheel"), translate("shortcuts", "Zoom at the pointer")),
                ("+, −", translate("shortcuts", "Zoom at the centre")),
                (
                    translate("shortcuts", "Right drag, Space + drag"),
                    translate("shortcuts", "Move the view"),
                ),
                (
                    translate("shortcuts", "Ctrl + arrows"),
                    translate("shortcuts", "Move the view; with Shift ten times as far"),
                ),
                ("F", translate("shortcuts", "Show all points")),
                (
                    translate("shortcuts", "Right click, Menu key, Shift + F10"),
                    translate("shortcuts", "Zoom, copy or save the map"),
                ),
                *((one.keys, one.what) for one in gestures if one.place == "map"),
            ),
        ),
        (
            translate("shortcuts", "Tools and panels"),
            (
                (
                    translate("shortcuts", "Tab, Shift + Tab"),
                    translate("shortcuts", "To the next control, to the one before"),
                ),
                (
                    translate("shortcuts", "Space, Enter on a button"),
                    translate("shortcuts", "Press it"),
                ),
                (
                    translate("shortcuts", "Arrows on a film strip or slider"),
                    translate("shortcuts", "One frame, step or moment on or back"),
                ),
                (
                    translate("shortcuts", "Space, Enter on a class"),
                    translate("shortcuts", "Hide or show it; show it alone"),
                ),
                (
                    translate("shortcuts", "Arrows on the loss curves"),
                    translate("shortcuts", "Read their values. + and − zoom, Home shows all"),
                ),
                *((one.keys, one.what) for one in gestures if one.place == "panels"),
            ),
        ),
        (
            translate("shortcuts", "β and numbers"),
            (
                (translate("shortcuts", "Arrows"), translate("shortcuts", "β by a twentieth of a decade")),
                (
                    translate("shortcuts", "Page Up, Page Down"),
                    translate("shortcuts", "β to the next labelled number"),
                ),
                (translate("shortcuts", "Home, End"), translate("shortcuts", "β to 0, to 100")),
                (translate("shortcuts", "Enter, Esc"), translate("shortcuts", "Take a typed number, give it up")),
            ),
        ),
    )


class ShortcutsDialog(QDialog):
    """Shows all groups in two columns."""

    def __init__(self, groups: tuple[Group, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts")
        self.setWindowTitle(self.tr("Keyboard and mouse"))
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        row = 0
        for title, lines in groups:
            heading = PlainLabel(title, body)
            heading.setProperty("role", "title")
            if row:
                grid.setRowMinimumHeight(row, 12)
                row += 1
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            for keys, what in lines:
                label = PlainLabel(keys, body)
                label.setWordWrap(True)
                label.setProperty("role", "field-name")
                meaning = PlainLabel(what, body)
                meaning.setWordWrap(True)
                grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(meaning, row, 1)
                row += 1
        grid.setRowStretch(row, 1)
        area = QScrollArea(self)
        area.setObjectName("shortcuts-list")
        area.setAccessibleName(self.windowTitle())
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(body)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("shortcuts-close")
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = column_of(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(640, 600)


def show_shortcuts(tools: Sequence[Tool], parent: QWidget | None) -> None:
    """Show the shortcuts of the window of `parent` until the dialog is closed."""
    window = parent.window() if parent is not None else None
    show_until_closed(ShortcutsDialog((*gesture_groups(tools), *menu_groups(window)), parent))


def _lines(action: QAction) -> list[tuple[str, str]]:
    # Typed as object in PySide6's stubs; it is a QMenu or None.
    menu = action.menu()
    if menu is not None:
        return [line for inner in menu.actions() for line in _lines(inner)]  # type: ignore[attr-defined]
    keys = action.shortcut()
    if keys.isEmpty():
        return []
    return [(keys.toString(QKeySequence.SequenceFormat.NativeText), shown_text(action.text()).rstrip("…"))]
