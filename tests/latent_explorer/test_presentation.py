"""Presentation: what goes, what stays, what keys do meanwhile, and that all comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.beta_stops import BETA_STOPS, next_stop
from latent_explorer.panes.comparison import Comparison
from tests.latent_explorer.program import Program, running

CONTROL = Qt.KeyboardModifier.ControlModifier
STATE = Qt.WindowState


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: program.left.picture is not None)
        program.focus(program.maps[0])
        yield program
    theme().set_magnification(1.0)


def press(program: Program, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    QTest.keyClick(focus if focus is not None else program.window, key, modifiers)


def note(program: Program) -> str:
    """What is reported in large type over the panes."""
    shown = program.window.presentation.note
    return shown.text() if shown.isVisible() else ""


def test_f11_leaves_maps_and_pictures_and_esc_brings_everything_back(program: Program) -> None:
    window = program.window
    window.centre.show_inspector(True)
    window.strip.show_panel("interpolation", focus=False)
    program.maps[0].setFocus()
    strip, toolbar, height = window.strip.height(), window.toolbar.height(), window.menuBar().height()
    side = window.panes[0].column.decoded.width()
    press(program, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert not window.toolbar.isVisible()
    assert not window.statusBar().isVisible()
    assert not window.inspector.isVisible()
    assert window.menuBar().height() == 0
    assert window.strip.height() == 0
    assert window.panes[0].column.decoded.width() > side
    assert not window.panes[0].header.fit.isVisible()
    assert program.maps[0].hasFocus()
    press(program, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.toolbar.height() == toolbar
    assert window.menuBar().height() == height
    assert window.statusBar().isVisible()
    assert window.inspector.isVisible()
    assert window.strip.height() == strip
    assert window.panes[0].column.decoded.width() == side
    assert theme().text_px == 13


@pytest.mark.parametrize("state", [STATE.WindowNoState, STATE.WindowMaximized, STATE.WindowFullScreen])
def test_the_window_comes_back_as_it_was(program: Program, state: Qt.WindowState) -> None:
    window = program.window
    window.setWindowState(state)
    QTest.qWait(0)
    size = window.size()
    press(program, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(program, Qt.Key.Key_F11)
    assert window.windowState() == state
    program.wait(lambda: window.size() == size)


def test_what_is_remembered_is_the_window_without_the_presentation(program: Program) -> None:
    window = program.window
    window.centre.show_inspector(True)
    before = window.saveGeometry()
    window.presentation.begin()
    window.remember()
    settings = program.application.settings
    assert settings.data("window/geometry") == before
    assert settings.record("window/centre")["inspector"] == 1


def test_keys_take_beta_from_stop_to_stop_and_say_so(program: Program) -> None:
    press(program, Qt.Key.Key_PageUp, CONTROL)
    assert program.training.knobs.beta == 2
    assert note(program) == ""
    press(program, Qt.Key.Key_F11)
    press(program, Qt.Key.Key_PageUp, CONTROL)
    assert program.training.knobs.beta == 4
    assert note(program) == "β 4"
    press(program, Qt.Key.Key_BracketLeft)
    assert note(program) == "β 2"
    press(program, Qt.Key.Key_BracketRight)
    assert note(program) == "β 4"
    shown = program.window.presentation.note
    assert abs(shown.geometry().center().x() - program.window.centre.rect().center().x()) <= 1
    assert shown.fontInfo().pixelSize() > 2 * theme().text_px
    program.wait(lambda: note(program) == "")
    press(program, Qt.Key.Key_PageUp, CONTROL)
    press(program, Qt.Key.Key_Escape)
    assert note(program) == ""


def test_a_field_that_is_written_in_keeps_brackets(program: Program) -> None:
    field = program.window.toolbar.beta.field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "1]")
    assert field.text() == "1]"
    assert program.training.knobs.beta == 1


def test_train_by_key_is_said_and_the_header_counts_steps(program: Program) -> None:
    window = program.window
    press(program, Qt.Key.Key_F11)
    press(program, Qt.Key.Key_T, CONTROL)
    program.wait(lambda: note(program) == "Training…")
    program.wait(lambda: program.training.step > 1)
    header = window.panes[0].header
    program.wait(lambda: f"step {program.training.step:,}" in header.summary.text())
    assert header.summary.text().startswith("training · step ")
    assert header.summary.alignment() & Qt.AlignmentFlag.AlignRight
    press(program, Qt.Key.Key_T, CONTROL)
    program.wait(lambda: note(program) == "Paused")
    press(program, Qt.Key.Key_Escape)
    assert "784" in header.summary.text() or "64-" in header.summary.text()


def test_esc_gives_up_a_lasso_before_the_presentation(program: Program) -> None:
    presentation, lasso = program.window.presentation, program.application.tools.lasso
    press(program, Qt.Key.Key_F11)
    press(program, Qt.Key.Key_L, CONTROL)
    assert lasso.taker
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        press(program, key)
    press(program, Qt.Key.Key_Escape)
    assert not lasso.taker
    assert presentation.on
    assert program.maps[0].hasFocus()
    press(program, Qt.Key.Key_L, CONTROL)
    press(program, Qt.Key.Key_Return)  # no corner is left of the former one
    assert not len(program.explorer.selection.rows)
    press(program, Qt.Key.Key_Escape)
    press(program, Qt.Key.Key_Escape)
    assert not presentation.on


def test_menus_open_by_their_keys_and_errors_are_shown(program: Program) -> None:
    window, notifications = program.window, program.application.notifications
    press(program, Qt.Key.Key_F11)
    press(program, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    program.wait(lambda: window.view_menu.isVisible())
    QTest.keyClick(window.view_menu, Qt.Key.Key_Escape)
    notifications.post("info", "Saved to x.")
    assert not window.messages.isVisible()
    notifications.post("error", "The disk is full.")
    assert window.messages.isVisible()
    window.presentation.end()
    notifications.post("info", "Saved to y.")
    assert window.messages.sentence.text() == "Saved to y."


def test_overlays_of_an_open_tool_stay_at_work(program: Program) -> None:
    from latent_explorer.tools.interpolation.state import InterpolationState

    window = program.window
    window.strip.show_panel("interpolation", focus=False)
    path = program.application.tools[InterpolationState]
    assert path.shown
    press(program, Qt.Key.Key_F11)
    assert path.shown
    press(program, Qt.Key.Key_Escape)
    assert path.shown


@pytest.mark.parametrize(
    ("beta", "up", "down"),
    [(0, 0.1, 0), (0.05, 0.1, 0), (0.3, 0.5, 0.25), (1, 2, 0.5), (3, 4, 2), (100, 100, 25), (700, 700, 100)],
)
def test_stops(beta: float, up: float, down: float) -> None:
    assert next_stop(beta, 1) == up
    assert next_stop(beta, -1) == down
    assert list(BETA_STOPS) == sorted(BETA_STOPS)


def test_a_table_that_was_hidden_in_large_type_is_laid_out_again(program: Program) -> None:
    window = program.window
    window.resize(1280, 800)
    window.strip.show_panel("loss", focus=False)
    QApplication.processEvents()
    table = window.strip.body.currentWidget().findChild(Comparison)
    places = [child.geometry() for child in table.findChildren(QWidget)]
    window.presentation.begin()
    window.showNormal()
    window.resize(1280, 800)
    program.wait(lambda: table.width() > 290)
    window.strip.show_panel("traversal", focus=False)
    QApplication.processEvents()
    window.presentation.end()
    QApplication.processEvents()
    window.strip.show_panel("loss", focus=False)
    program.wait(lambda: [child.geometry() for child in table.findChildren(QWidget)] == places)
