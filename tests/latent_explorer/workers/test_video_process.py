"""Encoders that do not do what is expected of them: cancelling and closing wait for none."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.workers.progressive_task import ProgressiveTask
from latent_explorer.workers.video_process import write_mp4

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the stand-in for the encoder is a script with a first line"
)

#: Stand-ins: one never reads, one reads all and never ends, one writes what it is told to and ends late.
_DEAF = "import time; started(); time.sleep(60)"
_SLEEPY = "sys.stdin.buffer.read(); started(); time.sleep(60)"
_LATE = "sys.stdin.buffer.read(); open(sys.argv[-1], 'w').write('film'); started(); time.sleep(0.5)"
_ENCODER = """#!{python}
import os, pathlib, sys, time
def started():
    pathlib.Path({told!r}).write_text(str(os.getpid()))
{what}
"""


def stand_in(folder: Path, what: str) -> Path:
    """Put an encoder into `folder` that does this; the file it tells its process number in."""
    told = folder / "told"
    encoder = folder / "ffmpeg"
    encoder.write_text(_ENCODER.format(python=sys.executable, told=str(told), what=what))
    encoder.chmod(encoder.stat().st_mode | stat.S_IXUSR)
    return told


def frame(number: int) -> np.ndarray:
    return np.full((400, 400, 3), number, np.uint8)


def ended(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("what", [_DEAF, _SLEEPY, _LATE])
@pytest.mark.parametrize("how", ["cancel", "close"])
def test_given_up_it_ends_at_once_and_replaces_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, how: str
) -> None:
    programs, films = tmp_path / "programs", tmp_path / "films"
    programs.mkdir()
    films.mkdir()
    told = stand_in(programs, what)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    former = films / "a.mp4"
    former.write_text("former")
    task = ProgressiveTask("export")
    finished: list[bool] = []
    task.finished.connect(lambda: finished.append(True))
    task.ask(lambda: write_mp4(former, frame, 5, 5.0, {}))
    qtbot.waitUntil(lambda: told.exists() and told.read_text() != "", timeout=20_000)
    process = int(told.read_text())
    started = time.perf_counter()
    getattr(task, how)()
    qtbot.waitUntil(lambda: ended(process) and list(films.iterdir()) == [former], timeout=2_000)
    took = time.perf_counter() - started
    task.close()
    assert took < 0.3
    assert former.read_text() == "former"
    assert not finished


def test_an_encoder_that_ends_late_is_waited_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, _LATE)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    film = tmp_path / "a.mp4"
    for _ in write_mp4(film, frame, 5, 5.0, {}):
        pass
    assert film.read_text() == "film"
