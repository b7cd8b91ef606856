"""Text from people passes one place on its way into Qt, and comes out as the letters it is made of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox, QPushButton, QWidget

import latent_explorer
from latent_explorer.controls.combo import Combo
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.dialogs.questions import plain_box
from latent_explorer.dialogs.skipped_files import skipped_files_dialog
from latent_explorer.status.message_bar import MessageBar
from latent_explorer.words.plain_text import menu_text, shown_text, window_title

NAMES = ("a&b", "&amp;", "&lt;", "<b>x</b>", "<img src=x>", "R&D <i>x", "&&", "a & b", "(&S)", "<", "plain", "?")


@pytest.mark.parametrize("name", NAMES)
def test_a_menu_shows_a_name_as_it_is(qtbot, name):
    menu = QMenu()
    qtbot.addWidget(menu)
    action = QAction(menu_text(name), menu)
    # Without a tip of its own Qt gives the text as it shows it.
    assert action.toolTip() == name
    assert shown_text(menu_text(name)) == name
    button = QPushButton(menu_text(name))
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()


def test_a_tab_in_a_name_begins_no_shortcut(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    assert menu.addAction(menu_text("a\tCtrl+Q\nb")).toolTip() == "a Ctrl+Q b"


@pytest.mark.parametrize("name", NAMES)
def test_labels_and_questions_are_plain(qtbot, name):
    parent = QWidget()
    qtbot.addWidget(parent)
    for label in (PlainLabel(name, parent), PlainLabel(name), PlainLabel(parent)):
        qtbot.addWidget(label)
        label.setText(name)
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.text() == name
    box = plain_box(parent, "box", name)
    box.setText(name)
    box.setInformativeText(name)
    formats = {label.textFormat() for label in box.findChildren(QLabel) if label.text() == name}
    assert isinstance(box, QMessageBox)
    assert formats == {Qt.TextFormat.PlainText}


def test_a_title_bar_keeps_the_sign_of_unsaved_changes_that_a_name_holds(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    # Qt gives back what it was set to; two signs are its own way of writing one.
    widget.setWindowTitle(window_title("a[*]b"))
    assert widget.windowTitle() == "a[*][*]b"


@pytest.mark.parametrize("name", NAMES)
def test_combo_and_list_of_files(qtbot, name):
    combo = Combo(((name, 1, name),))
    qtbot.addWidget(combo)
    assert combo.itemText(0) == name
    assert combo.itemData(0, Qt.ItemDataRole.ToolTipRole) == name
    dialog = skipped_files_dialog(name, ((name, "damaged"),))
    qtbot.addWidget(dialog)
    assert dialog.sentence.textFormat() == Qt.TextFormat.PlainText
    assert name in dialog.sentence.text()
    table = dialog.findChild(QWidget, "skipped-files-table")
    assert table.item(0, 0).text() == name
    assert table.item(0, 0).toolTip() == name


@pytest.mark.parametrize("name", NAMES)
def test_a_message(qtbot, notifications, name):
    bar = MessageBar(notifications)
    qtbot.addWidget(bar)
    notifications.post("error", f"{name} cannot be read.", f"{name}\nwhy", (("Open " + name, "open"),))
    assert bar.sentence.text() == f"{name} cannot be read."
    assert bar.sentence.textFormat() == Qt.TextFormat.PlainText
    assert bar.details.toPlainText() == f"{name}\nwhy"
    button = bar.findChild(QPushButton, "messageAction0")
    assert shown_text(button.text()) == "Open " + name
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Open " + name


@pytest.fixture
def notifications():
    from latent_explorer.core.notifications import Notifications

    return Notifications()


def _files() -> Iterator[tuple[str, ast.Module]]:
    """(name, contents) of every file of the window."""
    root = Path(latent_explorer.__file__).parent
    for path in sorted(root.rglob("*.py")):
        yield str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_every_label_is_a_plain_one():
    found = [
        f"{file}:{node.lineno}" for file, tree in _files() for node in ast.walk(tree) if _called(node) == "QLabel"
    ]
    assert found == [], "use PlainLabel: Qt's own label takes names for markup"


def test_tool_tips_are_shown_in_one_place():
    found = [
        f"{file}:{node.lineno}"
        for file, tree in _files()
        for node in ast.walk(tree)
        if _called(node) == "showText" and file != "controls/tool_tips.py"
    ]
    assert found == [], "use show_tip: Qt's own tool tip takes names for markup, and is one line"
