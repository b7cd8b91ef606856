"""The learning rate as applied: a mark where a run's last epochs begin, and it stays when the run goes on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.curves.marks import Mark, marks_of
from tests.latent_explorer.export.test_exporting import save
from tests.latent_explorer.program import running
from tests.latent_explorer.standing import load, narrow, settle
from trainer.config import DataConfig


def test_the_last_epochs_are_marked_and_going_on_keeps_their_rate(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        training = program.training
        narrow(program)
        train = training.draft_train.replace(epochs=2, final_epochs=1, final_rate=0.25, batch=100)
        training.set_draft(train=train)
        load(program, DataConfig(name="digits", count=300))
        program.click("train-button")
        program.wait(lambda: training.run_state == "finished")
        settle(program)
        steps = int(training.history.steps[-1])
        assert steps == 6  # 270 training images in three batches, twice
        assert marks_of(training.history, training.acting_cards) == [Mark(4, "rate 0.001 → 0.00025")]
        assert training.history.knobs[:, 2].tolist() == pytest.approx([1e-3] * 3 + [2.5e-4] * 3)
        program.click("train-button")
        program.wait(lambda: training.step > steps + 2)
        program.click("train-button")
        program.wait(lambda: training.run_state == "paused")
        assert "at the learning rate of its last epochs, 0.00025: 0.25 times the 0.001" in program.sentences()
        assert training.history.knobs[steps:, 2] == pytest.approx(2.5e-4)
        assert marks_of(training.history, training.acting_cards) == [Mark(4, "rate 0.001 → 0.00025")]
        assert training.run_config is not None
        assert training.run_config.train.final_from == 1


def test_the_curves_that_are_saved_have_it(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path) as program:
        training = program.training
        narrow(program)
        train = training.draft_train.replace(epochs=2, final_epochs=1, warm_up=6, binarise="dynamic", batch=100)
        training.set_draft(train=train)
        load(program, DataConfig(name="digits", count=300))
        program.click("train-button")
        program.wait(lambda: training.run_state == "finished")
        settle(program)
        path = tmp_path / "curves.csv"
        save(program, "curves", "csv", path)
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        steps = [row for row in rows if row["kind"] == "step"]
        assert [float(row["learning_rate"]) for row in steps] == pytest.approx([1e-3] * 3 + [2e-4] * 3)
        assert [float(row["beta"]) for row in steps] == pytest.approx([place / 6 for place in range(6)])
        held_out = [row for row in rows if row["kind"] == "held-out"][-1]
        assert held_out["m1_measured"] == held_out["m2_measured"] == "Bernoulli, dynamic binarisation"
        assert float(held_out["m2_total_error"]) > 0
        caption = program.child("comparisonCaption")
        assert "Bernoulli, dynamic binarisation" in caption.text()
        assert "rate 0.0002 ·" in caption.text() + caption.toolTip()  # where there is little room
