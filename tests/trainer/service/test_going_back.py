"""Going back to a moment: over the wire with a quick engine, and bit for bit with the real one."""

from __future__ import annotations

import errno
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.service.fakes import run_config
from tests.trainer.service.test_duty_cycle import Clock
from trainer.config import DataConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.reports import NonFiniteLossError
from trainer.sentences import Sentence
from trainer.service import moments
from trainer.service.messages import (
    Continued,
    ContinueFrom,
    Control,
    Done,
    Evaluated,
    Failed,
    ForgetMoments,
    HoldMoment,
    Mapped,
    MomentsKept,
    OpenRun,
    RunState,
    SaveRun,
    SetKnobs,
    StartRun,
    Stepped,
)


def _state(name: str):
    return lambda report: isinstance(report, RunState) and report.state == name


def _job(number: int):
    return lambda report: getattr(report, "job", None) == number


def _done(number: int):
    return lambda report: isinstance(report, Done) and report.job == number


def _kept_at(step: int):
    return lambda report: (
        isinstance(report, MomentsKept) and bool(report.moments) and report.moments[-1].step == step
    )


def _go_back(window, number: int, job: int = 9) -> Continued:
    window.send(ContinueFrom(job=job, number=number))
    done = window.until(_job(job))
    assert isinstance(done, Done), done
    return done.result


def test_a_run_starts_with_a_moment_and_each_pause_makes_one(window) -> None:
    window.start(run_config(probe=5))
    reported = window.until(MomentsKept)
    assert [moment.step for moment in reported.moments] == [0]
    for step in (1, 2):
        window.send(Control("step"))
        reported = window.until(_kept_at(step))
    assert [moment.step for moment in reported.moments] == [0, 1, 2]
    assert reported.former is None
    assert not reported.trouble


def test_the_map_after_a_pause_comes_before_all_else(window) -> None:
    window.start(run_config(probe=5))
    window.until(MomentsKept)
    window.send(Control("train"))
    window.until(Stepped)
    window.send(Control("pause"))
    window.until(_state("paused"))
    assert isinstance(window.until(lambda _: True), Mapped)


def test_a_single_step_is_shown_on_all_points_at_once(window) -> None:
    trainer = window.start(run_config(probe=5))
    window.until(MomentsKept)
    window.until(lambda report: isinstance(report, Mapped) and report.complete)
    heard = len(window.heard)
    window.send(Control("step"))
    window.until(Evaluated)
    maps = [report for report in window.heard[heard:] if isinstance(report, Mapped)]
    assert [len(report.report.rows) for report in maps] == [trainer.count]


def test_a_moment_holds_the_probe_rows_whichever_map_it_was_made_with(window) -> None:
    from trainer.training.moment_file import moment_path, read_shown

    trainer = window.start(run_config(probe=5))
    window.send(Control("step"))
    reported = window.until(_kept_at(1))
    path = moment_path(reported.folder, reported.moments[-1].number)
    report = read_shown(path, trainer.config.models, 1, 1)
    np.testing.assert_array_equal(report.rows, trainer.probe_rows)
    assert report.codes[0].shape == (5, 2)


def test_going_back_while_paused_and_returning(window) -> None:
    trainer = window.start(run_config())
    window.send(SetKnobs(Knobs(beta=3.0)))
    for step in range(1, 5):
        window.send(Control("step"))
        reported = window.until(_kept_at(step))
    window.send(SetKnobs(Knobs(beta=9.0)))
    result = _go_back(window, reported.moments[2].number)
    assert (result.step, result.knobs, result.returned) == (2, Knobs(beta=3.0), False)
    assert result.last is not None
    assert result.last.step == trainer.step == 2
    reported = window.all_heard(MomentsKept)[-1]
    assert [moment.step for moment in reported.moments] == [0, 1, 2]
    assert reported.former.step == 4
    assert window.until(_state("paused")).step == 2
    assert window.until(Mapped).report.step == 2
    window.send(Control("step"))
    window.until(_kept_at(3))
    run_history = _history(window)
    assert run_history == [1, 2, 3]
    result = _go_back(window, reported.former.number, job=10)
    assert (result.step, result.returned) == (4, True)
    assert result.last.step == 4
    reported = window.all_heard(MomentsKept)[-1]
    assert [moment.step for moment in reported.moments] == [0, 1, 2, 3, 4]
    assert reported.former.step == 3


def _history(window) -> list[int]:
    steps: list[int] = []
    for message in window.heard:
        if isinstance(message, Stepped):
            steps += [report.step for report in message.reports]
        elif isinstance(message, Done) and isinstance(message.result, Continued):
            steps = [step for step in steps if step <= message.result.step]
    return steps


def test_going_back_while_training_trains_on(window) -> None:
    trainer = window.start(run_config())
    reported = window.until(MomentsKept)
    window.send(Control("train"))
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > 50)
    result = _go_back(window, reported.moments[0].number)
    assert result.step == 0
    assert result.last is None
    window.until(_state("training"))
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > 20)
    window.send(Control("pause"))
    window.until(_state("paused"))
    assert _history(window) == list(range(1, trainer.step + 1))


