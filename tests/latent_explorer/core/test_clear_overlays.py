"""All overlays are taken away with one key, or from a menu, and one undo brings them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.all_tools import all_tools
from tests.latent_explorer.core.undoing import redo, rest, titles, undo
from tests.latent_explorer.program import Program, running


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_pictures()
        program.activate()
        rest(program)
        yield program


def test_clear_takes_all_away_but_what_goes_with_its_panel(qtbot: QtBot) -> None:
    tools = ToolStates(all_tools())
    overlays = tools.overlays
    overlays.choose("heat", "density")
    overlays.switch("mosaic", True)
    with_panel = {switch.name for switch in overlays.switches if switch.with_panel}
    seen: list[str] = []
    overlays.cleared.connect(lambda: seen.append("cleared"))
    overlays.changed.connect(seen.append)
    assert overlays.clearable
    overlays.clear()
    assert seen[0] == "cleared"
    assert {"heat", "mosaic", "class-names"} <= set(seen[1:])
    assert overlays.chosen("heat") == "none"
    assert {switch.name for switch in overlays.switches if overlays.on(switch.name)} <= with_panel
    assert overlays.count == 0
    assert not overlays.clearable
    seen.clear()
    overlays.clear()
    assert not seen


def test_one_key_clears_and_one_undo_brings_all_back(program: Program) -> None:
    overlays = program.application.tools.overlays
    before = overlays.to_json()
    overlays.choose("heat", "density")
    overlays.choose("ellipses", "picked")
    overlays.switch("contours", True)
    rest(program)
    chosen = overlays.to_json()
    key, held = Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(program.maps[0], key, held)
    assert not overlays.clearable
    rest(program)
    assert titles(program)[0] == "Clear all overlays"
    undo(program)
    assert overlays.to_json() == chosen
    assert titles(program)[1] == "Clear all overlays"
    redo(program)
    assert not overlays.clearable
    assert not program.window.explore_menu.clear_overlays.isEnabled()
    undo(program)
    assert program.window.explore_menu.clear_overlays.isEnabled()
    for _ in range(3):
        undo(program)
    assert overlays.to_json() == before


def test_the_menu_of_a_pane_clears(program: Program) -> None:
    overlays = program.application.tools.overlays
    overlays.switch("contours", True)
    program.click("overlaysMenu")
    button = program.child("overlaysMenu")
    menu = button.menu_shown
    action = next(one for one in menu.actions() if one.objectName() == "map-clear-overlays")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert not overlays.clearable


def test_marks_of_a_path_that_a_key_sets_are_seen_after_all_was_cleared(program: Program) -> None:
    overlays = program.application.tools.overlays
    overlays.clear()
    assert not overlays.on("path")
    program.maps[0].setFocus()
    QTest.keyClick(program.maps[0], Qt.Key.Key_A)
    assert overlays.on("path")
