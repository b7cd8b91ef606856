"""What cannot be used, given to the whole program: one sentence, the session stays, the next request works."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from latent_explorer.core.notifications import Notification
from latent_explorer.dialogs.import_folder import ImportFolderDialog
from tests.bad_files import ARRAYS, CHECKPOINTS, FOLDERS, good_array, good_folder, mixed_folder
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import (
    ask_for,
    data_of,
    load,
    narrow,
    reached,
    refused,
    save,
    settle,
    shows,
    standing,
    still_works,
    train,
)
from trainer.config import DataConfig
from trainer.data import memory
from trainer.networks import memory as model_memory
from trainer.service import resident
from trainer.training import checkpoint


@pytest.fixture(scope="module")
def session(
    request: pytest.FixtureRequest, qapp: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Program]:
    """A program with a short run, which every case must leave as it was."""
    place = tmp_path_factory.mktemp("session")
    with running(QtBot(request), place) as program:
        narrow(program)
        load(program, DataConfig(name="array", path=str(good_array(place / "images.npy"))))
        train(program)
        yield program


@pytest.fixture(scope="module")
def good(session: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of `session` as a checkpoint, to be copied before it is harmed."""
    folder = tmp_path_factory.mktemp("good") / "run"
    session.explorer.save_requested.emit(str(folder))
    session.wait(lambda: (folder / checkpoint.FILE).exists() and not session.application.client.busy)
    return folder


@pytest.mark.parametrize("kind", FOLDERS)
def test_folders(kind: str, session: Program, tmp_path: Path) -> None:
    make, words = FOLDERS[kind]
    folder = make(tmp_path)
    refused(session, words, folder, *ask_for(session, DataConfig(name="folder", path=str(folder))))
    still_works(session)


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays(kind: str, session: Program, tmp_path: Path) -> None:
    make, words = ARRAYS[kind]
    path = make(tmp_path)
    refused(session, words, path, *ask_for(session, DataConfig(name="array", path=str(path))))
    still_works(session)


@pytest.mark.parametrize("kind", CHECKPOINTS)
def test_checkpoints(kind: str, session: Program, good: Path, tmp_path: Path) -> None:
    harm, words = CHECKPOINTS[kind]
    folder = tmp_path / "run"
    shutil.copytree(good, folder)
    harm(folder)
    seen, said = standing(session), len(session.said)
    session.explorer.open_requested.emit(str(folder))
    if session.application.runs.unsaved:
        session.answer("replace-open")
    refused(session, words, folder, seen, said)
    still_works(session)


# ---------------------------------------------------------------- data


def test_bad_files_among_good_ones_are_left_out_counted_and_listed(session: Program, tmp_path: Path) -> None:
    folder, said = mixed_folder(tmp_path / "pictures"), len(session.said)
    load(session, DataConfig(name="folder", path=str(folder)))
    (told,) = (one for one in session.said[said:] if not one.actions)
    assert told.sentence == "3 files were left out of pictures."
    assert told.details.splitlines() == [
        "cut.png: damaged or cut short",
        "huge.png: 30,000 x 30,000 pixels are too many",
        "text.png: not a picture in a format that is read here",
    ]
    assert data_of(session).count == 6
    still_works(session)


@pytest.mark.parametrize("name", ["notes.txt", "nowhere"])
def test_what_is_dropped_and_cannot_be_opened(name: str, session: Program, tmp_path: Path) -> None:
    if name == "notes.txt":
        (tmp_path / name).write_text("hello")
    seen, said = standing(session), len(session.said)
    session.explorer.dropped.emit([str(tmp_path / name)])
    words = (
        "cannot be opened here; drop a folder of images, an image, a .npy or .npz file, or a checkpoint folder."
    )
    refused(session, words, name, seen, said)
    still_works(session)


