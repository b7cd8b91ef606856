"""`python -m trainer` saves runs on all kinds of file systems and in all kinds of folders."""

from __future__ import annotations

import csv
import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from trainer.commands import train
from trainer.commands.main import main
from trainer.storage import staging
from trainer.storage.folder_lock import claim
from trainer.training.checkpoint import FILE, load, read_codes, read_description
from trainer.training.run_folder import HeldFolder

SMALL = ("--count", "300", "--widths", "8", "--batch", "50", "--threads", "1", "--device", "cpu")
DIGITS = ("train", "--data", "digits", *SMALL)


@pytest.fixture(scope="module", autouse=True)
def _ordinary_arithmetic() -> Iterator[None]:
    """Restore denormals, which training switches off in this thread; other tests rely on them."""
    yield
    torch.set_flush_denormal(False)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of one epoch, to be copied."""
    out = tmp_path_factory.mktemp("original") / "run"
    assert main([*DIGITS, "--epochs", "1", "--out", str(out)]) == 0
    return out


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "run")


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.splitlines()[-1]


def no_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test if training begins."""
    from trainer.training.engine import Trainer

    def steps(_: Trainer) -> None:
        pytest.fail("it trained")

    monkeypatch.setattr(Trainer, "steps", steps)


# ---------------------------------------------------------------- names that are not UTF-8


@pytest.fixture
def latin(tmp_path: Path) -> Path:
    r"""A folder of pictures called caf\xe9, with two classes that differ in a byte that is not UTF-8."""
    folder = os.path.join(os.fsencode(tmp_path), b"caf\xe9")
    random = np.random.default_rng(0)
    try:
        for name in (b"gar\xe7on", b"gar\xe8on"):
            os.makedirs(os.path.join(folder, name))
            for number in range(8):
                with open(os.path.join(folder, name, b"\xe9%d.png" % number), "wb") as file:
                    Image.fromarray(random.integers(0, 256, (8, 8), dtype=np.uint8)).save(file, "PNG")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    return Path(os.fsdecode(folder))


def test_names_that_are_not_utf_8_are_kept_and_read_again(latin: Path, tmp_path: Path) -> None:
    out = tmp_path / os.fsdecode(b"r\xe9")
    assert run("train", "--data", latin, "--size", 8, *SMALL[2:], "--epochs", 1, "--out", out) == 0
    description = read_description(out)
    assert description.config.data.path == str(latin)
    assert description.data.title == r"caf\xe9"
    assert description.data.label_names == (r"gar\xe7on", r"gar\xe8on")
    (out / FILE).read_bytes().decode("utf-8")
    assert run("train", "--resume", out, "--epochs", 2) == 0
    table = tmp_path / os.fsdecode(b"c\xe9.csv")
    assert run("encode", out, "--out", table) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        reported = {row["label"] for row in csv.DictReader(file)}
    assert reported == {r"gar\xe7on", r"gar\xe8on"}
    assert run("sample", out, "--out", tmp_path / os.fsdecode(b"s\xe9.png")) == 0
    assert len(names(tmp_path)) == 5


# ---------------------------------------------------------------- other people's files


def test_only_files_that_a_description_names_are_removed(folder: Path) -> None:
    former = read_description(folder)
    foreign = ("state-best.safetensors", "codes-umap.safetensors", ".partial-x", "notes.txt")
    stray = "state-0123456789abcdef.safetensors"  # named like a tensor file, but mentioned by no description
    for name in (*foreign, stray):
        (folder / name).write_text("mine")
    assert run("train", "--resume", folder, "--epochs", 3, "--save-every", 0.001) == 0
    now = read_description(folder)
    assert now.step > former.step
    assert names(folder) == sorted([*foreign, stray, FILE, now.state.name, now.codes.name])


