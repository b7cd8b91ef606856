"""Intervals and shares, by a clock that only the test moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.service.fakes import FakeBackend, FakeTrainer, run_config
from trainer.config import DataConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.service.active_run import MOST_HISTORY, ActiveRun
from trainer.service.duty_cycle import DutyCycle
from trainer.service.keeping import Autosaver
from trainer.service.messages import Evaluated, Mapped, MomentsKept, RunState, Stepped
from trainer.service.moments import Moments


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_pace_keeps_its_interval_when_turns_are_cheap() -> None:
    clock = Clock()
    pace = DutyCycle(2.0, 0.5, delay=1.0, clock=clock)
    assert not pace.due()
    clock.now += 1.0
    assert pace.due()
    pace.begin()
    clock.now += 0.5
    pace.end()
    clock.now += 1.4
    assert not pace.due()
    clock.now += 0.1
    assert pace.due()


def test_a_pace_makes_costly_turns_rarer() -> None:
    clock = Clock()
    pace = DutyCycle(0.3, 1 / 14, clock=clock)
    spent = turns = 0.0
    start = clock.now
    while clock.now < start + 1000:
        if pace.due():
            pace.begin()
            clock.now += 0.1
            pace.end()
            spent += 0.1
            turns += 1
        clock.now += 0.01
    assert spent / 1000 == pytest.approx(1 / 14, rel=0.02)
    assert turns == pytest.approx(1000 / 1.4, rel=0.02)


def test_a_hastened_pace_is_due_at_once() -> None:
    clock = Clock()
    pace = DutyCycle(5.0, clock=clock)
    pace.begin()
    pace.end()
    assert not pace.due()
    pace.hasten()
    assert pace.due()


class TimedTrainer(FakeTrainer):
    """A step takes 4 ms, a map refresh 100 ms, an evaluation 500 ms of the test's clock."""

    clock: Clock

    def steps(self):
        for report in super().steps():
            self.clock.now += 0.004
            yield report

    def map_report(self, *args, **kwargs):
        self.clock.now += 0.1
        return super().map_report(*args, **kwargs)

    def evaluate(self):
        self.clock.now += 0.5
        return super().evaluate()


def _run(clock: Clock, folder: Path) -> tuple[ActiveRun, list]:
    images = np.zeros((12, 1, 4, 4), np.uint8)
    data = ImageData(config=DataConfig(), title="Fake", images=images, train_count=9)
    trainer = TimedTrainer(run_config(probe=5), data, Knobs())
    trainer.clock = clock
    sent: list = []
    saver = Autosaver(lambda path, run: None, sent.append, clock)
    moments = Moments(folder / "moments", clock=clock)
    return ActiveRun(trainer, data, FakeBackend(), sent.append, lambda: False, saver, moments, clock=clock), sent


def test_what_is_reported_while_training_takes_its_share_of_the_time_and_no_more(tmp_path) -> None:
    clock = Clock()
    run, sent = _run(clock, tmp_path)
    run.control("train")
    start = clock.now
    while clock.now < start + 120:
        run.advance()
    kinds = (Stepped, Mapped, Evaluated, RunState)
    count = {kind: sum(isinstance(report, kind) for report in sent) for kind in kinds}
    # 0.1 s of every 1.4, and 0.5 s of every 10. A moment of the run that is kept has a map of its own, too.
    kept = max(len(report.moments) for report in sent if isinstance(report, MomentsKept))
    assert 0.95 * 120 / 1.4 <= count[Mapped] <= 1.05 * 120 / 1.4 + kept
    assert count[Evaluated] == pytest.approx(12, abs=1)
    assert count[Stepped] <= 30 * 120
    assert count[RunState] == pytest.approx(120, rel=0.25)
    assert not any(report.complete for report in sent if isinstance(report, Mapped))
    reported = [one.step for message in sent if isinstance(message, Stepped) for one in message.reports]
    assert reported == list(range(1, len(reported) + 1))


def test_the_first_refresh_comes_with_the_first_step(tmp_path) -> None:
    run, sent = _run(Clock(), tmp_path)
    run.control("train")
    run.advance()
    assert [type(report) for report in sent] == [RunState, Stepped, Mapped, MomentsKept]


def test_the_history_of_a_long_run_stays_small_and_reaches_from_end_to_end(tmp_path) -> None:
    run, _ = _run(Clock(), tmp_path)
    run.control("train")
    for _ in range(2 * MOST_HISTORY + 5):
        run.advance()
    assert len(run.history) <= MOST_HISTORY
    assert run.history[-1].step == 2 * MOST_HISTORY + 5
    assert run.history[0].step < MOST_HISTORY / 10
