from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from latent_explorer.dialogs import files, import_folder
from latent_explorer.dialogs.about import about_dialog, versions
from latent_explorer.dialogs.folder_survey import FolderSurvey, survey_folder
from latent_explorer.dialogs.import_folder import ImportFolderDialog, ask_folder_import, ask_import
from latent_explorer.dialogs.questions import CloseAnswer, ask_close_while_training, ask_unsaved, ask_unwritten
from latent_explorer.dialogs.shortcuts import ShortcutsDialog, gesture_groups, menu_groups
from latent_explorer.dialogs.skipped_files import skipped_files_dialog
from latent_explorer.tools.all_tools import all_tools
from tests.latent_explorer.dressed import dressed
from tests.trainer.data.pictures import noise, save_noise, save_stack
from trainer.config import DataConfig
from trainer.data.registry import load

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def when_asked(answer: Callable[[QWidget], None]) -> None:
    """Apply `answer` to the modal dialog as soon as one is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(5, look)
        else:
            answer(dialog)

    QTimer.singleShot(0, look)


def press(name: str) -> Callable[[QWidget], None]:
    def answer(dialog: QWidget) -> None:
        QTest.mouseClick(dialog.findChild(QPushButton, name), LEFT)

    return answer


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("stop-and-save", CloseAnswer.STOP_AND_SAVE),
        ("stop-without-saving", CloseAnswer.STOP),
        ("keep-training", CloseAnswer.KEEP_TRAINING),
    ],
)
def test_closing_while_training(window: QMainWindow, button: str, expected: CloseAnswer) -> None:
    when_asked(press(button))
    assert ask_close_while_training(window, 4690) is expected


@pytest.mark.parametrize("ask", [ask_close_while_training, ask_unsaved, ask_unwritten])
def test_escape_changes_nothing_and_enter_saves(window: QMainWindow, ask: Callable) -> None:
    when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask(window, 1) is CloseAnswer.KEEP_TRAINING
    when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    assert ask(window, 1) is CloseAnswer.STOP_AND_SAVE


def test_the_question_says_where_the_run_stands_and_cuts_no_button(window: QMainWindow) -> None:
    seen: dict[str, object] = {}

    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        seen["text"] = dialog.text()
        seen["cut"] = [
            b.text()
            for b in dialog.findChildren(QPushButton)
            if b.width() < b.fontMetrics().horizontalAdvance(b.text())
        ]
        dialog.reject()

    with dressed():
        when_asked(look)
        ask_close_while_training(window, 4690)
    assert seen == {"text": "The run is still training, at step 4,690.", "cut": []}


@pytest.mark.parametrize(("files", "said"), [(1, "One file is not saved yet."), (3, "3 files are not saved yet.")])
def test_the_question_says_how_many_files_are_not_written(window: QMainWindow, files: int, said: str) -> None:
    seen: list[str] = []

    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        seen.append(dialog.text())
        press("close-without-files")(dialog)

    when_asked(look)
    assert ask_unwritten(window, files) is CloseAnswer.STOP
    assert seen == [said]


@pytest.fixture
def photographs(tmp_path: Path) -> Path:
    for group in ("cat", "dog"):
        (tmp_path / group).mkdir()
        for number in range(3):
            (tmp_path / group / f"{number}.PNG").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / ".hidden.png").write_bytes(b"")
    return tmp_path


def test_survey(photographs: Path) -> None:
    assert survey_folder(str(photographs)) == FolderSurvey(6, 2, True)
    assert not survey_folder(str(photographs), seconds=-1).complete
    assert survey_folder(str(photographs / "absent")).problem
    assert survey_folder(str(photographs / "notes.txt")).problem


def test_the_survey_goes_by_the_readers_rules(tmp_path: Path) -> None:
    save_noise(*(tmp_path / "a" / part / name / f"{number}.jfif" for part in ("train", "val", "test")
                 for name in ("cat", "dog") for number in range(2)))  # fmt: skip
    save_noise(tmp_path / "a" / "@eaDir" / "thumb.png", tmp_path / "a" / "train" / "@eaDir" / "x" / "thumb.png")
    (tmp_path / "a" / "train" / "x.heic").write_bytes(b"....ftypheic")
    save_stack(tmp_path / "stack" / "s.tif", [noise(number) for number in range(9)])
    (tmp_path / "heic").mkdir()
    (tmp_path / "heic" / "x.heic").write_bytes(b"....ftypheic")
    assert survey_folder(str(tmp_path / "a")) == FolderSurvey(12, 2, True, "", 4, 8, 1)
    for name in ("a", "stack"):
        data = load(DataConfig(name="folder", path=str(tmp_path / name)), tmp_path)
        found = survey_folder(str(tmp_path / name))
        seen = (data.count, len(data.label_names), len(data.skipped))
        assert (found.pictures, found.classes, found.left_out) == seen
        assert found.train in (0, data.train_count)
    assert survey_folder(str(tmp_path / "a" / "train"), ("cat", "dog/0.jfif")).pictures == 3
    assert survey_folder(str(tmp_path / "heic")).left_out == 1


def test_survey_follows_links_once(photographs: Path) -> None:
    try:
        (photographs / "cat" / "loop").symlink_to(photographs, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert survey_folder(str(photographs)).pictures == 6


def test_import_options(window: QMainWindow, photographs: Path) -> None:
    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, ImportFolderDialog)
        assert dialog.found.text() == "6 pictures found in 2 folders, which become the classes."
        dialog.size_.choose(64)
        dialog.colour.choose("colour")
        dialog.fit.choose("pad")
        dialog.count.setText("1000")
        assert dialog.white.text() == "automatic"
        dialog.white.setText("4095")
        QTest.mouseClick(dialog.findChild(QPushButton, "import-read"), LEFT)

    when_asked(answer)
    assert ask_folder_import(window, str(photographs)) == DataConfig(
        name="folder",
        path=str(photographs),
        size=64,
        colour="colour",
        fit="pad",
        count=1000,
        white=4095,
        held_out=None,
    )


def test_import_defaults_and_giving_up(window: QMainWindow, photographs: Path) -> None:
    when_asked(press("import-read"))
    assert ask_import(window, str(photographs)) == DataConfig(name="folder", path=str(photographs), held_out=None)
    when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_import(window, str(photographs)) is None
    assert ask_import(window, "codes.npy") == DataConfig(name="array", path="codes.npy", held_out=None)


def test_labels_beside_a_folder_are_offered_first(window: QMainWindow, photographs: Path) -> None:
    (photographs / "labels.csv").write_text("file,label\n")
    when_asked(press("import-read"))
    config = ask_import(window, str(photographs))
    assert config is not None
    assert config.labels == "labels.csv"


def test_a_table_of_labels_is_chosen_by_keys(
    qtbot, photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = ImportFolderDialog(str(photographs), survey_folder(str(photographs)))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.config().labels is None
    table = tmp_path / "mine & yours.csv"
    table.write_text("file,label\n")
    answers = ["", str(table)]
    monkeypatch.setattr(import_folder, "choose_labels", lambda *_: answers.pop(0))
    QTest.keyClick(dialog.labels, Qt.Key.Key_End)
    assert dialog.config().labels is None  # no file was chosen
    assert dialog.found.text() == "6 pictures found in 2 folders, which become the classes."
    QTest.keyClick(dialog.labels, Qt.Key.Key_End)
    assert dialog.config().labels == "mine & yours.csv"
    assert dialog.labels.currentText() == "mine & yours.csv"
    # What is used is said: the classes of the table, and the folders only where it has none.
    assert dialog.found.text() == (
        "6 pictures found in 2 folders. Classes and factors come from mine & yours.csv; only if it has no column "
        "of classes do the folders become the classes."
    )
    QTest.keyClick(dialog.labels, Qt.Key.Key_Home)
    assert dialog.config().labels is None
    assert dialog.found.text() == "6 pictures found in 2 folders, which become the classes."


def test_tab_goes_through_the_import_as_it_is_seen(qtbot, photographs: Path) -> None:
    dialog = ImportFolderDialog(str(photographs), survey_folder(str(photographs)))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.size_.setFocus()
    heights = []
    for _ in range(6):
        heights.append(dialog.focusWidget().y())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert heights == sorted(set(heights))
    assert dialog.focusWidget().objectName() == "import-read"


def test_import_keeps_asking_while_the_count_is_wrong(qtbot, photographs: Path) -> None:
    dialog = ImportFolderDialog(str(photographs), survey_folder(str(photographs)))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.count.setText("few")
    dialog.count.setModified(True)
    QTest.mouseClick(dialog.findChild(QPushButton, "import-read"), LEFT)
    assert dialog.isVisible()
    assert dialog.count.invalid()


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        (FolderSurvey(5000, 3, False), "pictures found. Classes and factors come from labels.csv; only"),
        (FolderSurvey(12, 0, True), "without class folders. Classes and factors come from labels.csv."),
        (FolderSurvey(12, 2, True, train=8, held=4), "held out. Classes and factors come from labels.csv; only"),
        (FolderSurvey(1, 0, True), "One picture found, and at least two are needed."),
    ],
)
def test_import_says_that_a_table_beside_the_images_is_used(
    qtbot, tmp_path: Path, survey: FolderSurvey, words: str
) -> None:
    (tmp_path / "labels.csv").write_text("file,label\n")
    dialog = ImportFolderDialog(str(tmp_path), survey)
    qtbot.addWidget(dialog)
    assert words in dialog.found.text()
    assert ("labels.csv" in dialog.found.text()) is (survey.pictures >= 2)


@pytest.mark.parametrize(
    ("survey", "usable", "words"),
    [
        (FolderSurvey(0, 0, True), False, "at least two"),
        (FolderSurvey(1, 0, True), False, "at least two"),
        (FolderSurvey(5000, 3, False), True, "More than 5,000"),
        (FolderSurvey(12, 0, True), True, "without class folders"),
        (FolderSurvey(12, 2, True, train=8, held=4), True, "Pictures found: 8 in folders to train on, 4 in"),
        (FolderSurvey(12, 2, True, left_out=3), True, "3 files look like pictures and will be left out"),
        (FolderSurvey(12, 2, True, left_out=1), True, "1 file looks like a picture and will be left out"),
        (FolderSurvey(0, 0, True, left_out=3), False, "3 files look like pictures and will be left out"),
        (FolderSurvey(0, 0, True, "Permission denied"), False, "Permission denied"),
    ],
)
def test_import_says_what_was_found(qtbot, survey: FolderSurvey, usable: bool, words: str) -> None:
    dialog = ImportFolderDialog("photographs", survey)
    qtbot.addWidget(dialog)
    assert words in dialog.found.text()
    assert dialog.findChild(QPushButton, "import-read").isEnabled() == usable


def test_skipped_files_can_be_copied(qtbot) -> None:
    dialog = skipped_files_dialog("Cats", (("a.png", "truncated"), ("b.png", "not an image")))
    qtbot.addWidget(dialog)
    dialog.show()
    table = dialog.findChild(QTableWidget)
    assert [table.item(row, 0).text() for row in range(2)] == ["a.png", "b.png"]
    QTest.mouseClick(dialog.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "a.png\ttruncated\nb.png\tnot an image"
    assert dialog.copy.text() == "Copied"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_remarks_stand_above_the_files_left_out(qtbot) -> None:
    remarks = ("The largest value is 4,095.", "x was not used.")
    both = skipped_files_dialog("Cats", (("a.png", "truncated"),), remarks)
    alone = skipped_files_dialog("Cats", (), remarks)
    for dialog in (both, alone):
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.windowTitle() == "How Cats was read"
    assert both.sentence.text().splitlines() == [*remarks, "1 file was left out of Cats; all others are there."]
    assert both.findChild(QTableWidget).isVisible()
    assert alone.sentence.text().splitlines() == list(remarks)
    assert not alone.findChild(QTableWidget).isVisible()


def test_about(qtbot) -> None:
    told = dict(versions())
    assert told["torch"]
    assert told["numpy"]
    dialog = about_dialog()
    qtbot.addWidget(dialog)
    assert "Python" in dialog._copied


def test_shortcuts_are_those_of_the_menus(qtbot, window: QMainWindow) -> None:
    menu = window.menuBar().addMenu("&File")
    action = menu.addAction("&Open…")
    action.setShortcut(QKeySequence("Ctrl+O"))
    menu.addAction("Without keys")
    inner = menu.addMenu("More")
    inner.addAction("Deep").setShortcut(QKeySequence("F5"))
    keys = QKeySequence("Ctrl+O").toString(QKeySequence.SequenceFormat.NativeText)
    assert menu_groups(window) == (("File", ((keys, "Open"), ("F5", "Deep"))),)
    assert menu_groups(None) == ()
    dialog = ShortcutsDialog((*gesture_groups(all_tools()), *menu_groups(window)), window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.isVisible()


def test_file_choosers(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    assert files.choose_folder(None) == files.choose_checkpoint(None) == ""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("codes.npz", ""))
    assert files.choose_array(None) == "codes.npz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("picture", ""))
    assert files.choose_picture_file(None) == "picture.png"
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Rejected)
    assert files.choose_save_place(None) == ("", True)
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Accepted)
    path, moments = files.choose_save_place(None, str(tmp_path / "kept"), 5_000_000, False)
    assert Path(path) == tmp_path / "kept"
    assert not moments
