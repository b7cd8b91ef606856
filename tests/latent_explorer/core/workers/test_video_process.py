"""Encoders that do not do what is expected of them: cancelling and closing wait for none."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.core.workers.video_process import find_encoder, write_mp4
from latent_explorer.core.workers.video_tool import MOST_SIDE, fitted_size, probe
from latent_explorer.core.workers.worker import Worker
from trainer.sentences import RequestError, Sentence

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="the stand-in for the encoder is a script with a first line"
)

#: Stand-ins: one never reads, one reads all and never ends, one writes what is requested and ends late.
_DEAF = "import time; started(); time.sleep(600)"
_SLEEPY = "sys.stdin.buffer.read(); started(); time.sleep(600)"
_LATE = "sys.stdin.buffer.read(); open(sys.argv[-1], 'w').write('film'); started(); time.sleep(0.5)"
_NEVER = _LATE.replace("0.5", "600")
_ENCODER = """#!{python}
import os, pathlib, sys, time
def started():
    pathlib.Path({told!r}).write_text(str(os.getpid()))
if "-encoders" in sys.argv:
    print({offered!r})
elif "framecrc" in sys.argv:
    print("#header\\n" + "0, 0, 0, 1, 1, 0x1\\n" * {frames})
else:
    {what}
"""
_H264 = " V....D libx264              H.264 (codec h264)"


def stand_in(folder: Path, what: str, offered: str = _H264, frames: int = 5) -> Path:
    """Put an encoder into `folder` that does this; the file it tells its process number in.

    offered: what it says that it can encode. frames: how many it decodes of any film.
    """
    told = folder / "told"
    encoder = folder / "ffmpeg"
    encoder.write_text(
        _ENCODER.format(python=sys.executable, told=str(told), what=what, offered=offered, frames=frames)
    )
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


@pytest.mark.parametrize("what", [_DEAF, _SLEEPY, _NEVER])
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
    task = Worker("export")
    finished: list[bool] = []
    task.finished.connect(lambda: finished.append(True))
    task.ask(lambda: write_mp4(former, frame, 5, 5.0, {}))
    qtbot.waitUntil(lambda: told.exists() and told.read_text() != "")
    process = int(told.read_text())
    getattr(task, how)()
    qtbot.waitUntil(lambda: ended(process) and list(films.iterdir()) == [former])
    task.close()
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


_WRITES = "sys.stdin.buffer.read(); open(sys.argv[-1], 'w').write(' '.join(sys.argv))"


def film_of(folder: Path, monkeypatch: pytest.MonkeyPatch, side: tuple[int, int] = (400, 400)) -> str:
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    film = folder / "a.mp4"
    for _ in write_mp4(film, lambda number: np.full((*side, 3), number, np.uint8), 5, 5.0, {}):
        pass
    return film.read_text()


def probed(encoder: str, film: Path, frames: int) -> Sentence | None:
    asked = probe(encoder, film, frames)
    while True:
        try:
            next(asked)
        except StopIteration as end:
            return end.value


def test_the_best_playable_encoder_that_is_offered_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, _WRITES, " V....D mpeg4  MPEG-4\n V....D libvpx-vp9  VP9\n V....D libopenh264  H.264")
    assert "-c:v libopenh264" in film_of(tmp_path, monkeypatch)


def test_without_a_playable_encoder_there_is_a_sentence_and_no_film(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, _WRITES, " V....D mpeg4  MPEG-4 part 2")
    with pytest.raises(RequestError, match="no encoder whose films browsers play"):
        film_of(tmp_path, monkeypatch)
    assert not (tmp_path / "a.mp4").exists()


def test_a_film_that_does_not_play_is_not_called_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, _WRITES, frames=3)
    (tmp_path / "a.mp4").write_text("former")
    with pytest.raises(RequestError, match="3 of 5 frames"):
        film_of(tmp_path, monkeypatch)
    assert (tmp_path / "a.mp4").read_text() == "former"


def test_frames_are_made_as_small_as_players_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, _WRITES)
    assert "scale=4096:284:" in film_of(tmp_path, monkeypatch, (400, 5768))


@pytest.mark.parametrize(
    ("given", "fitted"),
    [((400, 300), (400, 300)), ((5768, 400), (4096, 284)), ((100, 9000), (44, 4096)), ((9000, 1), (4096, 2))],
)
def test_sizes_stay_even_and_within_what_players_take(given: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert fitted_size(*given) == fitted
    assert max(fitted) <= MOST_SIDE


def test_a_real_encoder_makes_a_film_that_plays(tmp_path: Path) -> None:
    encoder = find_encoder()
    if encoder is None:
        pytest.skip("ffmpeg is not installed")
    film = tmp_path / "a.mp4"
    try:
        for _ in write_mp4(film, frame, 5, 5.0, {"step": 3}):
            pass
    except RequestError as error:
        pytest.skip(str(error))
    assert probed(encoder, film, 5) is None
    assert str(probed(encoder, film, 6)) == "what it wrote holds 5 of 6 frames"
    film.write_bytes(b"x")
    assert str(probed(encoder, film, 5)) == "what it wrote cannot be played"
