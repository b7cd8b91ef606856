"""Saves: each with its own continuation, and none overtaken by the end of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from latent_explorer.dialogs.save_place import SavePlaceDialog
from latent_explorer.words.figures import megabytes
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, train
from trainer.config import DataConfig
from trainer.storage.folder_lock import claim
from trainer.training.checkpoint import read_description


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        narrow(made)
        load(made, DataConfig(name="moons", count=200))
        train(made, 2)
        yield made


def consented(program: Program) -> list[bool]:
    heard: list[bool] = []
    program.application.shutdown.consented.connect(lambda: heard.append(True))
    return heard


def test_closing_waits_for_a_copy_that_is_being_saved(program: Program, tmp_path: Path) -> None:
    program.explorer.save_requested.emit(str(tmp_path / "first"))
    program.wait(lambda: not program.application.client.busy)
    left = consented(program)
    program.explorer.save_requested.emit(str(tmp_path / "copy"))
    program.application.shutdown.request()  # nothing is unsaved, so nothing is asked
    program.application.shutdown.request()
    assert not left
    assert [job.title for job in program.application.jobs.jobs.values()] == ["Saving"]
    program.wait(lambda: left)
    assert left == [True]
    assert read_description(tmp_path / "copy").step == 2


def test_closing_without_saving_waits_for_a_save_that_was_asked_for(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program.application.shutdown, "_ask", lambda: "stop")
    left = consented(program)
    program.explorer.save_requested.emit(str(tmp_path / "copy"))
    program.application.shutdown.request()
    assert not left
    program.wait(lambda: left)
    assert read_description(tmp_path / "copy").step == 2


def test_the_window_stays_when_what_it_waits_for_fails(program: Program, tmp_path: Path) -> None:
    program.explorer.save_requested.emit(str(tmp_path / "first"))
    program.wait(lambda: not program.application.client.busy)
    left = consented(program)
    (tmp_path / "file").write_text("")
    program.explorer.save_requested.emit(str(tmp_path / "file"))
    program.application.shutdown.request()
    program.wait(lambda: any(one.level == "error" for one in program.said))
    program.wait(lambda: not program.application.client.busy)
    assert not left
    program.application.shutdown.request()
    assert left == [True]


def test_a_save_before_leaving_is_not_taken_for_an_earlier_one(program: Program, tmp_path: Path) -> None:
    sessions = program.application.sessions
    order: list[str] = []
    program.explorer.save_place = str(tmp_path / "run")
    program.explorer.save_requested.emit("")
    sessions.save_then(lambda saved: order.append(f"second {saved}"))
    program.wait(lambda: "Saved to" in program.sentences())
    program.wait(lambda: order)
    assert order == ["second True"]
    assert not program.application.client.busy


def test_the_place_that_is_chosen_belongs_to_the_save_that_asked(program: Program, tmp_path: Path) -> None:
    sessions = program.application.sessions
    heard: list[bool] = []
    program.explorer.place_wanted.disconnect()
    sessions.save_then(heard.append)
    sessions.cancel_saving()
    assert heard == [False]
    sessions.save_then(heard.append)
    program.explorer.save_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: len(heard) == 2)
    assert heard == [False, True]


@pytest.mark.parametrize("what", ["save-then-new", "save-then-open", "save-then-data"])
def test_save_first_continues_with_the_request(program: Program, tmp_path: Path, what: str) -> None:
    if what == "save-then-new":
        program.training.command_requested.emit("reset")
    elif what == "save-then-open":
        program.explorer.open_requested.emit("")
    else:
        program.explorer.data_requested.emit(DataConfig(name="moons", count=150), False)
    question = program.said[-1]
    assert what in [key for _, key in question.actions]
    program.explorer.place_wanted.disconnect()
    program.explorer.place_wanted.connect(lambda: program.explorer.save_requested.emit(str(tmp_path / "kept")))
    program.answer(what)
    program.wait(lambda: program.training.step == 0 and not program.application.client.busy)
    assert read_description(tmp_path / "kept").step == 2
    if what == "save-then-open":
        assert program.training.run_config is None
    elif what == "save-then-data":
        assert program.explorer.data.count == 150


def test_a_run_that_could_not_be_saved_is_not_replaced(program: Program) -> None:
    program.training.command_requested.emit("reset")
    program.explorer.place_wanted.disconnect()
    program.explorer.place_wanted.connect(program.application.sessions.cancel_saving)
    program.answer("save-then-new")
    program.wait(lambda: not program.application.client.busy)
    assert program.training.step == 2


def test_a_folder_that_another_program_writes_to_is_refused_and_the_run_stays_unsaved(
    program: Program, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    with claim(tmp_path / "run"):
        program.explorer.save_requested.emit(str(tmp_path / "run"))
        words = f"Another program is writing to {tmp_path / 'run'}; wait until it has ended"
        program.wait(lambda: words in program.sentences() and not program.application.client.busy)
        assert program.application.runs.unsaved
        assert program.explorer.save_place == ""
        assert program.explorer.recent == ()
    program.explorer.save_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: program.explorer.save_place and not program.application.client.busy)
    assert not program.application.runs.unsaved
    assert claim(tmp_path / "run") is None  # it is this window's now


def test_moments_can_be_left_out_which_is_remembered(program: Program, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    program.wait(lambda: program.explorer.moments_size > 0)
    shown: list[str] = []

    def answer() -> None:
        dialog = program.window.findChild(SavePlaceDialog)
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(10, answer)
            return
        box = dialog.moments
        assert box.isVisible()
        assert box.geometry().bottom() <= dialog.height()
        shown.append(box.text())
        if not box.isChecked():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            return
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        field.setText(str(place))
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    program.window.findChild(QAction, "save-as").trigger()
    program.wait(lambda: f"Saved to {place}, without its moments." in program.sentences())
    size = megabytes(program.explorer.moments_size)
    assert shown == [f"With the moments of the time machine ({size})"]
    assert not (place / "moments").exists()
    assert program.application.settings.text("save/moments", "") == "no"
    # Saving again, to the same place, goes by the answer; so does the next dialog.
    program.explorer.save_requested.emit("")
    program.wait(lambda: program.sentences().count("without its moments") == 2)
    assert not (place / "moments").exists()
    QTimer.singleShot(0, answer)
    program.window.findChild(QAction, "save-as").trigger()
    assert len(shown) == 2
    program.explorer.set_saves_moments(True)
    program.explorer.save_requested.emit("")
    program.wait(lambda: f"Saved to {place}." in program.sentences())
    assert list((place / "moments").glob("*.safetensors"))


def test_without_moments_nothing_is_asked_of_them(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = SavePlaceDialog(None, str(tmp_path / "kept"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.moments.isVisible()


def test_a_session_that_is_there_can_be_replaced_but_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    place.mkdir()
    (place / "checkpoint.json").write_text("{}")
    dialog = SavePlaceDialog(None, str(place))
    qtbot.addWidget(dialog)
    answers = iter(["Cancel", "Replace it"])

    def answer() -> None:
        shown = [box for box in dialog.findChildren(QMessageBox, "replace-session") if box.isVisible()]
        if not shown:
            QTimer.singleShot(10, answer)
            return
        question = shown[0]
        wanted = next(answers)
        next(button for button in question.buttons() if button.text() == wanted).click()

    dialog.show()
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field.text() == "kept"
    QTimer.singleShot(0, answer)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTimer.singleShot(0, answer)
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    assert dialog.result() == QFileDialog.DialogCode.Accepted
    assert Path(dialog.selectedFiles()[0]) == place
