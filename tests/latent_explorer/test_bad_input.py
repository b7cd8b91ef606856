"""What cannot be used, given to the whole program: one sentence, the session stays, the next request works."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer import app
from latent_explorer.state.explorer import DataView
from tests.bad_files import ARRAYS, CHECKPOINTS, FOLDERS, good_array, good_folder, mixed_folder, write_picture
from tests.latent_explorer.program import Program, running
from trainer.config import DataConfig
from trainer.data import memory
from trainer.service import session_files
from trainer.training import checkpoint, model_memory

# ---------------------------------------------------------------- one program that goes through all of it


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


def narrow(program: Program) -> None:
    """Small models: these tests are about what happens, not about how well."""
    models = tuple(model.replace(widths=(8,)) for model in program.training.draft_models)
    program.training.set_draft(models=models, train=program.training.draft_train.replace(batch=16))


def load(program: Program, config: DataConfig) -> None:
    """A good data set; a run stands ready on it afterwards."""
    program.explorer.data_requested.emit(config, False)
    if program.application.runs.unsaved:
        program.answer("replace-data")
    program.wait(lambda: shows(program, config) and program.training.run == "ready")
    settle(program)


def shows(program: Program, config: DataConfig) -> bool:
    """Whether the data of `config` are on show."""
    return program.explorer.data is not None and program.explorer.data.config == config


def train(program: Program, steps: int = 3) -> None:
    """Single steps, so that it is known how many."""
    for _ in range(steps):
        step = program.training.step
        program.training.command_requested.emit("step")
        reached(program, step + 1)
    settle(program)


def data_of(program: Program) -> DataView:
    """The data on show."""
    assert program.explorer.data is not None
    return program.explorer.data


def reached(program: Program, step: int) -> None:
    """Wait for this step."""
    program.wait(lambda: program.training.step == step)


def settle(program: Program, evaluated: bool = True) -> None:
    """Wait for all that the trainer still owes: codes of every row, the evaluation, the end of all jobs."""
    training, data = program.training, program.explorer.data

    def settled() -> bool:
        assert data is not None
        complete = all(pane.codes is not None and len(pane.codes.rows) == data.count for pane in panes(program))
        measured = (
            not evaluated
            or training.step == 0
            or (bool(training.evaluations) and training.evaluations[-1].step == training.step)
        )
        return complete and measured and not program.application.client.busy

    program.wait(settled)


def panes(program: Program) -> tuple[Any, Any]:
    return program.left, program.right


def standing(program: Program) -> dict[str, Any]:
    """All of the session that a bad request might harm, by value."""
    explorer, training = program.explorer, program.training
    seen: dict[str, Any] = {
        "data": id(explorer.data),
        "explorer": (explorer.link, explorer.colour_by, explorer.greyed, explorer.picked, explorer.recent),
        "place": explorer.save_place,
        "run": (training.run, training.running, training.step, training.knobs),
        "draft": (training.draft_data, training.draft_models, training.draft_train),
        "curves": (len(training.history), len(training.evaluations), len(training.marks)),
        "rows": [] if explorer.data is None else [np.array(explorer.data.images).tobytes()],
    }
    for pane in panes(program):
        seen[f"pane {pane.index}"] = (
            pane.model,
            pane.axes,
            pane.cursor,
            pane.codes.codes.tobytes(),
            pane.codes.points.tobytes(),
            pane.picture.tobytes(),
            pane.nearest.row,
        )
    return seen


def refused(program: Program, words: str, name: object, seen: dict[str, Any], said: int) -> str:
    """Wait for the sentence, and make sure that it is one, names the thing, and that nothing else changed."""
    program.wait(lambda: any(words in one.sentence for one in program.said[said:]))
    program.wait(lambda: not program.application.client.busy)
    told = [one for one in program.said[said:] if one.level in ("error", "warning") and not one.actions]
    assert [words in one.sentence for one in told] == [True], program.sentences()
    (one,) = told
    assert str(name) in one.sentence
    assert one.sentence.endswith(".")
    assert "\n" not in one.sentence
    assert "fault in the program" not in one.sentence
    assert standing(program) == seen
    return one.sentence


def still_works(program: Program) -> None:
    """The run that stands goes on: the next step, the next map, a dragged cursor."""
    train(program, 1)
    before = program.left.picture
    program.drag(0, (0.3, 0.4), (0.5, 0.6))
    assert program.left.picture is not before


def ask_for(program: Program, config: DataConfig) -> tuple[dict[str, Any], int]:
    """Ask for data and, as the run is not saved, to replace it. What stood before, and how much was said."""
    seen, said = standing(program), len(program.said)
    program.explorer.data_requested.emit(config, False)
    if program.application.runs.unsaved:
        program.answer("replace-data")
    return seen, said


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


@pytest.mark.parametrize("name", ["picture.png", "notes.txt", "nowhere"])
def test_what_is_dropped_and_cannot_be_opened(name: str, session: Program, tmp_path: Path) -> None:
    if name == "picture.png":
        write_picture(tmp_path / name)
    elif name == "notes.txt":
        (tmp_path / name).write_text("hello")
    seen, said = standing(session), len(session.said)
    session.explorer.dropped.emit(str(tmp_path / name))
    words = "cannot be opened here; drop a folder of images, a .npy or .npz file, or a checkpoint folder."
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
        full.setattr(session_files, "_PIECE", _Full())
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
        program.wait(lambda: program.training.run == "paused" and program.training.step == 4)
        settle(program)
        still_works(program)
    with running(qtbot, tmp_path, open_path=saved) as program:
        program.wait(lambda: program.said)
        (told,) = program.said
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
        program.wait(lambda: shows(program, DataConfig(name="digits")) and program.training.run == "ready")
        settle(program)
        still_works(program)


# ---------------------------------------------------------------- sessions


def save(program: Program, folder: Path) -> None:
    """Save the run to `folder`."""
    program.explorer.save_requested.emit(str(folder))
    program.wait(lambda: f"Saved to {folder}." in program.sentences() and not program.application.client.busy)


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "\x00", '{"version": 9}', '{"panes": 3}', '{"panes": [{"axes": "0,x"}]}',
        '{"panes": [{"cursor": [NaN, 0]}]}', '{"panes": [{"cursor": [1e300, 0]}]}', '{"greyed": ["a"]}',
        "[" * 10_000,
    ],
)  # fmt: skip
def test_a_bad_session_beside_a_good_run(text: str, session: Program, good: Path, tmp_path: Path) -> None:
    folder, said = tmp_path / "run", len(session.said)
    shutil.copytree(good, folder)
    (folder / "session.json").write_text(text, "utf-8")
    session.explorer.open_requested.emit(str(folder))
    session.answer("replace-open")
    session.wait(lambda: session.explorer.save_place == str(folder))
    settle(session)
    assert session.training.run == "paused"
    (told,) = (one for one in session.said[said:] if not one.actions)
    assert told.level == "warning"
    assert told.sentence == (f"The window's part of the session in {folder} could not be read; the run is whole.")
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
    before = {path.name: path.read_bytes() for path in target.iterdir()}
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
        assert {path.name: path.read_bytes() for path in target.iterdir()} == before
        assert session.application.runs.unsaved
    save(session, tmp_path / "elsewhere")
    assert not session.application.runs.unsaved
    assert (tmp_path / "elsewhere" / checkpoint.FILE).exists()
    assert json.loads((tmp_path / "elsewhere" / "session.json").read_text("utf-8"))["version"] == 1


def _failing(code: int) -> Any:
    def sync(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    return sync


# ---------------------------------------------------------------- the program's own files


@pytest.mark.qt_log_ignore("QVariant::load")
@pytest.mark.parametrize(
    "content",
    [
        b"\x00\xff\xfe garbage \x80" * 50,
        b"[window\ngeometry=@ByteArray(broken\nlayout=@Variant(\\0\\0\\0\\x7f\\0)\n",
        b"[window]\nappearance=loud\ngeometry=@ByteArray(xx)\nlayout=3\n[explore]\nlink=@Invalid()\n"
        b"[files]\nrecent=@Variant(\\0\\0\\0\\x8)\n[train]\ndevice=toaster\nsetup=[[[\n[view]\nlanguage=9\n",
    ],
)
def test_settings_that_cannot_be_read(content: bytes, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_bytes(content)
    with running(qtbot, tmp_path) as program:
        assert program.left.picture is not None
        assert program.explorer.link == "image"
        assert program.training.device_wish == "auto"
        assert not [one for one in program.said if one.level == "error"]
        program.explorer.set_link("decode")
    with running(qtbot, tmp_path) as program:
        assert program.explorer.link == "decode"


def test_a_damaged_bundled_pair(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = tmp_path / "resources" / "pretrained" / "mnist"
    shutil.copytree(Path(str(resources.files("resources"))) / "pretrained" / "mnist", pair)
    for file in pair.glob("state-*"):
        file.write_bytes(file.read_bytes()[:-1])
    monkeypatch.setattr(app, "files", lambda package: tmp_path / package)
    with running(qtbot, tmp_path) as program:
        (told,) = program.said
        assert told.level == "warning"
        assert told.sentence == (
            f"The pair that comes with the program in {pair} is damaged; install the program again, or "
            "choose data and train."
        )
        assert "instead of" in told.details
        assert program.left.model is None
        assert program.explorer.data is None
        program.drag(0, (0.3, 0.4), (0.5, 0.6))
        program.explorer.open_requested.emit("")
        assert program.said[-1].times == 2
        narrow(program)
        program.training.command_requested.emit("step")
        program.wait(lambda: program.training.step == 1)
        assert data_of(program).title.startswith("Handwritten digits")
        settle(program)
        still_works(program)


# ---------------------------------------------------------------- the trainer's process


@pytest.mark.skipif(os.name == "nt", reason="there are no signals to kill with")
def test_a_killed_trainer(qtbot: QtBot, tmp_path: Path) -> None:
    config = DataConfig(name="array", path=str(good_array(tmp_path / "images.npy")))
    with running(qtbot, tmp_path, in_thread=False) as program:
        narrow(program)
        load(program, config)
        train(program)  # each step ends in a pause, which saves
        pictures = [pane.picture.tobytes() for pane in panes(program)]
        kill(program)
        told = program.said[-1]
        assert told.level == "error"
        assert "The trainer was ended by signal 9; the maps and pictures stay as they are" in told.sentence
        assert [key for _, key in told.actions] == ["restart-service"]
        assert [pane.picture.tobytes() for pane in panes(program)] == pictures
        assert program.training.run == "none"
        program.drag(0, (0.3, 0.4), (0.5, 0.6))
        program.answer("restart-service")
        program.wait(lambda: "An unfinished run was found: images, step 3." in program.sentences())
        program.answer("recover-run")
        program.wait(lambda: program.training.run == "paused" and program.training.step == 3)
        settle(program, evaluated=False)
        assert program.application.runs.unsaved
        assert program.explorer.save_place == ""
        assert program.explorer.recent == ()
        still_works(program)
        program.application.recovery.forget()
    assert list((tmp_path / "unfinished").iterdir()) == []


def test_whatever_is_asked_for_starts_a_dead_trainer_again(qtbot: QtBot, tmp_path: Path) -> None:
    config = DataConfig(name="array", path=str(good_array(tmp_path / "images.npy")))
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, config)
        program.application.link.stop()
        program.application.link.died.emit("The trainer was ended by a test.")
        assert program.training.run == "none"
        program.training.command_requested.emit("step")
        program.wait(lambda: program.training.step == 1)
        settle(program)
        assert shows(program, config)
        still_works(program)
        assert [one.sentence for one in program.said] == ["The trainer was ended by a test."]


def kill(program: Program) -> None:
    """Kill the trainer's process, and wait for the news."""
    said = len(program.said)
    pid = program.application.link.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    program.wait(lambda: any("The trainer was ended" in one.sentence for one in program.said[said:]))
