"""`python -m trainer` with invalid input: one line that names the problem and what to do, and an exit code."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bad_files import ARRAYS, CHECKPOINTS, FOLDERS, good_array, good_folder, mixed_folder
from tests.forged_checkpoints import write_description
from trainer.commands.main import main
from trainer.training.checkpoint import FILE, read_description

SMALL = ("--widths", "8", "--batch", "16", "--threads", "1", "--device", "cpu", "--epochs", "1")
#: Maximum bytes allocated while refusing a file: far below what the files declare.
_MOST = 40_000_000

Ask = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return good_array(tmp_path_factory.mktemp("images") / "images.npy")


@pytest.fixture(scope="module")
def original(images: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid checkpoint, to be copied before it is damaged."""
    out = tmp_path_factory.mktemp("original") / "run"
    assert main(["train", "--data", str(images), *SMALL, "--out", str(out)]) == 0
    return out


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command that must fail; returns its exit code and its one-line error."""

    def run(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert captured.out == ""
        assert code in (1, 2)
        *progress, line = captured.err.splitlines()
        # Outside a terminal progress is printed as occasional lines.
        assert all("images" in said for said in progress), captured.err
        assert "Traceback" not in line
        assert "unexpectedly" not in line
        return code, line

    return run


@contextmanager
def little_memory() -> Iterator[None]:
    """Checks that Python and NumPy allocate far less than hostile files declare."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < _MOST
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", FOLDERS)
def test_folders(kind: str, tmp_path: Path, ask: Ask) -> None:
    make, words = FOLDERS[kind]
    folder = make(tmp_path)
    with little_memory():
        code, line = ask("train", "--data", folder, *SMALL, "--out", tmp_path / "out")
    assert code == 2
    assert str(folder) in line
    if kind != "missing":
        assert words in line
    else:
        assert "There is no data set, folder or array file called" in line
    assert not (tmp_path / "out").exists()


def test_bad_files_among_good_ones_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = mixed_folder(tmp_path / "pictures")
    assert main(["train", "--data", str(folder), *SMALL, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().err
    assert "3 files were left out:\n  cut.png: damaged or cut short\n" in said
    assert read_description(tmp_path / "out").data.count == 6


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays(kind: str, tmp_path: Path, ask: Ask) -> None:
    make, words = ARRAYS[kind]
    path = make(tmp_path)
    with little_memory():
        code, line = ask("train", "--data", path, *SMALL, "--out", tmp_path / "out")
    assert code == 2
    assert str(path) in line
    assert words in line
    assert not (tmp_path / "out").exists()


def test_one_picture_is_no_data_set(tmp_path: Path, ask: Ask) -> None:
    picture = good_folder(tmp_path, 1) / "good0.png"
    code, line = ask("train", "--data", picture, *SMALL)
    assert code == 2
    assert f"{picture} holds only one image that can be used; at least two are needed." in line


@pytest.mark.parametrize("kind", CHECKPOINTS)
def test_checkpoints(kind: str, original: Path, tmp_path: Path, ask: Ask) -> None:
    harm, words = CHECKPOINTS[kind]
    folder = tmp_path / "run"
    shutil.copytree(original, folder)
    harm(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for command in (
        ("evaluate", folder),
        ("encode", folder, "--out", tmp_path / "codes.npz"),
        ("sample", folder, "--out", tmp_path / "sheet.png"),
        ("train", "--resume", folder, "--epochs", "2"),
    ):
        with little_memory():
            code, line = ask(*command)
        assert code == 2
        assert str(folder) in line
        assert words in line
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


FOREIGN: dict[str, Callable[[dict[str, Any]], object]] = {
    "no model family called 'wgan'": lambda body: body["config"]["models"][-1].update(family="wgan"),
    "no option called 'turbo'": lambda body: body["config"]["models"][-1].update(options={"turbo": 3}),
    "no knob 'gamma'": lambda body: body["knobs"].update(gamma=3.0),
    "no knob 'm1_beta'": lambda body: body["knobs"].update(m1_beta=3.0),
}


@pytest.mark.parametrize("words", FOREIGN)
def test_what_a_later_program_may_have_written_names_the_run(
    words: str, original: Path, tmp_path: Path, ask: Ask
) -> None:
    """Nothing is damaged; only this program has no such thing."""
    folder = tmp_path / "run"
    shutil.copytree(original, folder)
    body = json.loads((folder / FILE).read_text("utf-8"))
    FOREIGN[words](body)
    write_description(folder, body)
    # Weights can be measured whatever the knobs were.
    commands = [("train", "--epochs", "2", "--resume", folder)] + [("evaluate", folder)] * ("knob" not in words)
    for command in commands:
        code, line = ask(*command)
        assert code == 2
        assert str(folder) in line
        assert words in line


def test_knobs_that_no_model_has_are_said_to_have_no_part_in_what_is_measured(
    original: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(original, folder)
    assert main(["evaluate", str(folder), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    body = json.loads((folder / FILE).read_text("utf-8"))
    body["knobs"].update(gamma=3.0, m1_beta=3.0)
    write_description(folder, body)
    assert main(["evaluate", str(folder), "--json"]) == 0
    said = capsys.readouterr()
    after = json.loads(said.out)
    (remark,) = after.pop("remarks")
    assert remark.endswith("is not used: 'gamma', 'm1_beta'.")
    assert remark in said.err.replace("\n", " ")
    assert before.pop("remarks") == []
    assert after == before | {"checkpoint": str(folder)}


def test_a_full_disk_is_a_failure_and_keeps_the_former_run(
    original: Path, tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(original, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    code, line = ask("train", "--resume", folder, "--epochs", "2")
    assert code == 1
    assert f"The checkpoint {folder} could not be written: the disk is full; free some space" in line
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    monkeypatch.undo()
    assert main(["train", "--resume", str(folder), "--epochs", "2"]) == 0
    assert read_description(folder).config.train.epochs == 2


def test_a_target_below_a_file_is_refused_before_training(images: Path, tmp_path: Path, ask: Ask) -> None:
    (tmp_path / "file").write_text("x")
    code, line = ask("train", "--data", images, *SMALL, "--out", tmp_path / "file" / "run")
    assert code == 2
    assert f"{tmp_path / 'file'} is a file, so nothing can be kept in" in line


def test_images_that_vanished(tmp_path: Path, ask: Ask) -> None:
    folder = good_folder(tmp_path / "pictures")
    out = tmp_path / "out"
    assert main(["train", "--data", str(folder), *SMALL, "--out", str(out)]) == 0
    shutil.rmtree(folder)
    for command in (("evaluate", out), ("train", "--resume", out, "--epochs", "2")):
        code, line = ask(*command)
        assert code == 2
        assert f"The folder {folder} does not exist; choose another." in line


def test_a_data_set_that_is_not_there_without_a_download(tmp_path: Path, ask: Ask) -> None:
    code, line = ask("train", "--data", "mnist", "--data-folder", tmp_path, *SMALL)
    assert code == 2
    assert "MNIST is not in" in line
    assert "--download" in line
    code, line = ask("train", "--data", "mnist", "--data-folder", tmp_path / "nowhere", *SMALL)
    assert code == 2
    assert f"The data folder {tmp_path / 'nowhere'} does not exist; choose another" in line
    assert "--download" in line
    assert not (tmp_path / "nowhere").exists()