def test_a_run_that_continues_elsewhere_may_replace_another(folder, capsys):
    other = shutil.copytree(folder, folder.parent / "other")
    onwards = ("train", "--resume", folder, "--epochs", 2, "--out", other)
    assert run(*onwards) == 2
    assert "add --overwrite" in last_line(capsys)
    assert run(*onwards, "--overwrite") == 0
    assert read_description(other).epoch == 2


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("after", [FILE, ".safetensors"])
def test_what_a_save_that_was_killed_put_there_goes_with_the_next(folder: Path, after: str) -> None:
    """Killed after the tensors were renamed, or after the description was."""
    code = (
        "import os, signal, sys\n"
        "from trainer.storage import atomic_files, staging, system\n"
        "def renamed(source, target, real=system.renamed):\n"
        "    real(source, target)\n"
        "    if str(target).endswith(sys.argv[1]): os.kill(os.getpid(), signal.SIGKILL)\n"
        "staging.renamed = atomic_files.renamed = renamed\n"
        "from trainer.commands.main import main\n"
        "main(['train', '--resume', sys.argv[2], '--epochs', '2', '--threads', '1'])\n"
    )
    before = set(names(folder))
    done = subprocess.run([sys.executable, "-c", code, after, str(folder)], check=False, timeout=300)
    assert done.returncode == -signal.SIGKILL
    assert set(names(folder)) - before
    load(folder)
    assert run("train", "--resume", folder, "--epochs", 3) == 0
    now = read_description(folder)
    assert names(folder) == sorted([FILE, now.state.name, now.codes.name])


# ---------------------------------------------------------------- two writers