def test_going_back_to_the_present_moment_changes_nothing(window) -> None:
    window.start(run_config())
    window.send(Control("step"))
    reported = window.until(_kept_at(1))
    assert _go_back(window, reported.moments[-1].number).step == 1
    reported = window.all_heard(MomentsKept)[-1]
    assert reported.former is None
    assert len(reported.moments) == 2


def test_a_finished_run_goes_back_and_to_its_end_again(window) -> None:
    window.start(run_config(epochs=2))
    reported = window.until(MomentsKept)
    window.send(Control("train"))
    window.until(_kept_at(10))
    window.until(_state("finished"))
    assert _go_back(window, reported.moments[0].number).step == 0
    window.until(_state("paused"))
    window.send(Control("train"))
    assert window.until(_state("finished")).step == 10


def test_a_run_that_failed_goes_back(window) -> None:
    trainer = window.start(run_config())
    for step in (1, 2):
        window.send(Control("step"))
        reported = window.until(_kept_at(step))
    trainer.fail = NonFiniteLossError(3, 0, Sentence("The loss became nan; lower the learning rate and go on."))
    window.send(Control("step"))
    window.until(_state("failed"))
    assert _go_back(window, reported.moments[1].number).step == 1
    window.until(_state("paused"))
    reported = window.all_heard(MomentsKept)[-1]
    assert reported.former.step == 2
    window.send(Control("step"))
    window.until(_kept_at(2))


def test_steps_that_are_undone_are_taken_back_from_the_window(window) -> None:
    trainer = window.start(run_config())
    for step in (1, 2, 3):
        window.send(Control("step"))
        window.until(_kept_at(step))
        window.until(lambda report, step=step: isinstance(report, Evaluated) and report.report.step == step)

    def fails():
        trainer.step = 1  # as the engine leaves it
        raise NonFiniteLossError(4, 0, Sentence("The loss became nan; lower the learning rate and go on."))
        yield

    trainer.steps = fails
    window.send(Control("step"))
    back = window.until(Continued)
    assert (back.step, back.returned) == (1, False)
    assert back.last.step == 1
    reported = window.until(MomentsKept)
    assert [moment.step for moment in reported.moments] == [0, 1]
    assert window.until(_state("failed")).step == 1
    del trainer.steps
    window.send(Control("step"))
    assert window.until(Stepped).reports[0].step == 2
    window.until(_kept_at(2))
    window.send(SaveRun(job=12, path=window.folder / "kept"))
    window.until(_job(12))
    assert [moment.step for moment in window.all_heard(MomentsKept)[-1].moments] == [0, 1, 2]


def test_a_moment_that_is_not_kept_leaves_the_run_as_it_is(window) -> None:
    trainer = window.start(run_config())
    window.send(Control("step"))
    window.until(_kept_at(1))
    window.send(HoldMoment(77), ContinueFrom(job=9, number=77))
    assert "not kept" in str(window.until(Failed).sentence)
    assert trainer.step == 1


def test_a_run_that_cannot_be_returned_to_is_not_left(window, monkeypatch) -> None:
    trainer = window.start(run_config())
    reported = window.until(MomentsKept)

    def full(*_):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(moments, "write_moment", full)
    window.send(Control("train"))
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > 5)
    window.send(ContinueFrom(job=9, number=reported.moments[0].number))
    assert "nothing was changed" in str(window.until(Failed).sentence)
    before = trainer.step
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > before)


def test_no_room_for_moments_is_one_sentence_and_training_continues(window) -> None:
    window.folder.mkdir(parents=True)
    (window.folder / "moments").write_text("in the way")
    window.start(run_config())
    assert "cannot be kept" in str(window.until(MomentsKept).trouble)
    window.send(Control("train"))
    window.until(lambda report: isinstance(report, Stepped) and report.reports[-1].step > 20)
    window.send(Control("pause"))
    window.until(Evaluated)
    assert len(window.all_heard(MomentsKept)) == 1
    assert not window.all_heard(Failed)


def test_another_run_removes_the_moments_of_the_one_before(window) -> None:
    window.start(run_config())
    window.send(Control("step"))
    reported = window.until(_kept_at(1))
    window.send(StartRun(job=5, config=run_config(), knobs=Knobs()))
    window.until(_job(5))
    reported = window.until(MomentsKept)
    assert [moment.step for moment in reported.moments] == [0]
    assert len(list(reported.folder.iterdir())) == 1
    window.send(ForgetMoments(), ContinueFrom(job=6, number=reported.moments[0].number))
    assert isinstance(window.until(_job(6)), Failed)
    assert not list(reported.folder.iterdir())


