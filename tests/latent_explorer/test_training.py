"""Training in the window: run, pause, step, stop, knobs, save, quit, open, resume."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.curves.marks import marks_of
from tests.latent_explorer.program import Program, running
from trainer.config import DataConfig


@pytest.fixture
def untouched(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def program(untouched: Program) -> Program:
    """With small models, which learn at any rate: those that are to diverge, or to work at once, are as usual."""
    small(untouched)
    return untouched


def small(program: Program) -> None:
    models = tuple(model.replace(widths=(32,)) for model in program.training.draft_models)
    program.training.set_draft(models=models)


def train(program: Program, steps: int = 20) -> None:
    program.click("train-button")
    program.wait(lambda: program.training.step >= steps)


def pause(program: Program) -> None:
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "paused")
    # The last word of a pause is the map of every row, with the final weights.
    exploration = program.application.exploration
    program.wait(lambda: exploration.snapshot(0).step == program.training.step)


def test_train_works_at_once_on_bundled_data(untouched: Program) -> None:
    program = untouched
    train(program)
    assert program.explorer.data.title.startswith("Handwritten digits")
    assert program.training.run_state == "training"
    assert len(program.training.history) >= 20
    before = program.left.codes.codes.copy()
    program.wait(lambda: not np.array_equal(program.left.codes.codes, before))
    for pane in (program.left, program.right):
        assert pane.model.config.shape == (1, 8, 8)
        assert pane.picture.shape == (8, 8, 1)
    program.wait(lambda: program.training.evaluations)
    pause(program)
    assert not [said for said in program.said if said.level == "error"]


def test_pictures_and_map_come_from_the_same_weights(program: Program) -> None:
    train(program)
    pause(program)
    program.wait(lambda: len(program.left.codes.rows) == program.explorer.data.count)
    for place, pane in enumerate((program.left, program.right)):
        replica = program.application.exploration.replica(place)
        assert replica.number == pane.codes.number
        images = program.explorer.data.images[:50]
        assert np.allclose(replica.encode(np.array(images)), pane.codes.codes[:50], atol=1e-4)


def test_the_cursor_decodes_while_training(program: Program) -> None:
    train(program)
    for turn in range(10):
        x = 0.3 + 0.04 * turn
        before = program.left.picture
        program.drag(0, (x, 0.4), (x + 0.02, 0.6))
        assert program.left.picture is not before
    assert program.training.run_state == "training"
    pause(program)


def test_single_steps_count_one_by_one(program: Program) -> None:
    program.click("step-button")
    program.wait(lambda: program.training.step == 1)
    program.click("step-button")
    program.wait(lambda: program.training.step == 2)
    assert program.training.run_state in ("ready", "paused")
    assert len(program.training.history) == 2


def test_stop_ends_the_run_and_train_goes_on_from_there(program: Program) -> None:
    train(program)
    program.click("stop-button")
    program.wait(lambda: program.training.run_state == "stopped")
    stopped = program.training.step
    program.click("train-button")
    program.wait(lambda: program.training.step > stopped + 5)
    pause(program)


def test_a_finished_run_goes_on_beyond_its_last_epoch(program: Program) -> None:
    training = program.training
    program.explorer.data_requested.emit(DataConfig(name="moons", count=300), False)
    training.set_draft(train=training.draft_train.replace(epochs=1))
    program.wait(lambda: training.run_state == "ready" and training.run_config.train.epochs == 1)
    program.click("train-button")
    program.wait(lambda: training.run_state == "finished")
    step = training.step
    assert program.child("train-button").text() == "Resume"
    training.set_draft(train=training.draft_train.replace(epochs=2))
    program.click("train-button")
    program.wait(lambda: training.run_state == "finished" and training.step == 2 * step)
    assert not training.draft_differs
    program.click("train-button")
    program.wait(lambda: training.step > 3 * step)
    assert training.draft_train.epochs is None
    assert not training.draft_differs
    pause(program)


def test_beta_acts_on_the_next_step_and_leaves_a_mark(program: Program) -> None:
    train(program, 200)
    program.wait(lambda: program.training.kl_per_dimension[1])
    program.training.set_knobs(program.training.knobs.replace(beta=100.0))
    program.wait(lambda: program.training.history.turns)
    mark, *_ = marks_of(program.training.history, program.training.acting_cards)
    assert mark.text == "β 1 → 100"
    # A hundred times the price: the posterior collapses, and the lamps go dark.
    program.wait(lambda: sum(program.training.kl_per_dimension[1]) < 0.3)
    assert program.training.kl_per_dimension[0] == ()
    pause(program)


def test_save_quit_open_resume(qtbot: QtBot, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    with running(qtbot, tmp_path) as program:
        small(program)
        train(program)
        pause(program)
        program.drag(0, (0.4, 0.4), (0.45, 0.5))
        cursor, step = program.left.cursor, program.training.step
        program.explorer.set_link("decode")
        program.explorer.save_requested.emit(str(saved))
        program.wait(lambda: "Saved to" in program.sentences())
        assert not program.application.runs.unsaved
        picture = program.left.picture.copy()
    with running(qtbot, tmp_path, open_path=saved) as program:
        program.wait(lambda: program.training.run_state == "paused")
        assert program.training.step == step
        assert len(program.training.history) == step
        assert program.explorer.link == "decode"
        assert program.left.cursor == pytest.approx(cursor)
        assert np.abs(program.left.picture.astype(int) - picture.astype(int)).max() <= 1
        assert program.explorer.recent == (str(saved),)
        program.click("train-button")
        program.wait(lambda: program.training.step > step + 5)
        pause(program)


def test_a_changed_latent_size_rebuilds_a_run_without_steps(program: Program) -> None:
    program.explorer.data_requested.emit(DataConfig(name="moons", count=300), False)
    program.wait(lambda: program.training.run_state == "ready")
    models = tuple(model.replace(latent=20) for model in program.training.draft_models)
    program.training.set_draft(models=models)
    program.wait(lambda: program.left.model.config.latent == 20 and program.left.codes is not None)
    assert program.left.plane.names[0].startswith("PC1")
    assert program.left.codes.codes.shape == (300, 20)
    train(program)
    pause(program)
    assert len(program.training.kl_per_dimension[1]) == 20


def test_new_data_asks_before_it_replaces_unsaved_steps(program: Program) -> None:
    train(program)
    pause(program)
    step = program.training.step
    program.explorer.data_requested.emit(DataConfig(name="moons", count=300), False)
    program.wait(lambda: "has not been saved" in program.sentences())
    assert program.training.step == step
    program.answer("replace-data")
    program.wait(lambda: program.explorer.data.title == "Moons" and program.training.run_state == "ready")
    assert program.training.step == 0


def test_a_diverging_run_is_a_named_error_and_goes_on_after_a_remedy(untouched: Program) -> None:
    program = untouched
    models = tuple(model.replace(likelihood="gaussian", variance=1e-4) for model in program.training.draft_models)
    program.training.set_draft(models=models)
    program.training.set_knobs(program.training.knobs.replace(learning_rate=1.0, beta=1000.0))
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "failed")
    errors = [said.sentence for said in program.said if said.level == "error"]
    assert any("learning rate" in sentence for sentence in errors)
    assert np.isfinite(program.left.codes.codes).all()
    step = program.training.step
    program.training.set_knobs(program.training.knobs.replace(learning_rate=1e-4, beta=1.0))
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "training" and program.training.step > step)
    pause(program)


def test_a_new_run_is_never_saved_over_the_former_one(program: Program, tmp_path: Path) -> None:
    saved = tmp_path / "first"
    train(program)
    pause(program)
    program.explorer.save_requested.emit(str(saved))
    program.wait(lambda: "Saved to" in program.sentences())
    before = (saved / "checkpoint.json").read_bytes()
    program.training.command_requested.emit("reset")
    program.wait(lambda: program.training.run_state == "ready" and program.training.step == 0)
    train(program)
    pause(program)
    asked: list[bool] = []
    program.explorer.place_wanted.disconnect()
    program.explorer.place_wanted.connect(lambda: asked.append(True))
    program.explorer.save_requested.emit("")
    program.wait(lambda: asked)
    assert (saved / "checkpoint.json").read_bytes() == before


def test_train_right_after_a_change_trains_what_is_shown(program: Program) -> None:
    program.explorer.data_requested.emit(DataConfig(name="moons", count=300), False)
    program.wait(lambda: program.training.run_state == "ready")
    program.training.set_draft(models=tuple(model.replace(latent=7) for model in program.training.draft_models))
    program.click("train-button")
    program.wait(lambda: program.training.step > 3)
    assert program.training.run_config.models[0].latent == 7
    assert not program.training.draft_differs
    pause(program)
