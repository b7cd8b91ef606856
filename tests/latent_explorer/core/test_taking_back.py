"""A step that goes wrong is taken back with all that was shown of it: the window and the trainer agree again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.timeline.state import TimelineState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, reached, settle, train
from trainer.config import DataConfig
from trainer.knobs import Knobs
from trainer.reports import Losses
from trainer.training.safeguard import Safeguard


def agree(program: Program, step: int) -> None:
    """All that tells of steps ends at `step`."""
    training = program.training
    assert training.step == step
    assert step == 0 or training.history.steps[-1] == step
    assert all(report.step <= step for report in training.evaluations)
    assert all(turn.step <= step for turn in training.history.turns)
    assert all(moment.step <= step for moment in program.application.tools[TimelineState].moments)
    for pane in (program.left, program.right):
        assert pane.codes is not None
        assert pane.codes.snapshot.step == step


def test_history_evaluations_marks_and_moments_go_back_with_the_weights(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guards: list[Safeguard] = []

    def never_due(guard: Safeguard) -> list[str]:
        guards.append(guard)
        return []

    monkeypatch.setattr(Safeguard, "keep_if_due", never_due)
    with running(qtbot, tmp_path) as program:
        narrow(program)
        load(program, DataConfig(name="digits", count=300))
        training = program.training
        train(program, 3)
        guards[-1].keep()  # the run was last known to be good here
        codes = program.left.codes.codes.copy()
        losses = training.history.losses.copy()
        train(program, 2)
        training.set_knobs(Knobs(learning_rate=1e-2))
        train(program, 2)
        assert training.history.turns
        assert training.evaluations[-1].step == 7
        timeline = program.application.tools[TimelineState]
        program.wait(lambda: timeline.moments and timeline.moments[-1].step == 7)
        timeline.look_at(len(timeline.moments) - 1)
        program.wait(lambda: training.looked_at == 7)

        real = Losses.finite

        def bad(losses: Losses) -> bool:
            monkeypatch.setattr(Losses, "finite", real)
            return False

        monkeypatch.setattr(Losses, "finite", property(bad))
        program.click("train-button")
        program.wait(lambda: training.run_state == "failed")
        settle(program)
        program.wait(lambda: program.left.codes.snapshot.step == program.right.codes.snapshot.step == 3)
        agree(program, 3)
        assert training.looked_at is None
        np.testing.assert_array_equal(training.history.losses, losses)
        np.testing.assert_allclose(program.left.codes.codes, codes, atol=1e-6)
        assert "at step 8; the run stands at step 3 again" in program.sentences()
        assert training.knobs == Knobs(learning_rate=1e-2)
        # And on from there: steps follow one another.
        program.training.command_requested.emit("step")
        reached(program, 4)
        settle(program)
        program.wait(lambda: program.left.codes.snapshot.step == program.right.codes.snapshot.step == 4)
        agree(program, 4)
        np.testing.assert_array_equal(training.history.steps, [1, 2, 3, 4])
        assert [turn.step for turn in training.history.turns] == [4]


def test_a_learning_rate_of_one(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        training = program.training
        models = tuple(model.replace(widths=(64, 64, 64)) for model in training.draft_models)
        training.set_draft(models=models)
        training.set_knobs(Knobs(learning_rate=1.0, beta=1000.0))
        program.click("train-button")
        program.wait(lambda: training.run_state == "failed")
        step = training.step
        program.wait(lambda: program.left.codes is not None and program.left.codes.snapshot.step == step)
        settle(program)
        agree(program, step)
        training.set_knobs(Knobs())
        train(program, 2)
        program.wait(lambda: program.left.codes.snapshot.step == program.right.codes.snapshot.step == step + 2)
        agree(program, step + 2)