def test_data_for_which_no_models_can_be_built(
    session: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data are good, the models are not: the former data and run stay, though the trainer has the new ones."""
    former = data_of(session).config
    new = DataConfig(name="array", path=str(good_array(tmp_path / "new.npy", seed=1)))
    with monkeypatch.context() as small:
        small.setattr(model_memory, "free_memory", lambda: 1000)
        refused(session, "only 900 bytes are free; choose", "These models", *ask_for(session, new))
    still_works(session)
    session.training.command_requested.emit("reset")
    session.answer("replace-run")
    if session.application.runs.unsaved:
        session.answer("replace-data")
    reached(session, 0)
    assert data_of(session).config == former
    settle(session)
    still_works(session)
    load(session, new)
    still_works(session)


def test_data_too_large_for_the_memory(session: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = good_array(tmp_path / "large.npy")
    with monkeypatch.context() as small:
        small.setattr(memory, "free_memory", lambda: 1000)
        config = DataConfig(name="array", path=str(path))
        refused(session, "of memory and only 1.0 kB are free; choose fewer", path, *ask_for(session, config))
    still_works(session)


def test_no_room_for_the_images_that_the_window_shows(
    session: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = DataConfig(name="array", path=str(good_array(tmp_path / "images.npy", seed=2)))
    with monkeypatch.context() as full:
        full.setattr(resident, "_PIECE", _Full())
        words = "The disk is full; free some space and try again."
        refused(session, words, "disk", *ask_for(session, config))
    load(session, config)
    still_works(session)


class _Full:
    """A number of bytes at which the disk is full."""

    def __index__(self) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_folder_that_vanishes_while_in_use(qtbot: QtBot, tmp_path: Path) -> None:
    folder, saved = good_folder(tmp_path / "pictures"), tmp_path / "saved"
    config = DataConfig(name="folder", path=str(folder))
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, config)
        train(program)
        shutil.rmtree(folder)
        still_works(program)
        save(program, saved)
        refused(program, "does not exist; choose another", folder, *ask_for(program, config))
        still_works(program)
        program.explorer.open_requested.emit(str(saved))
        program.answer("replace-open")
        # Its images are still in memory.
        program.wait(lambda: program.training.run_state == "paused" and program.training.step == 4)
        settle(program)
        still_works(program)
    with running(qtbot, tmp_path, open_path=saved) as program:
        # Beside the offer of the run that the first program left unsaved.
        program.wait(lambda: "does not exist" in program.sentences())
        (told,) = [one for one in program.said if "does not exist" in one.sentence]
        assert f"The folder {folder} does not exist; choose another." in told.sentence
        assert "can be looked at" in told.sentence
        assert program.left.codes is not None
        assert len(program.left.codes.rows) == 6
        before = program.left.picture
        program.drag(0, (0.3, 0.4), (0.5, 0.6))
        assert program.left.picture is not before
        good_folder(folder)
        load(program, config)
        still_works(program)


def test_a_data_set_that_is_not_there_and_no_network(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise urllib.error.URLError("no route to host")

    monkeypatch.setattr(urllib.request, "urlopen", unreachable)
    (tmp_path / "data").mkdir()
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, DataConfig(name="array", path=str(good_array(tmp_path / "images.npy"))))
        train(program)
        program.wait(lambda: program.explorer.available)
        seen = standing(program)
        program.explorer.data_requested.emit(DataConfig(name="mnist"), False)
        told = program.said[-1]
        assert told.sentence == f"MNIST is not in the data folder {tmp_path / 'data'}."
        assert [key for _, key in told.actions] == ["download-data", "use-digits"]
        assert standing(program) == seen
        program.answer("download-data")
        said = len(program.said)
        program.answer("replace-data")
        refused(program, "could not be downloaded", "MNIST", seen, said)
        assert list((tmp_path / "data").iterdir()) == []
        # The consent was for that download alone.
        program.explorer.data_requested.emit(DataConfig(name="digits"), False)
        assert "has not been saved" in program.said[-1].sentence
        assert standing(program) == seen
        program.answer("use-digits")
        program.answer("replace-data")
        program.wait(lambda: shows(program, DataConfig(name="digits")) and program.training.run_state == "ready")
        settle(program)
        still_works(program)


def test_an_empty_folder_is_said_before_anything_is_asked(session: Program, tmp_path: Path) -> None:
    """The dialog says it and offers nothing to read."""
    (tmp_path / "empty").mkdir()
    seen = standing(session)
    found: list[tuple[str, bool]] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ImportFolderDialog)
        read = dialog.findChild(QPushButton, "import-read")
        assert read is not None
        found.append((dialog.found.text(), read.isEnabled()))
        dialog.reject()

    QTimer.singleShot(0, look)
    session.explorer.dropped.emit([str(tmp_path / "empty")])
    assert found[0][0].startswith("No pictures found, and at least two are needed. Choose a folder with PNG")
    assert not found[0][1]
    assert standing(session) == seen


# ---------------------------------------------------------------- sessions


def _open_with_session(session: Program, good: Path, folder: Path, text: str) -> list[Notification]:
    """Open a copy of the good run with this session.json; what was said."""
    said = len(session.said)
    shutil.copytree(good, folder)
    (folder / "session.json").write_text(text, "utf-8")
    session.explorer.open_requested.emit(str(folder))
    session.answer("replace-open")
    session.wait(lambda: session.explorer.save_place == str(folder))
    settle(session)
    assert session.training.run_state == "paused"
    return [one for one in session.said[said:] if not one.actions]


@pytest.mark.parametrize(
    "text", ["{", "[]", "\x00", '{"version": 9}', '{"version": "1"}', "[" * 10_000, "3", "null"]
)
def test_a_bad_session_beside_a_good_run(text: str, session: Program, good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    (told,) = _open_with_session(session, good, folder, text)
    assert told.level == "warning"
    assert told.sentence == (f"The window's part of the session in {folder} could not be read; the run is whole.")
    still_works(session)


_HUGE = str(10**400)
_OF_TOOLS = "no such tool, heat, interpolation.frames"


@pytest.mark.parametrize(
    ("entries", "left_out"),
    [
        ('"panes": 3', "panes"),
        ('"panes": [{"axes": "0,x"}]', "panes[0].axes"),
        ('"panes": [{"axes": "0,1"}, {"cursor": [NaN, 0]}]', "panes[1].cursor"),
        ('"panes": [{"axes": "0,1"}, {"cursor": [1e300, 0]}]', "panes[1].cursor"),
        (f'"panes": [{{"axes": "0,1"}}, {{"cursor": [{_HUGE}, 0]}}]', "panes[1].cursor"),
        (f'"panes": [{{"axes": "0,1", "code": [{_HUGE}, 1e999]}}]', "panes[0].code"),
        ('"panes": [{"axes": "0,1"}, 7, null]', "panes[1], panes[2]"),
        ('"panes": [{"axes": "0,1", "source": 1}]', "panes[0].source"),
        (f'"panes": [{{"axes": "0,1", "source": "{"9" * 5000}"}}]', "panes[0].source"),
        ('"panes": [{"axes": "0,1"}, {"source": "kept-../../x"}]', "panes[1].source"),
        ('"panes": [{"axes": "0,1", "source": "kept-00000000"}]', "panes[0].source"),
        ('"tools": [1]', "tools"),
        (f'"tools": {{"mean_or_draw.seed": {_HUGE}}}', "mean_or_draw.seed"),
        ('"tools": {"no such tool": 1, "heat": 7, "interpolation.frames": {"a": []}}', _OF_TOOLS),
        ('"greyed": ["a"]', "greyed"),
        (f'"greyed": [{_HUGE}]', "greyed"),
        (f'"picked": {_HUGE}', "picked"),
        ('"picked": true', "picked"),
        ('"colour_by": []', "colour_by"),
        ('"a\\nb": 1', "a\\nb"),
    ],
)
def test_a_session_opens_without_its_bad_entries(
    entries: str, left_out: str, session: Program, good: Path, tmp_path: Path
) -> None:
    """Each entry is read by itself: the good ones come back."""
    folder = tmp_path / "run"
    (told,) = _open_with_session(session, good, folder, f'{{"version": 1, "link": "off", {entries}}}')
    assert told.level == "warning"
    assert told.sentence == f"Part of the session in {folder} could not be read and was left out: {left_out}."
    assert session.explorer.link == "off"
    if "0,1" in entries:
        assert session.left.axes == "0,1"
    still_works(session)


@pytest.mark.parametrize(
    "entries",
    [
        '"picked": 9223372036854775807',
        '"greyed": [-1, 9223372036854775807, 3]',
        '"colour_by": "no such thing"',
        '"panes": [{"axes": "998,999"}, {"axes": "rows:999999999,1,2"}]',
        '"panes": [{"cursor": [1e9, -1e9]}, {"code": [1e9, 1, 2, 3]}]',
        '"panes": [{}, {}, {}, {}, {}]',
        '"link": "nothing", "panes": [{"hidden": "nowhere"}]',
    ],
)
def test_a_session_of_other_data_or_models_opens(
    entries: str, session: Program, good: Path, tmp_path: Path
) -> None:
    assert _open_with_session(session, good, tmp_path / "run", f'{{"version": 1, {entries}}}') == []
    still_works(session)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", ["session.json", "checkpoint.json"])
def test_a_pipe_in_a_files_place_is_not_waited_for(
    name: str, session: Program, good: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(good, folder)
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    said = len(session.said)
    session.explorer.open_requested.emit(str(folder))
    session.answer("replace-open")
    session.wait(lambda: any(not one.actions for one in session.said[said:]))
    settle(session)
    (told,) = (one for one in session.said[said:] if not one.actions)
    if name == "session.json":
        assert told.sentence.endswith("could not be read; the run is whole.")
    else:
        assert told.sentence.endswith("could not be read: it is a pipe, not a file; open another checkpoint.")
    still_works(session)


def test_targets_that_cannot_be_written(session: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("hello")
    below = tmp_path / "file" / "run"
    seen, said = standing(session), len(session.said)
    session.explorer.save_requested.emit(str(below))
    refused(session, "could not be written: it is a file or lies in one; choose another", below, seen, said)
    assert session.application.runs.unsaved
    target = tmp_path / "run"
    save(session, target)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    still_works(session)

    for code, words in (
        (errno.ENOSPC, "could not be written: the disk is full; free some space or choose another folder."),
        (errno.EROFS, "could not be written: writing there is not allowed; choose another folder."),
    ):
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", _failing(code))
            seen, said = standing(session), len(session.said)
            session.explorer.save_requested.emit(str(target))
            refused(session, words, target, seen, said)
        assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before
        assert session.application.runs.unsaved
    save(session, tmp_path / "elsewhere")
    assert not session.application.runs.unsaved
    assert (tmp_path / "elsewhere" / checkpoint.FILE).exists()
    assert json.loads((tmp_path / "elsewhere" / "session.json").read_text("utf-8"))["version"] == 1


def _failing(code: int) -> Any:
    def sync(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    return sync
