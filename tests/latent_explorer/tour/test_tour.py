"""The tour of the first start: five stops in a bar that blocks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from latent_explorer.app import Application
from latent_explorer.core.settings import Settings
from tests.latent_explorer.program import Program


@pytest.fixture
def start(qtbot, tmp_path):
    """Starts of the program with the same settings, one after the other."""
    running: list[Application] = []

    def again(**options: object) -> Program:
        for one in running:
            one.end()
        running.clear()
        application = Application(
            Settings(tmp_path / "settings.ini"),
            data_folder=tmp_path / "data",
            recovery_folder=tmp_path / "unfinished",
            appearance="dark",
            in_thread=True,
            **options,
        )
        running.append(application)
        program = Program(application, qtbot)
        application.window.resize(1280, 800)
        application.show()
        qtbot.waitExposed(application.window)
        return program

    yield again
    for one in running:
        one.end()


def around(program: Program, widget: QWidget) -> bool:
    """Whether the outline is around `widget`."""
    window = program.window
    corner = widget.mapTo(window, QPoint(0, 0))
    return any(
        area.contains(corner + QPoint(2, 2)) and abs(area.width() - widget.width()) <= 4
        for area in window.tour.outline.areas()
    )


def test_five_stops_then_never_again_but_from_help(start):
    program = start(tour=True)
    tour, window = program.window.tour, program.window
    program.wait(tour.isVisible)
    # It begins without taking the keyboard, and blocks nothing.
    focus = QApplication.focusWidget()
    assert focus is None or not tour.isAncestorOf(focus)
    assert QApplication.activeModalWidget() is None
    assert tour.number.text() == "1 of 5"
    assert around(program, program.maps[0])
    before = tuple(program.left.cursor)
    program.drag(0, (0.4, 0.5), (0.6, 0.6))
    assert tuple(program.left.cursor) != before, "the outline takes no clicks"
    targets = (window.panes[1], window.toolbar.beta, window.strip.bar, window.panes[0].header.overlays)
    for number, target in enumerate(targets, start=2):
        program.click("tour-next")
        assert tour.number.text() == f"{number} of 5"
        assert around(program, target)
    assert tour.next.text() == "Done"
    program.click("tour-back")
    assert tour.number.text() == "4 of 5"
    program.click("tour-next")
    program.click("tour-next")
    assert not tour.isVisible()
    assert program.maps[0].hasFocus()  # for the arrow keys
    assert window.tour.outline.isHidden()

    program = start(tour=True)
    program.wait(lambda: program.application.client.running)
    assert not program.window.tour.isVisible()
    program.window.help_menu.tour.trigger()
    assert program.window.tour.isVisible()


def test_by_keyboard(start):
    program = start()
    tour = program.window.tour
    assert not tour.isVisible()
    program.window.activateWindow()
    program.window.help_menu.tour.trigger()
    program.wait(tour.next.hasFocus)
    QTest.keyClick(tour.next, Qt.Key.Key_Space)
    assert tour.number.text() == "2 of 5"
    QTest.keyClick(tour, Qt.Key.Key_Right)
    assert tour.number.text() == "3 of 5"
    QTest.keyClick(tour, Qt.Key.Key_Left)
    assert tour.number.text() == "2 of 5"
    QTest.keyClick(tour.next, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert program.application.settings.text("window/tour", "") == "taken"


def test_not_when_something_is_opened_at_the_start(start, tmp_path):
    program = start(tour=True, open_path=Path(tmp_path / "nothing"))
    program.wait(lambda: program.said)
    assert not program.window.tour.isVisible()


def test_out_of_sight_in_a_presentation_and_there_again_afterwards(start):
    program = start()
    window = program.window
    window.help_menu.tour.trigger()
    window.presentation.begin()
    assert not window.tour.isVisible()
    assert window.tour.outline.isHidden()
    window.presentation.end()
    assert window.tour.isVisible()
    assert window.tour.number.text() == "1 of 5"
    assert window.tour.minimumSizeHint().width() < 640


def test_the_outline_follows_what_it_is_around(start):
    program = start()
    window = program.window
    window.help_menu.tour.trigger()
    for _ in range(3):
        window.tour.go_on()
    window.strip.show_panel("loss")
    program.wait(lambda: around(program, window.strip.bar))
    window.resize(1400, 860)
    program.wait(lambda: around(program, window.strip.bar))