def test_a_second_writer_of_a_run_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with claim(folder) as lock:
        assert lock is not None
        anew = ("--data", "digits", *SMALL, "--overwrite", "--out", folder)
        for options in (("--resume", folder), anew):
            assert run("train", *options, "--epochs", 60) == 1
            assert last_line(capsys) == (
                f"train: Another program is writing to {folder}; wait until it has ended, or choose another "
                "folder."
            )
        # Writing elsewhere is possible, and the run being written can be read.
        assert run("train", "--resume", folder, "--epochs", 2, "--out", folder.parent / "other") == 0
        assert run("evaluate", folder) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run("train", "--resume", folder, "--epochs", 2) == 0


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_the_folder_belongs_to_a_training_until_it_ends_or_is_killed(tmp_path: Path) -> None:
    out = tmp_path / "run"
    command = [sys.executable, "-m", "trainer", *DIGITS, "--epochs", "100000", "--out", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while "epoch" not in process.stderr.readline():
            assert process.poll() is None
        assert claim(out) is None
        process.kill()
        process.stderr.read()
    assert run("train", "--resume", out, "--epochs", 1) == 0
    assert read_description(out).step == 6
    assert len(names(out)) == 3


def test_two_encodes_into_one_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_WAIT", 0.0)
    out = tmp_path / "codes.npz"
    with staging.staging(tmp_path, "Codes.npz"):  # as on case-insensitive file systems
        assert run("encode", folder, "--out", out) == 1
        why = "another program is writing it; choose another folder"
        assert last_line(capsys) == f"encode: {out} could not be written: {why}."
    assert run("encode", folder, "--out", out) == 0


# ---------------------------------------------------------------- early errors


def refuse_writing(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the creation of files fail, as on a read-only or full disk."""
    real = os.open

    def refuse(path: str, flags: int, *rest: int, **named: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(code, os.strerror(code), path)
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "writing there is not allowed; choose another folder"),
        (errno.EACCES, "writing there is not allowed; choose another folder"),
        (errno.ENOSPC, "the disk is full; free some space or choose another folder"),
    ],
)
def test_a_place_that_cannot_be_written_to_is_reported_before_training(
    tmp_path: Path, code: int, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    no_steps(monkeypatch)
    refuse_writing(code, monkeypatch)
    assert run(*DIGITS, "--out", tmp_path / "new" / "run") == 1
    assert last_line(capsys) == f"train: The checkpoint {tmp_path / 'new' / 'run'} could not be written: {words}."
    assert names(tmp_path) == []


def test_room_for_the_larger_saves_to_come_is_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first checkpoint fits, as it has no optimiser state; the second one, written beside it, would not."""
    no_steps(monkeypatch)
    asked: list[int] = []

    def little(_: int, size: int) -> None:
        asked.append(size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("trainer.training.run_folder.find_room", little)
    assert run(*DIGITS, "--out", tmp_path / "run") == 1
    assert "the disk is full" in last_line(capsys)
    state = read_description(tmp_path / "run").state.size
    assert asked[0] > 2 * state


@pytest.mark.parametrize("error", [errno.EPERM, errno.ENOTSUP])
def test_niceties_of_the_file_system_cost_nothing(
    folder: Path, error: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    def sync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            refuse()
        real(handle)

    for name in ("chmod", "fchmod", "chown", "fchown"):
        monkeypatch.setattr(os, name, refuse, raising=False)
    monkeypatch.setattr(os, "fsync", sync)
    assert run("train", "--resume", folder, "--epochs", 2) == 0
    assert read_description(folder).step == 12


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks up what a descriptor stands for")
def test_what_was_renamed_is_not_called_unwritten(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, synced = os.fsync, []

    def sync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            synced.append(handle)
            if len(synced) == 2:  # the folder, after the description was renamed
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    no_steps(monkeypatch)
    assert run("train", "--resume", folder, "--epochs", 2) == 1
    said = last_line(capsys)
    assert "was written, but its disk reports an error (" in said
    assert "could not be written" not in said
    load(folder)


@pytest.mark.parametrize("command", ["encode", "sample"])
def test_a_result_that_cannot_be_written_is_reported_before_the_work(
    folder: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from trainer.replica.numpy_replica import NumpyReplica

    for work in ("encode", "posterior", "decode"):
        monkeypatch.setattr(NumpyReplica, work, lambda *_: pytest.fail("it worked"))
    name = {"encode": "codes.npz", "sample": "sheet.png"}[command]
    (tmp_path / "file").write_text("x")
    (tmp_path / "taken" / name).mkdir(parents=True)
    for out in (tmp_path / "nowhere" / name, tmp_path / "file" / name, tmp_path / "taken" / name):
        assert run(command, folder, "--out", out) == 1
        said = last_line(capsys)
        assert said.startswith(f"{command}: {out} could not be written: ")
    refuse_writing(errno.EROFS, monkeypatch)
    assert run(command, folder, "--out", tmp_path / name) == 1
    why = "writing there is not allowed; choose another folder"
    assert last_line(capsys) == f"{command}: {tmp_path / name} could not be written: {why}."
    assert names(tmp_path) == ["file", "run", "taken"]


def test_a_full_disk_is_noticed_before_encoding(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from trainer.replica.numpy_replica import NumpyReplica

    def full(_: int, size: int) -> None:
        assert size == 300 * 8 * 8  # codes, σ and losses of both models
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(NumpyReplica, "encode", lambda *_: pytest.fail("it worked"))
    monkeypatch.setattr("trainer.commands.result_file.find_room", full)
    assert run("encode", folder, "--out", tmp_path / "codes.csv") == 1
    why = "the disk is full; free some space or choose another folder"
    assert f"codes.csv could not be written: {why}" in last_line(capsys)
    assert names(tmp_path) == ["run"]


# ---------------------------------------------------------------- links, and places that change


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege")
@pytest.mark.parametrize("there", [True, False])
def test_a_run_kept_through_a_link(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert run(*DIGITS, "--epochs", 1, "--out", tmp_path / "link") == 0
    assert (tmp_path / "link").is_symlink()
    assert read_description(tmp_path / "real").step == 6
    (tmp_path / "codes.npz").symlink_to(tmp_path / "elsewhere.npz")
    assert run("encode", tmp_path / "link", "--out", tmp_path / "codes.npz") == 0
    assert (tmp_path / "codes.npz").is_symlink()
    with np.load(tmp_path / "elsewhere.npz") as arrays:
        assert len(arrays["codes_1"]) == 300


def test_a_place_that_is_removed_meanwhile_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.training.engine import Trainer

    real = Trainer.evaluate

    def evaluate(self: Trainer) -> object:
        shutil.rmtree(tmp_path / "run")
        return real(self)

    monkeypatch.setattr(Trainer, "evaluate", evaluate)
    assert run(*DIGITS, "--epochs", 1, "--out", tmp_path / "run") == 0
    assert read_description(tmp_path / "run").step == 6


def test_a_run_that_continues_keeps_its_codes_until_its_first_step(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trainer.training.stepping import Stepping

    def die(_: Stepping) -> None:
        raise MemoryError

    before = read_codes(folder)
    monkeypatch.setattr(Stepping, "calibrate", die)
    assert run("train", "--resume", folder, "--epochs", 2) == 1
    np.testing.assert_array_equal(read_codes(folder).codes[1], before.codes[1])
    assert read_description(folder).evaluations


def test_a_run_that_another_program_has_just_ended_in_the_same_folder_is_not_replaced(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It did not exist when the folder was checked first."""
    out, hold = tmp_path / "run", train.hold

    def hold_after_the_other(folder: Path) -> HeldFolder:
        shutil.copytree(original, folder)
        return hold(folder)

    monkeypatch.setattr(train, "hold", hold_after_the_other)
    assert run(*DIGITS, "--epochs", "1", "--seed", "1", "--out", out) == 2
    assert "already holds a run" in last_line(capsys)
    assert (out / FILE).read_bytes() == (original / FILE).read_bytes()
