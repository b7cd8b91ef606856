"""The run: commands, reports in order, knobs, failures, automatic saves, and a prompt end."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.trainer.service.conftest import PATIENCE
from tests.trainer.service.fakes import STEPS_PER_EPOCH, run_config
from trainer.config import DataConfig
from trainer.knobs import Knobs
from trainer.reports import NonFiniteLossError
from trainer.sentences import Sentence
from trainer.service.messages import (
    Autosave,
    Autosaved,
    Control,
    Done,
    EncodeAll,
    Evaluated,
    Failed,
    LoadData,
    Mapped,
    RunState,
    SetKnobs,
    StartRun,
    Stepped,
)


def _state(name: str):
    return lambda report: isinstance(report, RunState) and report.state == name


def _complete(report) -> bool:
    return isinstance(report, Mapped) and report.complete


def _steps(window) -> list[int]:
    return [one.step for message in window.all_heard(Stepped) for one in message.reports]


def test_training_reports_every_step_once_and_in_order(window) -> None:
    trainer = window.start(run_config(probe=5))
    window.send(Control("train"))
    window.until(lambda report: isinstance(report, Mapped) and not report.complete)
    window.until(Stepped)
    window.send(Control("pause"))
    paused = window.until(_state("paused"))
    mapped = window.until(_complete)
    window.until(Evaluated)
    assert _steps(window) == list(range(1, trainer.step + 1))
    assert paused.step == mapped.report.step == trainer.step
    assert paused.memory > 0
    assert trainer.thread == window.thread.ident


def test_only_a_run_at_work_gives_way(window) -> None:
    """Beside busy programs the list of data sets, or a load, would otherwise take minutes."""
    window.load()
    assert window.turned.wait(PATIENCE)
    assert not any(window.ways)
    window.start()
    window.send(Control("train"))
    window.until(Stepped)
    assert window.ways[-1]
    window.send(Control("pause"))
    window.until(_state("paused"))
    window.until(_complete)
    window.until(Evaluated)
    window.load(job=9)
    window.load(job=10)
    assert not window.ways[-1]


def test_step_reports_do_not_come_in_many_small_messages(window) -> None:
    window.start()
    window.send(Control("train"))
    window.until(_state("training"))
    window.until(lambda report: isinstance(report, RunState))  # the next, a second later
    window.send(Control("pause"))
    window.until(_state("paused"))
    # Thirty a second, and one before each map of an early moment.
    assert len(window.all_heard(Stepped)) <= 60 + 40


def test_a_full_map_gives_way_to_training(window) -> None:
    trainer = window.start(run_config(probe=5))
    window.until(_complete)
    trainer.hold_map = True
    window.send(Control("train"), Control("pause"))
    window.until(_state("paused"))
    assert trainer.holding.wait(60)
    heard = len(window.heard)
    window.send(Control("train"))
    window.until(lambda report: isinstance(report, Mapped) and not report.complete)
    assert not [report for report in window.heard[heard:] if _complete(report)]
    trainer.hold_map = False
    window.send(Control("stop"))
    window.until(_state("stopped"))
    window.until(_complete)


def test_a_single_step_is_one_step(window) -> None:
    trainer = window.start(run_config(probe=5))
    window.send(Control("step"))
    assert window.until(Stepped).reports[0].step == 1
    assert window.until(_state("paused")).step == 1
    assert window.until(_complete).report.step == 1
    assert trainer.step == 1


def test_the_newest_knobs_are_used_by_the_next_step(window) -> None:
    window.start()
    window.send(*(SetKnobs(Knobs(beta=float(beta))) for beta in range(20)), Control("step"))
    (report,) = window.until(Stepped).reports
    assert report.knobs == Knobs(beta=19.0)


def test_a_run_of_known_length_finishes(window) -> None:
    window.start(run_config(epochs=2))
    window.send(Control("train"))
    assert window.until(_state("finished")).step == 2 * STEPS_PER_EPOCH
    window.until(_complete)
    window.until(Evaluated)
    assert _steps(window) == list(range(1, 2 * STEPS_PER_EPOCH + 1))


@pytest.mark.parametrize("epochs", [None, 1, 2])
def test_a_finished_run_continues_without_end(window, epochs) -> None:
    trainer = window.start(run_config(epochs=2))
    window.send(Control("train"))
    window.until(_state("finished"))
    window.send(Control("train", epochs))
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > 5 * STEPS_PER_EPOCH)
    window.send(Control("pause"))
    window.until(_state("paused"))
    assert trainer.config.train.epochs is None
    assert _steps(window) == list(range(1, trainer.step + 1))


def test_a_finished_run_continues_to_a_later_end(window) -> None:
    window.start(run_config(epochs=2))
    window.send(Control("train"))
    window.until(_state("finished"))
    window.send(Control("train", 3))
    assert window.until(lambda report: isinstance(report, RunState) and report.state == "finished").step == 15


def test_a_single_step_after_the_last_epoch(window) -> None:
    window.start(run_config(epochs=1))
    window.send(Control("train"))
    window.until(_state("finished"))
    window.send(Control("step"))
    assert window.until(_state("paused")).step == STEPS_PER_EPOCH + 1


def test_why_a_card_is_slow_is_reported_once(window) -> None:
    trainer = window.start()
    trainer.stepping.graph_failure = "not permitted"
    window.send(Control("train"))
    reported = window.until(lambda report: isinstance(report, RunState) and report.reason)
    assert reported.state == "training"
    assert "not permitted" in str(reported.reason)
    assert not window.until(_state("training")).reason
    window.send(Control("stop"))
    window.until(_state("stopped"))


def test_training_continues_and_obeys_while_data_are_loaded(window) -> None:
    trainer = window.start(run_config(probe=5))
    window.send(Control("train"))
    window.until(_state("training"))
    window.backend.hold = True
    window.send(LoadData(job=7, config=DataConfig(seed=5), folder=Path("data")))
    assert window.backend.holding.wait(60)
    window.until(Stepped)
    window.send(SetKnobs(Knobs(beta=7.0)))
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].knobs.beta == 7.0)
    window.send(Control("pause"))
    window.until(_state("paused"))
    window.until(_complete)
    assert trainer.thread == window.thread.ident
    # What is asked of the run that is to come waits for it.
    config = run_config().replace(data=DataConfig(seed=5))
    window.send(StartRun(job=8, config=config, knobs=Knobs()), Control("step"), Autosave(window.folder / "kept"))
    window.send(EncodeAll(job=9))
    step = trainer.step
    window.backend.hold = False
    window.until(lambda report: isinstance(report, Done) and report.job == 9)
    assert trainer.step == step
    assert window.backend.trainer.step == 1


def test_a_loss_that_is_not_finite_stops_the_run_which_can_go_on(window) -> None:
    trainer = window.start()
    trainer.fail = NonFiniteLossError(3, 0, Sentence("The loss became nan: lower the learning rate and go on."))
    window.send(Control("train"))
    assert "lower the learning rate" in str(window.until(_state("failed")).reason)
    window.until(_complete)
    window.send(SetKnobs(Knobs(learning_rate=1e-5)), Control("train"))
    report = window.until(Stepped).reports[0]
    assert report.knobs.learning_rate == 1e-5


def test_a_fault_while_training_is_reported_with_details(window) -> None:
    trainer = window.start()
    trainer.fail = ZeroDivisionError("inner workings")
    window.send(Control("train"))
    assert "fault in the program" in str(window.until(_state("failed")).reason)
    failed = window.until(Failed)
    assert failed.job == 0
    assert "inner workings" in failed.details
    window.send(Control("step"))
    window.until(_state("paused"))


def test_a_card_that_is_full_is_left_for_a_smaller_place_and_training_continues(window) -> None:
    trainer = window.start()
    window.send(Control("step"))
    window.until(_state("paused"))
    window.backend.room = "Training goes on with the CPU."
    trainer.fail = MemoryError()
    window.send(Control("train"))
    reported = window.until(lambda report: isinstance(report, RunState) and report.reason)
    assert (reported.state, str(reported.reason)) == ("training", "Training goes on with the CPU.")
    window.until(Stepped)
    window.send(Control("pause"))
    window.until(_state("paused"))
    assert window.backend.trainer is not trainer
    assert _steps(window) == list(range(1, window.backend.trainer.step + 1))
    assert not window.all_heard(Failed)


def test_a_map_that_cannot_be_made_is_reported_once_and_not_repeated_forever(window) -> None:
    trainer = window.start(run_config(probe=5))
    window.until(_complete)
    trainer.fail_map = MemoryError()
    window.send(Control("step"))
    assert "memory" in str(window.until(Failed).sentence)
    window.send(EncodeAll(job=9))
    window.until(Done)
    assert len(window.all_heard(Failed)) == 1


def test_a_pause_saves_and_says_so(window) -> None:
    trainer = window.start()
    window.send(Autosave(window.folder / "auto", 1000.0), Control("train"))
    window.until(Stepped)
    window.send(Control("pause"))
    assert window.until(Autosaved).step == trainer.step
    assert window.backend.checkpoints[window.folder / "auto"] == (trainer.step, False)


def test_training_saves_at_an_interval(window) -> None:
    window.start()
    window.send(Autosave(window.folder / "auto", 0.02), Control("train"))
    first = window.until(Autosaved).step
    assert window.until(Autosaved).step > first


def test_a_save_that_fails_is_reported_once_and_training_continues(window) -> None:
    trainer = window.start()
    window.backend.fail_save = OSError(28, "No space left on device", "auto")
    window.send(Autosave(window.folder / "auto", 0.001), Control("train"))
    failed = window.until(Failed)
    assert failed.job == 0
    assert "disk is full" in str(failed.sentence)
    step, saves = trainer.step, window.backend.saves
    window.until(lambda report: isinstance(report, Stepped) and window.backend.saves > saves + 2)
    assert trainer.step > step
    window.send(Control("pause"))
    window.until(_state("paused"))
    assert len(window.all_heard(Failed)) == 1


def test_quitting_while_training_keeps_the_last_steps(window) -> None:
    trainer = window.start()
    window.send(Autosave(window.folder / "auto", 1000.0), Control("train"))
    window.until(Stepped)
    window.quit()
    assert window.backend.checkpoints[window.folder / "auto"] == (trainer.step, False)


def test_quitting_does_not_keep_what_is_not_wanted(window) -> None:
    window.start()
    window.send(Autosave(window.folder / "auto", 1000.0), Control("train"))
    window.until(Stepped)
    window.send(Autosave(None))
    window.quit()
    assert not window.backend.checkpoints


@pytest.mark.parametrize("busy", ["idle", "loading", "encoding", "training", "full map"])
def test_quitting_is_prompt_whatever_is_going_on(window, busy) -> None:
    if busy == "loading":
        window.backend.hold = True
        window.send(LoadData(job=1, config=DataConfig(), folder=Path("data")))
        assert window.backend.holding.wait(60)
    elif busy != "idle":
        trainer = window.start(run_config(probe=5))
        window.until(_complete)
        trainer.hold_map = busy != "training"
        window.send(EncodeAll(job=3) if busy == "encoding" else Control("train"))
        if busy != "encoding":
            window.until(_state("training"))
        if busy == "full map":
            window.send(Control("pause"))
        if busy != "training":
            assert trainer.holding.wait(60)
    window.quit()  # its present work would never end


def test_the_service_ends_when_the_window_is_gone(window) -> None:
    trainer = window.start()
    window.send(Autosave(window.folder / "auto", 1000.0), Control("train"))
    window.until(Stepped)
    window.hang_up()
    window.thread.join(60)
    assert not window.thread.is_alive()
    assert window.backend.checkpoints[window.folder / "auto"] == (trainer.step, False)
    assert threading.active_count() < 20
