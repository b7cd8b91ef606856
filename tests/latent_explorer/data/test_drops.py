"""Things dropped on the window, one or several, by real drag and drop events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from latent_explorer.data.drops import kind_of
from latent_explorer.dialogs.import_folder import ImportFolderDialog
from latent_explorer.tools.own_image.state import OwnImageState
from tests.latent_explorer.dialogs.test_dialogs import when_asked
from tests.latent_explorer.program import Program, running
from tests.trainer.data.pictures import noise, save_noise, save_stack
from trainer.data.picture_names import SUFFIXES

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait(lambda: program.explorer.data is not None)
        yield program


def drop(program: Program, *paths: Path) -> str:
    """Drag `paths` over the window and let them fall; what the window said meanwhile."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(program.window, QDragEnterEvent(QPoint(400, 300), copy, mime, LEFT, NONE))
    hint = program.window.drop_hint.accessibleName()
    QApplication.sendEvent(program.window, QDropEvent(QPointF(400, 300), copy, mime, LEFT, NONE))
    return hint


def accept_import(found: list[str]) -> None:
    """Read the images as the dialog proposes, once it is there."""

    def answer(dialog: object) -> None:
        assert isinstance(dialog, ImportFolderDialog)
        found.append(dialog.found.text())
        QTest.mouseClick(dialog.findChild(QPushButton, "import-read"), LEFT)

    when_asked(answer)


def loaded(program: Program, count: int) -> object:
    program.wait(lambda: program.explorer.data is not None and program.explorer.data.count == count)
    return program.explorer.data


def test_several_images_are_one_data_set(program: Program, tmp_path: Path) -> None:
    pictures = [tmp_path / "pictures" / f"{number}.png" for number in range(8)]
    save_noise(*pictures)
    found: list[str] = []
    accept_import(found)
    assert drop(program, *pictures[:5]) == "Drop to open 0.png and 4 more"
    data = loaded(program, 5)
    assert found == ["5 pictures found, without class folders."]
    assert data.title == "pictures"
    assert data.config.only == tuple(f"{number}.png" for number in range(5))


def test_several_folders_are_classes(program: Program, tmp_path: Path) -> None:
    save_noise(*(tmp_path / name / f"{number}.png" for name in ("a", "b", "c") for number in range(3)))
    found: list[str] = []
    accept_import(found)
    drop(program, tmp_path / "a", tmp_path / "c")
    data = loaded(program, 6)
    assert found == ["6 pictures found in 2 folders, which become the classes."]
    assert data.label_names == ("a", "c")


def test_images_folders_and_what_is_neither_fall_together(program: Program, tmp_path: Path) -> None:
    save_noise(*(tmp_path / "a" / f"{number}.png" for number in range(3)), tmp_path / "one.jfif")
    (tmp_path / "notes.txt").write_text("hello")
    accept_import([])
    drop(program, tmp_path / "a", tmp_path / "notes.txt", tmp_path / "one.jfif")
    data = loaded(program, 4)
    assert [path for path, _ in data.skipped] == ["notes.txt"]


def test_of_other_things_the_first_is_opened_and_that_is_said(program: Program, tmp_path: Path) -> None:
    for number in range(3):
        np.save(tmp_path / f"{number}.npy", np.stack([noise(seed) for seed in range(4 + number)]))
    assert drop(program, *(tmp_path / f"{number}.npy" for number in range(3))) == "Drop to open 0.npy and 2 more"
    loaded(program, 4)
    assert "0.npy is opened, the first of 3 things that were dropped." in program.sentences()


def test_one_image_beside_a_text_is_ones_own_image(program: Program, tmp_path: Path) -> None:
    save_noise(tmp_path / "one.png")
    (tmp_path / "notes.txt").write_text("hello")
    drop(program, tmp_path / "notes.txt", tmp_path / "one.png")
    own = program.application.tools[OwnImageState]
    program.wait(lambda: own.source is not None)
    assert own.source.name == "one.png"
    assert "one.png is opened, the first of 2 things" in program.sentences()


def test_a_table_is_the_labels_of_the_folder_on_show(program: Program, tmp_path: Path) -> None:
    table = tmp_path / "who.csv"
    table.write_text("file,class\n" + "".join(f"{n}.png,{'even' if n % 2 == 0 else 'odd'}\n" for n in range(6)))
    before = program.explorer.data
    drop(program, table)
    assert "who.csv is a table. It can name the classes and factors of a folder" in program.sentences()
    assert program.explorer.data is before
    save_noise(*(tmp_path / "pictures" / f"{number}.png" for number in range(6)))
    accept_import([])
    drop(program, tmp_path / "pictures")
    assert loaded(program, 6).labels is None
    drop(program, table)
    program.wait(lambda: program.explorer.data is not None and program.explorer.data.labels is not None)
    assert set(program.explorer.data.label_names) == {"even", "odd"}
    assert program.explorer.data.config.labels == str(table)


def test_the_same_thing_twice_is_one(program: Program, tmp_path: Path) -> None:
    save_noise(tmp_path / "one.png")
    drop(program, tmp_path / "one.png", tmp_path / "one.png")
    program.wait(lambda: program.application.tools[OwnImageState].source is not None)
    assert "the first of" not in program.sentences()


def test_a_stack_of_pages_is_a_data_set(program: Program, tmp_path: Path) -> None:
    save_stack(tmp_path / "s.tif", [noise(number) for number in range(30)])
    save_noise(tmp_path / "other.png")
    found: list[str] = []
    accept_import(found)
    drop(program, tmp_path / "s.tif")
    data = loaded(program, 30)
    assert found == ["30 pictures found, without class folders."]
    assert data.title == "s.tif"


def test_of_an_animation_the_first_frame_is_ones_own_image(program: Program, tmp_path: Path) -> None:
    first, *others = [Image.fromarray(noise(number)) for number in range(7)]
    first.save(tmp_path / "a.gif", save_all=True, append_images=others)
    drop(program, tmp_path / "a.gif")
    program.wait(lambda: program.application.tools[OwnImageState].source is not None)
    program.wait(lambda: "a.gif holds 7 pictures; the first is shown." in program.sentences())


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_whatever_is_read_can_be_dropped(suffix: str, tmp_path: Path) -> None:
    for name in (f"a{suffix}", f"b{suffix.upper()}"):
        (tmp_path / name).write_bytes(b"")
        assert kind_of(tmp_path / name) == "image"
