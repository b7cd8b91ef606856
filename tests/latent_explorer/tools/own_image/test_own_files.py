"""The program's own settings, bundled pair, arguments and trainer when they are not as they should be."""

from __future__ import annotations

import os
import shutil
import signal
from importlib import resources
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from latent_explorer import app, cli
from latent_explorer.screenshot import Screenshot
from tests.bad_files import good_array
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import (
    data_of,
    load,
    narrow,
    panes,
    settle,
    shows,
    still_works,
    train,
)
from trainer.config import DataConfig
from trainer.service.messages import Done, ListData


@pytest.mark.qt_log_ignore("QVariant::load", "This plugin does not support propagateSizeHints")
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
        (reported,) = program.said
        assert reported.level == "warning"
        assert reported.sentence == (
            f"The pair that comes with the program in {pair} is damaged; install the program again, or "
            "choose data and train."
        )
        assert "instead of" in reported.details
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--data", "nowhere"], "nowhere is not a folder; name an existing one with --data."),
        (["--data", "file"], "file is not a folder; name an existing one with --data."),
        (["--open", "nowhere"], "nowhere does not exist; name a checkpoint or session."),
        (["--size", "large"], "a size is width x height in pixels, such as 1280x800"),
        (["--device", "toaster"], "invalid choice: 'toaster'"),
    ],
)
def test_wrong_arguments(
    arguments: list[str],
    words: str,
    qapp: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    try:
        code: object = cli.main(arguments)
    except SystemExit as end:  # argparse's own
        code = end.code
    assert code == 2
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("latent-explorer: ")
    assert words in line


def test_a_screenshot_of_what_cannot_be_opened(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    with running(qtbot, tmp_path, open_path=tmp_path / "empty") as program:
        screenshot = Screenshot(
            program.window, (program.left, program.right), program.training, tmp_path / "picture.png"
        )
        screenshot.wait_for_run(program.application.notifications)
        with qtbot.waitSignal(screenshot.finished) as finished:
            pass
    assert finished.args == [2]
    assert f"{tmp_path / 'empty'} is not a checkpoint; choose a folder" in capsys.readouterr().err
    assert not (tmp_path / "picture.png").exists()


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
        reported = program.said[-1]
        assert reported.level == "error"
        assert "The trainer was ended by signal 9; the maps and pictures stay as they are" in reported.sentence
        assert [key for _, key in reported.actions] == ["restart-service"]
        assert [pane.picture.tobytes() for pane in panes(program)] == pictures
        assert program.training.run_state == "none"
        program.drag(0, (0.3, 0.4), (0.5, 0.6))
        program.answer("restart-service")
        program.wait(lambda: "An unfinished run was found: images, step 3." in program.sentences())
        program.answer("recover-run")
        program.wait(lambda: program.training.run_state == "paused" and program.training.step == 3)
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
        program.application.client.stop()
        program.application.client.lose("The trainer was ended by a test.")
        assert program.training.run_state == "none"
        program.training.command_requested.emit("step")
        program.wait(lambda: program.training.step == 1)
        settle(program)
        assert shows(program, config)
        still_works(program)
        assert [one.sentence for one in program.said] == ["The trainer was ended by a test."]


def kill(program: Program) -> None:
    """Kill the trainer's process, and wait for the news."""
    said = len(program.said)
    pid = program.application.client.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    program.wait(lambda: any("The trainer was ended" in one.sentence for one in program.said[said:]))


def test_an_answer_that_cannot_be_shown_does_not_swallow_the_next(qtbot: QtBot, tmp_path: Path) -> None:
    shown: list[object] = []

    def broken(_: object) -> None:
        raise ZeroDivisionError

    with running(qtbot, tmp_path) as program:
        client = program.application.client
        program.wait(lambda: program.explorer.available and not client.busy)
        first = client.ask(lambda job: ListData(job=job, folder=tmp_path), broken, title="first")
        second = client.ask(lambda job: ListData(job=job, folder=tmp_path), shown.append, title="second")
        with qtbot.capture_exceptions() as raised:
            program.application.client.receive([Done(first, ()), Done(second, "answer")])
        assert [kind for kind, _, _ in raised] == [ZeroDivisionError]
        assert shown == ["answer"]
        assert not client.busy
