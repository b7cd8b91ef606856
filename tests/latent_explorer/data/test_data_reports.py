"""What the window says of data it loaded: one message, images called by their place in the source, the level."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.data_view import data_sentences
from latent_explorer.core.explorer import DataView
from latent_explorer.core.exports import ExportRequest
from latent_explorer.dialogs.white_level import WhiteLevelDialog
from latent_explorer.map.hovered import hovered_point
from latent_explorer.tools.interpolation.state import Stop
from latent_explorer.tools.interpolation.words import stop_name
from tests.latent_explorer.dialogs.test_dialogs import when_asked
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, narrow, settle, train
from trainer.config import DataConfig

REMARK = (
    "The largest value is 4,095 of 65,535 possible; 4,095 is shown as white (a white level of 65535 keeps the "
    "type's own range; --white on the command line)."
)


def view(remarks: tuple[str, ...] = (), files: int = 0) -> DataView:
    """A data set with so much to say."""
    skipped = tuple((f"{number}.png", "damaged or cut short") for number in range(files))
    return DataView(
        title="Cats",
        config=DataConfig(),
        count=2,
        train_count=1,
        shape=(1, 8, 8),
        skipped=skipped,
        remarks=remarks,
    )


@pytest.mark.parametrize(
    ("remarks", "files", "sentence", "details"),
    [
        ((), 0, "", ""),
        (("A.",), 0, "A.", ""),
        ((), 1, "1 file was left out of Cats.", "0.png: damaged or cut short"),
        (("A.", "B."), 0, "A. There is one more remark.", "A.\nB."),
        (
            ("A.", "B.", "C."),
            2,
            "A. There are 2 more remarks. 2 files were left out of Cats.",
            "A.\nB.\nC.\n0.png: damaged or cut short\n1.png: damaged or cut short",
        ),
    ],
)
def test_one_message(remarks: tuple[str, ...], files: int, sentence: str, details: str) -> None:
    assert data_sentences(view(remarks, files)) == (sentence, details)


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        narrow(program)
        yield program


def load(program: Program, path: Path) -> None:
    """The array file `path`, and a run ready on it."""
    config = DataConfig(name="array", path=str(path))
    program.explorer.data_requested.emit(config, False)
    program.wait(lambda: data_of(program).config.path == str(path) and program.training.run_state == "ready")
    settle(program)


def test_rows_are_those_of_the_source(program: Program, tmp_path: Path) -> None:
    path, out = tmp_path / "numbered.npz", tmp_path / "codes.csv"
    images = np.random.default_rng(0).integers(0, 256, (50, 8, 8), np.uint8)
    np.savez(path, images=images, labels=np.arange(50))
    load(program, path)
    data, explorer = data_of(program), program.explorer
    for row in (0, 7, 49):
        source = int(data.label(row))
        np.testing.assert_array_equal(data.picture(row)[..., 0], images[source])  # type: ignore[index]
        card = hovered_point((0.0, 0.0), row, explorer, theme().tokens)
        assert card.detail.startswith(f"image {source}, ")
        assert stop_name(0, Stop(row=row), explorer) == f"A: image {source} ({source})"
    exports = program.application.tools.exports
    for kind in ("csv", "npz"):
        out = tmp_path / f"codes.{kind}"
        with program.qtbot.waitSignal(exports.written):
            exports.requested.emit(ExportRequest(what="codes", format=kind, path=str(out), settings={}))
    text = (tmp_path / "codes.csv").read_text("utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    assert len(lines) == 50
    assert [line["row"] for line in lines] == [line["label"] for line in lines]
    with np.load(tmp_path / "codes.npz", allow_pickle=False) as read:
        np.testing.assert_array_equal(read["rows"], read["label_names"][read["labels"]].astype(int))


def test_a_guessed_white_level_is_reported_and_trained_with(program: Program, tmp_path: Path) -> None:
    path, folder = tmp_path / "deep.npy", tmp_path / "run"
    np.save(path, np.random.default_rng(0).integers(0, 4096, (60, 8, 8)).astype(np.uint16) | 1)
    load(program, path)
    (reported,) = (one for one in program.said if one.sentence == REMARK)
    assert [key for _, key in reported.actions] == ["choose-white"]
    summary = program.window.findChild(object, "data-skipped")
    assert summary.text() == "1 remark"  # type: ignore[attr-defined]
    assert data_of(program).config.white == 4095
    assert data_of(program).images.max() == 255  # type: ignore[union-attr]
    assert program.training.draft_data.white == 4095
    # Another level is chosen: the images are read again with it.
    guessed = data_of(program).fingerprint

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, WhiteLevelDialog)
        assert dialog.white.text() == "4095"
        QTest.keyClicks(dialog.white, "8190")
        QTest.mouseClick(dialog.findChild(QPushButton, "white-read"), Qt.MouseButton.LeftButton)

    when_asked(answer)
    program.answer("choose-white")
    program.wait(lambda: data_of(program).config.white == 8190 and program.training.run_state == "ready")
    settle(program)
    assert data_of(program).images.max() == 128  # type: ignore[union-attr]
    assert data_of(program).fingerprint != guessed
    when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    program.explorer.white_wanted.emit()
    load(program, path)
    assert data_of(program).fingerprint == guessed
    train(program, 2)
    assert program.training.run_config is not None
    assert program.training.run_config.data.white == 4095
    # Saved and opened again: the same images, nothing to be guessed.
    before = data_of(program).fingerprint
    program.explorer.save_requested.emit(str(folder))
    program.wait(lambda: (folder / "checkpoint.json").exists() and not program.application.client.busy)
    program.explorer.data_requested.emit(DataConfig(name="moons", count=60), False)
    program.wait(lambda: data_of(program).config.name == "moons" and program.training.run_state == "ready")
    settle(program)
    program.explorer.open_requested.emit(str(folder))
    program.wait(lambda: data_of(program).config.name == "array" and not program.application.client.busy)
    assert data_of(program).fingerprint == before
    assert data_of(program).images is not None
    assert program.training.run_state != "none"
