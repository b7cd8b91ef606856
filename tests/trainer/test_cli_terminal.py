"""The command line with difficult terminals: other encodings, closed, full, hung up."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from trainer.training.checkpoint import load, read_description

ROOT = Path(__file__).resolve().parents[2]
SMALL = [
    "--data",
    "digits",
    "--count",
    "200",
    "--model",
    "vae",
    "--widths",
    "8",
    "--threads",
    "1",
    "--device",
    "cpu",
]
unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


def _environment(encoding: str = "utf-8") -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "QT_QPA_PLATFORM": "offscreen"}


def _run(*arguments: str, encoding: str = "utf-8", **streams: Any) -> subprocess.CompletedProcess[bytes]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env=_environment(encoding),
        cwd=ROOT,
        timeout=110,
        check=False,
        **streams,
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("kept") / "run"
    done = _run("trainer", "train", *SMALL, "--epochs", "1", "--out", str(out), encoding="ascii")
    assert done.returncode == 0, done.stderr
    assert b"Kept in" in done.stdout
    return out


# ---------------------------------------------------------------- encodings


_MAIN = {"trainer": "trainer.commands.main", "latent_explorer": "latent_explorer.cli"}
ENCODINGS = pytest.mark.parametrize("encoding", ["cp1252", "ascii"])


@ENCODINGS
@pytest.mark.parametrize(
    "arguments",
    [
        ["trainer", "--help"],
        ["trainer", "train", "--help"],
        ["trainer", "list"],
        ["trainer", "evaluate", "{run}"],
        ["latent_explorer", "--help"],
        ["latent_explorer", "--diagnostics"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_signs_that_an_encoding_does_not_have_are_replaced(
    arguments: list[str], encoding: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here, with streams as Python opens them; whole processes are the next test's."""
    program, *options = (part.format(run=kept) for part in arguments)
    main = import_module(_MAIN[program]).main
    streams = {"stdout": "strict", "stderr": "backslashreplace"}
    written = {name: io.BytesIO() for name in streams}
    with monkeypatch.context() as terminal:
        for name, errors in streams.items():
            terminal.setattr(sys, name, io.TextIOWrapper(written[name], encoding, errors))
        terminal.setenv("QT_QPA_PLATFORM", "offscreen")
        try:
            code = main(options)
        except SystemExit as end:  # argparse's own, after help
            code = end.code
        for name in streams:
            getattr(sys, name).detach()
    assert not code, written["stderr"].getvalue()
    assert written["stdout"].getvalue()
    assert b"Traceback" not in written["stderr"].getvalue()
    written["stdout"].getvalue().decode(encoding)


@ENCODINGS
@pytest.mark.parametrize("arguments", [["trainer", "train", "--help"], ["latent_explorer", "--help"]])
def test_a_process_replaces_them(arguments: list[str], encoding: str) -> None:
    done = _run(*arguments, encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert b"Traceback" not in done.stderr
    done.stdout.decode(encoding)


def test_json_loses_no_sign_in_any_encoding(kept: Path, tmp_path: Path) -> None:
    out = tmp_path / "β"
    if not _names_can_be("β"):
        pytest.skip("this system's file names have no β")
    done = _run("trainer", "encode", str(kept), "--out", str(out) + ".npz", "--json", encoding="ascii")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["out"] == f"{out}.npz"


def _names_can_be(name: str) -> bool:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


# ---------------------------------------------------------------- streams


@unix_only
@pytest.mark.parametrize(
    "stderr", ["2>/dev/full", "2>&-", "2>&1 >/dev/null | head -c 1 >/dev/null", "2>&- >&- <&-"]
)
def test_what_cannot_be_said_does_not_end_a_run(stderr: str, tmp_path: Path) -> None:
    if "/dev/full" in stderr and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    out = tmp_path / "run"
    command = " ".join([sys.executable, "-m", "trainer", "train", *SMALL, "--epochs", "2", "--out", str(out)])
    # Record the exit code of the command itself, not that of the pipeline.
    script = f"{{ {command}; echo $? > {tmp_path}/code; }} {stderr}"
    done = subprocess.run(
        ["sh", "-c", script], env=_environment(), cwd=ROOT, timeout=110, check=False, stdout=subprocess.DEVNULL
    )
    assert done.returncode == 0
    assert (tmp_path / "code").read_text().strip() == "0"
    assert read_description(out).epoch == 2
    load(out)


@unix_only
def test_a_result_that_cannot_be_written_is_reported_and_the_run_is_kept(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    out = tmp_path / "run"
    with open("/dev/full", "wb") as full:
        done = _run("trainer", "train", *SMALL, "--epochs", "1", "--out", str(out), stdout=full)
    assert done.returncode == 1
    assert (
        done.stderr.decode().splitlines()[-1].startswith("train: The result could not be written: No space left")
    )
    assert read_description(out).epoch == 1


# ---------------------------------------------------------------- signals


@contextmanager
def _endless(out: Path, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """An endless run that has begun to train."""
    arguments = ["train", *SMALL, "--epochs", "100000", "--out", str(out), "--save-every", "0.2"]
    with subprocess.Popen(
        [sys.executable, "-m", "trainer", *arguments],
        env=_environment(),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    ) as process:
        try:
            assert process.stderr is not None
            next(line for line in process.stderr if line.startswith("epoch"))
            yield process
        finally:
            process.kill()


@unix_only
@pytest.mark.parametrize(("name", "code"), [("SIGHUP", 129), ("SIGTERM", 143), ("SIGINT", 130)])
def test_a_signal_keeps_the_run(name: str, code: int, tmp_path: Path) -> None:
    out = tmp_path / "run"
    with _endless(out) as process:
        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=100)
    assert process.returncode == code
    step = read_description(out).step
    assert f"Stopped at step {step}; go on with --resume {out}." in said
    load(out)


@unix_only
def test_a_terminal_that_goes_says_so_twice_and_takes_its_streams_along(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with _endless(out) as process:
        assert process.stderr is not None
        process.stderr.close()
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGHUP)
        assert process.wait(100) == 129
    assert read_description(out).step > 0
    load(out)


@unix_only
def test_a_signal_that_is_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    """As set by `nohup`."""
    out = tmp_path / "run"
    with _endless(out, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as process:
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=100)
    assert process.returncode == 143
