"""The time machine in the whole program: real drags of its slider, while training and paused."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.timeline.moment_slider import MomentSlider
from latent_explorer.tools.timeline.state import TimelineState
from tests.latent_explorer.program import Program, running
from trainer.config import DataConfig, ModelConfig
from trainer.service import moment_pace
from trainer.service import moments as service_moments

pytest.importorskip("torch")
# The offscreen platform says so of every window whose least size changes, as it does with a panel.


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """A small pair on the bundled digits, with moments every twentieth of a second."""
    monkeypatch.setattr(moment_pace, "SHARE", 1.0)
    monkeypatch.setattr("trainer.service.active_run.MAP_EVERY", 0.05)
    monkeypatch.setattr("trainer.service.active_run.MAP_SHARE", 1.0)
    monkeypatch.setattr(
        service_moments.Moments.__init__,
        "__kwdefaults__",
        {
            **service_moments.Moments.__init__.__kwdefaults__,
            "every": 0.05,
        },
    )
    with running(qtbot, tmp_path) as made:
        models = tuple(ModelConfig(family=family, widths=(32,)) for family in ("autoencoder", "variational"))
        made.training.set_draft(data=DataConfig(name="digits"), models=models)
        yield made


def _moments(program: Program) -> tuple[int, ...]:
    return tuple(moment.step for moment in program.application.tools[TimelineState].moments)


def _train(program: Program, moments: int = 6) -> None:
    program.training.command_requested.emit("train")
    program.wait(lambda: program.training.run_state == "training")
    program.wait(lambda: len(_moments(program)) >= moments)


def _pause(program: Program) -> None:
    program.training.command_requested.emit("pause")
    program.wait(lambda: program.training.run_state == "paused")
    program.wait(lambda: _moments(program) and _moments(program)[-1] == program.training.step)
    program.wait(lambda: _shown(program) == (program.training.step,) * 2)


def _open(program: Program) -> MomentSlider:
    program.application.tools.panel_wanted.emit("timeline")
    slider = program.child("momentSlider")
    assert isinstance(slider, MomentSlider)
    program.wait(program.child("timelinePanel").isVisible)
    return slider


def _shown(program: Program) -> tuple[int | None, ...]:
    """The step of the weights on each map."""
    return tuple(
        pane.codes.snapshot.step if pane.codes is not None and pane.codes.snapshot is not None else None
        for pane in (program.left, program.right)
    )


def _drag(slider: MomentSlider, *places: int) -> None:
    y = 24
    points = [QPoint(round(slider.x_of(place)), y) for place in places]
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(slider, point)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=points[-1])


def test_dragging_through_the_past_while_training_continues(program: Program) -> None:
    slider = _open(program)
    _train(program)
    timeline = program.application.tools[TimelineState]
    program.wait(lambda: slider.maximum() >= 6)
    _drag(slider, 4, 3, 1, 0)
    assert timeline.looked is not None
    assert timeline.looked.step == 0
    # The maps may still be those of the first step, before the moment has been read.
    program.wait(lambda: program.training.looked_at == 0 and _shown(program) == (0, 0))
    at = program.training.step
    seen: set[tuple[int | None, ...]] = set()
    program.left.codes_changed.connect(lambda: seen.add(_shown(program)))
    # Training continues, the maps stay.
    program.wait(lambda: program.training.step > at + 100)
    assert program.training.run_state == "training"
    assert seen <= {(0, 0)}
    assert program.training.looked_at == 0
    sign = program.maps[0].stack.overlays[-1].caption(program.left.view)
    assert sign is not None
    assert sign.text == "past · step 0"
    program.click("timeline-now")
    assert timeline.looked is None
    program.wait(lambda: min(_shown(program)) > at)


def test_the_weights_and_codes_of_a_moment_are_those_of_then(program: Program) -> None:
    slider = _open(program)
    program.training.command_requested.emit("step")
    program.wait(lambda: _moments(program) == (0, 1))
    program.wait(lambda: _shown(program) == (1, 1))
    codes, weights = program.right.codes.codes, program.right.codes.snapshot.weights
    for step in (2, 3):
        program.training.command_requested.emit("step")
        program.wait(lambda step=step: _shown(program) == (step, step))
        program.wait(lambda step=step: _moments(program)[-1] == step)
    program.wait(lambda: slider.maximum() == 4)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)  # the last moment is the present
    QTest.keyClick(slider, Qt.Key.Key_Left)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    program.wait(lambda: _shown(program) == (1, 1))
    rows = program.right.codes.rows
    np.testing.assert_array_equal(program.right.codes.codes, codes[rows])
    for name, values in weights.items():
        np.testing.assert_array_equal(program.right.codes.snapshot.weights[name], values)
    program.wait(lambda: program.right.picture is not None)
    QTest.keyClick(slider, Qt.Key.Key_End)
    program.wait(lambda: _shown(program) == (3, 3))


def test_continuing_from_a_moment_and_returning(program: Program) -> None:
    slider = _open(program)
    _train(program)
    _pause(program)
    end = program.training.step
    history = program.training.history
    timeline = program.application.tools[TimelineState]
    program.wait(lambda: slider.maximum() == len(timeline.moments))
    _drag(slider, 2, 1)
    at = timeline.looked
    program.wait(lambda: _shown(program) == (at.step,) * 2)
    program.click("timeline-continue")
    program.wait(lambda: program.training.step == at.step and timeline.looked is None)
    assert program.training.former is not None
    assert program.training.former.history is history
    assert (program.training.former.parted, program.training.former.step) == (at.step, end)
    assert list(program.training.history.steps) == [step for step in history.steps if step <= at.step]
    assert _moments(program)[-1] == at.step
    program.training.command_requested.emit("step")
    program.wait(lambda: program.training.step == at.step + 1)
    program.wait(lambda: _shown(program) == (at.step + 1,) * 2)
    # The step that was done then is done again, exactly.
    again = program.training.history.column(1, "total")[-1]
    before = history.column(1, "total")[list(history.steps).index(at.step + 1)]
    assert again == before
    program.click("timeline-return")
    program.wait(lambda: program.training.step == end)
    assert program.training.history is history
    assert program.training.former.step == at.step + 1
    program.wait(lambda: _shown(program) == (end, end))
    assert not [said for said in program.said if said.level == "error"]


@pytest.mark.parametrize("place", [0, -1])
def test_continuing_while_training_from_the_first_and_the_last_moment(program: Program, place: int) -> None:
    _open(program)
    _train(program)
    timeline = program.application.tools[TimelineState]
    timeline.look(timeline.moments[place])
    at = timeline.looked.step
    program.wait(lambda: program.training.step > at + 20)
    program.click("timeline-continue")
    program.wait(lambda: program.training.former is not None)
    assert program.training.former.parted == at
    program.wait(lambda: program.training.step > at + 20)
    assert program.training.run_state == "training"
    steps = program.training.history.steps
    np.testing.assert_array_equal(steps, np.arange(1, len(steps) + 1))
    program.wait(lambda: min(_shown(program)) > at)


def test_playing_ends_at_the_present(program: Program) -> None:
    _open(program)
    _train(program, 4)
    _pause(program)
    timeline = program.application.tools[TimelineState]
    timeline.set_speed(20)
    shown: list[int | None] = []
    program.left.codes_changed.connect(lambda: shown.append(_shown(program)[0]))
    program.click("timeline-play")
    assert timeline.playing
    program.wait(lambda: not timeline.playing)
    program.wait(lambda: _shown(program)[0] == program.training.step)
    # The map of all images, which the pause brings, may have come after the press.
    played = shown[shown.index(0) :]
    assert played[: len(_moments(program))] == list(_moments(program))


def _look_back(program: Program) -> TimelineState:
    """A run of three steps is paused, and its beginning on show."""
    _open(program)
    _train(program, 3)
    _pause(program)
    timeline = program.application.tools[TimelineState]
    timeline.look_at(0)
    program.wait(lambda: _shown(program) == (0, 0))
    return timeline


def test_a_new_run_empties_the_timeline(program: Program) -> None:
    timeline = _look_back(program)
    folder = timeline.folder
    program.training.command_requested.emit("reset")
    program.answer("replace-run")
    program.wait(lambda: program.training.step == 0 and _moments(program) == (0,))
    assert timeline.looked is None
    assert len(list(folder.iterdir())) == 1
    program.application.sessions.open_bundled()
    assert not timeline.moments
    program.wait(program.child("timelineEmpty").isVisible)
    program.wait(lambda: not list(folder.glob("*")))  # or it is gone, and recreated


def test_train_shows_what_comes_of_it(program: Program) -> None:
    timeline = _look_back(program)
    program.training.command_requested.emit("step")
    assert timeline.looked is None
    program.wait(lambda: _shown(program) == (program.training.step,) * 2)


def test_moments_whose_files_are_gone_leave_the_slider_with_one_sentence(program: Program) -> None:
    slider = _open(program)
    _train(program, 3)
    _pause(program)
    timeline = program.application.tools[TimelineState]
    gone = timeline.moments[1]
    for path in timeline.folder.iterdir():
        path.unlink()
    _drag(slider, len(timeline.moments) - 1, 1)
    program.wait(lambda: not timeline.moments and timeline.looked is None)
    program.wait(lambda: "have left the slider because their temporary files were removed" in program.sentences())
    program.wait(lambda: _shown(program) == (program.training.step,) * 2)
    assert len([said for said in program.said if said.level in ("warning", "error")]) == 1
    timeline.ask_to_continue(gone)
    program.wait(lambda: "not kept any more" in program.sentences())
    assert program.training.former is None
    # The run continues, and so do its moments.
    _train(program, 2)


def test_a_full_disk_leaves_training_alone(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(service_moments, "write_moment", full)
    _open(program)
    program.training.command_requested.emit("train")
    program.wait(lambda: "no more moments" in program.sentences())
    program.wait(lambda: program.training.step > 50)
    assert "disk is full" in program.child("timelineEmpty").text()
    assert program.sentences().count("no more moments") == 1


def test_a_trainer_that_is_gone_takes_its_moments_along(program: Program) -> None:
    _open(program)
    _train(program, 3)
    timeline = program.application.tools[TimelineState]
    timeline.look_at(0)
    program.wait(lambda: _shown(program) == (0, 0))
    program.application.client.lost.emit("The trainer ended.")
    assert not timeline.moments
    assert timeline.looked is None
    program.wait(program.child("timelineEmpty").isVisible)


def test_a_killed_trainer_leaves_nothing_behind_and_another_keeps_moments_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with running(qtbot, tmp_path, in_thread=False) as program:
        models = tuple(ModelConfig(family=family, widths=(32,)) for family in ("autoencoder", "variational"))
        program.training.set_draft(data=DataConfig(name="digits"), models=models)
        program.training.command_requested.emit("step")
        program.wait(lambda: _moments(program) == (0, 1))
        timeline = program.application.tools[TimelineState]
        folder = timeline.folder
        timeline.look_at(0)
        program.wait(lambda: _shown(program) == (0, 0))
        pid = program.application.client.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        program.wait(lambda: program.training.run_state == "none")
        assert not timeline.moments
        assert timeline.looked is None
        assert program.training.looked_at is None
        program.answer("restart-service")
        program.wait(lambda: program.application.client.running)
        program.wait(lambda: not list(folder.glob("*")))  # or it is gone, and recreated
        program.training.command_requested.emit("reset")
        program.wait(lambda: _moments(program) == (0,))
        program.training.command_requested.emit("step")
        program.wait(lambda: _moments(program) == (0, 1))


def test_moments_come_back_with_a_session(program: Program, tmp_path: Path) -> None:
    _train(program)
    _pause(program)
    tools, steps = program.application.tools, _moments(program)
    assert steps[:3] == (0, 1, 2)
    program.explorer.save_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: not program.application.client.busy)
    timeline = tools[TimelineState]
    timeline.look_at(2)
    program.wait(lambda: _shown(program) == (steps[2],) * 2)
    before = program.left.codes.codes.copy()
    timeline.look(None)
    program.training.command_requested.emit("reset")
    program.wait(lambda: program.training.run_state == "ready" and _moments(program) == (0,))
    program.explorer.open_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: _moments(program) == steps)
    program.wait(lambda: program.training.step == steps[-1])
    timeline.look_at(2)
    program.wait(lambda: _shown(program) == (steps[2],) * 2)
    np.testing.assert_array_equal(program.left.codes.codes, before)
    # The run continues from there, as it could have before.
    timeline.ask_to_continue(timeline.looked)
    program.wait(lambda: program.training.step == steps[2])
    program.training.command_requested.emit("step")
    program.wait(lambda: program.training.step == steps[2] + 1)


def test_a_session_without_moments_opens(program: Program, tmp_path: Path) -> None:
    _train(program)
    _pause(program)
    program.explorer.save_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: not program.application.client.busy)
    shutil.rmtree(tmp_path / "run" / "moments")
    program.explorer.open_requested.emit(str(tmp_path / "run"))
    program.wait(lambda: len(_moments(program)) == 1)
    assert _moments(program) == (program.training.step,)
