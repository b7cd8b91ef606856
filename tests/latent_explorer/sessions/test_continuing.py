"""Going on where one left off: the offer at the start, its key, the entry in File, and doing so unasked."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.settings import Settings
from latent_explorer.sessions.continuing import ContinuingController
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import narrow, save, train


def offered(program: Program) -> list[str]:
    return [note.sentence for note in program.said if ("Continue", "continue-session") in note.actions]


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Path:
    """Where a program was used that saved a session of three steps as `mnist-run`."""
    with running(qtbot, tmp_path) as program:
        assert program.explorer.last_session is None
        assert not program.window.file_menu.continue_.isEnabled()
        narrow(program)
        train(program, 3)
        save(program, tmp_path / "mnist-run")
        program.wait(lambda: program.explorer.recent)
        program.application.recovery.forget()  # as when the window is closed in order
    return tmp_path


def wait_for_service(program: Program) -> None:
    program.wait(lambda: program.explorer.available)


def test_it_is_offered_with_its_step_and_one_key_opens_it(qtbot: QtBot, place: Path) -> None:
    with running(qtbot, place) as program:
        wait_for_service(program)
        step = program.explorer.last_session.step
        assert step is not None
        assert step >= 3
        assert offered(program) == [f"Where you left off: mnist-run, step {step}, today."]
        menu = program.window.file_menu
        assert menu.continue_.text() == "&Continue where I left off  —  mnist-run"
        focus = QApplication.focusWidget() or program.window
        QTest.keyClick(focus, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        program.wait(lambda: program.training.step == step)
        assert program.explorer.save_place == str(place / "mnist-run")
        assert not menu.continue_.isEnabled()


def test_the_button_of_the_message_opens_it(qtbot: QtBot, place: Path) -> None:
    with running(qtbot, place) as program:
        wait_for_service(program)
        button = next(one for one in program.window.messages.findChildren(QPushButton) if one.text() == "Continue")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        program.wait(lambda: program.training.step >= 3)


def test_it_continues_unasked_where_that_is_wanted(qtbot: QtBot, place: Path) -> None:
    with running(qtbot, place) as program:
        wait_for_service(program)
        program.window.file_menu.continues.trigger()
    with running(qtbot, place) as program:
        program.wait(lambda: program.training.step >= 3)
        assert offered(program) == []
        assert program.window.file_menu.continues.isChecked()
        program.window.file_menu.continues.trigger()
        program.application.recovery.forget()
    with running(qtbot, place) as program:
        wait_for_service(program)
        assert len(offered(program)) == 1
        assert program.training.step == 0 or program.training.run_config is None


def test_what_is_gone_is_not_offered(qtbot: QtBot, place: Path) -> None:
    shutil.rmtree(place / "mnist-run")
    with running(qtbot, place) as program:
        wait_for_service(program)
        assert offered(program) == []
        assert not program.window.file_menu.continue_.isEnabled()


def test_another_thing_to_open_goes_first(qtbot: QtBot, place: Path) -> None:
    with running(qtbot, place, open_path=place / "mnist-run") as program:
        program.wait(lambda: program.training.step >= 3)
        assert offered(program) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (9, (date.today() - timedelta(days=9)).isoformat())],
)
@pytest.mark.parametrize("touched", [False, True])
def test_when_it_was_and_a_step_that_may_be_another_is_not_said(
    tmp_path: Path, days: int, words: str, touched: bool
) -> None:
    folder = tmp_path / "run & more"
    folder.mkdir()
    (folder / "checkpoint.json").write_text("{}")
    noon = time.mktime((date.today() - timedelta(days=days)).timetuple()) + 12 * 3600
    os.utime(folder / "checkpoint.json", (noon, noon))
    settings = Settings(tmp_path / "settings.ini")
    explorer = ExplorerState()
    first = ContinuingController(explorer, settings, Notifications())
    explorer.session_kept.emit(str(folder), 12_000)
    assert explorer.last_session is None
    if touched:
        os.utime(folder / "checkpoint.json", (noon + 60, noon + 60))
    again = ExplorerState()
    second = ContinuingController(again, settings, Notifications())
    assert again.last_session is not None
    step = "" if touched else "step 12,000, "
    assert second.described(again.last_session) == f"run & more, {step}{words}"
    del first


@pytest.mark.parametrize("kept", ['{"place": 3}', "[1]", "{", '{"place": "\\u0000"}', '{"place": "/no/such"}'])
def test_settings_that_make_no_sense_offer_nothing(tmp_path: Path, kept: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.set_text("session/last", kept)
    explorer = ExplorerState()
    controller = ContinuingController(explorer, settings, Notifications())
    controller.begin()
    assert explorer.last_session is None