def test_an_opened_run_begins_with_the_moments_it_was_saved_with(window) -> None:
    window.start(run_config())
    for step in (1, 2, 3):
        window.send(Control("step"))
        window.until(_kept_at(step))
    window.send(SaveRun(job=5, path=window.folder / "saved"))
    window.until(_job(5))
    window.send(OpenRun(job=6, path=window.folder / "saved", folder=Path("data")))
    window.until(_job(6))
    reported = window.until(MomentsKept)
    assert [moment.step for moment in reported.moments] == [0, 1, 2, 3]
    assert reported.former is None


def test_a_run_is_saved_without_its_moments_where_they_are_not_wanted(window) -> None:
    window.start(run_config())
    for step in (1, 2):
        window.send(Control("step"))
        window.until(_kept_at(step))
    place = window.folder / "saved"
    window.send(SaveRun(job=5, path=place, moments=False))
    window.until(_done(5))
    assert not (place / "moments").exists()
    window.send(SaveRun(job=6, path=place))
    window.until(_done(6))
    assert len(list((place / "moments").glob("*.safetensors"))) == 3
    # Those of an earlier save go, but not what another put there.
    (place / "moments" / "mine.txt").write_text("mine")
    window.send(SaveRun(job=7, path=place, moments=False))
    window.until(_done(7))
    assert not list((place / "moments").glob("*.safetensors"))
    assert (place / "moments" / "mine.txt").read_text() == "mine"
    window.send(OpenRun(job=8, path=place, folder=Path("data")))
    window.until(_job(8))
    assert [moment.step for moment in window.until(MomentsKept).moments] == [2]


# ---------------------------------------------------------------- the real engine


def _real_run(folder: Path):
    from trainer.config import ModelConfig, RunConfig, TrainConfig
    from trainer.service.active_run import ActiveRun
    from trainer.service.backend import Backend
    from trainer.service.keeping import Autosaver
    from trainer.service.moments import Moments

    images = np.random.default_rng(0).integers(0, 255, (300, 1, 8, 8), np.uint8)
    data = ImageData(config=DataConfig(), title="Noise", images=images, train_count=250)
    models = tuple(
        ModelConfig(family=family, widths=(32,), shape=(1, 8, 8)) for family in ("autoencoder", "variational")
    )
    train = TrainConfig(batch=32, threads=1, device="cpu", binarise="dynamic", probe=100)
    backend, sent = Backend(), []
    trainer = backend.build(RunConfig(data=data.config, models=models, train=train), data, Knobs(noise=0.1))
    saver = Autosaver(lambda path, run: None, sent.append)
    moments = Moments(folder / "moments", clock=Clock())
    start = trainer.map_report()
    run = ActiveRun(trainer, data, backend, sent.append, lambda: False, saver, moments, start=start)
    run.announce()
    return run, moments


def _train_to(run, step: int) -> None:
    run.control("train")
    while run.trainer.step < step:
        run.advance()
    run.control("pause")
    while run.busy:
        run.advance()


def _weights(run) -> dict[str, np.ndarray]:
    return {name: tensor.numpy().copy() for name, tensor in run.trainer.state().tensors.items()}


@pytest.mark.parametrize("at", [0, 100])
def test_continuing_from_a_moment_is_exact_bit_for_bit(tmp_path, at) -> None:
    pytest.importorskip("torch")
    run, kept = _real_run(tmp_path)
    _train_to(run, 100)
    _train_to(run, 200)
    first, history = _weights(run), list(run.history)
    number = {moment.step: moment.number for moment in kept.report().moments}[at]
    run.continue_from(number)
    assert run.trainer.step == at
    assert run.history == [report for report in history if report.step <= at]
    # Another way first: what comes of the moment does not depend on it.
    run.set_knobs(Knobs(beta=5.0))
    _train_to(run, at + 30)
    run.continue_from(number)
    _train_to(run, 200)
    again = _weights(run)
    assert set(first) == set(again)
    for name, values in first.items():
        np.testing.assert_array_equal(again[name], values, err_msg=name)
    assert [report.losses for report in run.history] == [report.losses for report in history]


def test_returning_to_the_former_run_is_exact(tmp_path) -> None:
    pytest.importorskip("torch")
    run, kept = _real_run(tmp_path)
    _train_to(run, 60)
    first, history = _weights(run), list(run.history)
    run.continue_from(kept.report().moments[0].number)
    _train_to(run, 20)
    former = kept.report().former
    assert former is not None
    assert run.continue_from(former.number).returned
    for name, values in _weights(run).items():
        np.testing.assert_array_equal(values, first[name], err_msg=name)
    assert run.history == history


def test_knobs_turned_in_a_pause_are_back_with_the_former_run(window) -> None:
    window.start(run_config(probe=5))
    for step in (1, 2):
        window.send(Control("step"))
        reported = window.until(_kept_at(step))
    window.send(SetKnobs(Knobs(beta=4.0)))
    _go_back(window, reported.moments[1].number, job=8)
    former = window.all_heard(MomentsKept)[-1].former
    assert _go_back(window, former.number, job=9).knobs.beta == 4.0
