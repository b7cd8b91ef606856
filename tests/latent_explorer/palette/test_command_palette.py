"""The command palette: matches and their order, keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from latent_explorer.palette.command_palette import CommandPalette
from latent_explorer.palette.commands import Command, commands_of, score
from latent_explorer.words.plain_text import shown_text


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def menu(window: QMainWindow) -> QMenu:
    made = QMenu("&Explore", window)
    made.addAction("&Samples").setShortcut(QKeySequence("Ctrl+2"))
    heat = QMenu("&Heat map", made)
    made.addMenu(heat)
    density = heat.addAction("Data &density")
    density.setCheckable(True)
    made.addSeparator()
    made.addAction("&Round && round").setEnabled(False)
    return made


@pytest.fixture
def palette(window: QMainWindow, menu: QMenu) -> Iterator[CommandPalette]:
    made = CommandPalette(commands_of(menu), window)
    made.open_over(window)
    yield made
    with suppress(RuntimeError):  # a command ran and the palette was deleted
        made.close()


def _titles(palette: CommandPalette) -> list[str]:
    return [palette.list.item(row).text() for row in range(palette.list.count())]


def test_every_action_is_found_with_its_menus(menu: QMenu) -> None:
    found = [(command.title, command.path, command.keys) for command in commands_of(menu)]
    assert found == [
        ("Samples", "Explore", "Ctrl+2"),
        ("Data density", "Explore › Heat map", ""),
        ("Round & round", "Explore", ""),
    ]


def test_access_keys_are_no_part_of_a_title() -> None:
    assert shown_text("保存会话(&S)") == "保存会话"
    assert shown_text("&Save") == "Save"


def test_what_is_typed_is_found_in_words_beginnings_middles_and_letters() -> None:
    def points(typed: str, title: str) -> float | None:
        return score(typed, Command(QAction(), title, "Explore"))

    assert points("zebra", "Samples") is None
    whole, start, middle, letters = (points(typed, "Heat map") for typed in ("heat", "hea", "eat", "htmp"))
    assert None not in (whole, start, middle, letters)
    assert whole > start > middle > letters > 0
    assert points("map heat", "Heat map") is not None
    assert points("explore heat", "Heat map") is not None


def test_with_nothing_typed_commands_are_listed_as_in_the_menus(window: QMainWindow) -> None:
    menu = QMenu("&View", window)
    for title in ("A long title first", "Short", "A longer title at last"):
        menu.addAction(title)
    palette = CommandPalette(commands_of(menu), window)
    assert _titles(palette) == ["A long title first", "Short", "A longer title at last"]
    palette.close()


def test_usable_commands_come_first_and_typing_narrows(palette: CommandPalette) -> None:
    assert _titles(palette) == ["Samples", "Data density", "Round & round"]
    QTest.keyClicks(palette.field, "dens")
    assert _titles(palette) == ["Data density"]
    QTest.keyClicks(palette.field, "zz")
    assert _titles(palette) == []
    assert palette.none.isVisible()


def test_enter_runs_the_chosen_command_and_closes(palette: CommandPalette, menu: QMenu) -> None:
    density = commands_of(menu)[1].action
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert density.isChecked()


def test_a_click_runs_a_command(qtbot: QtBot, palette: CommandPalette, menu: QMenu) -> None:
    samples = commands_of(menu)[0].action
    with qtbot.waitSignal(samples.triggered):
        spot = palette.list.visualItemRect(palette.list.item(0)).center()
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))


def test_a_command_that_cannot_be_used_does_nothing(palette: CommandPalette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentItem().text() == "Round & round"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
