"""When a tool asks: with a worker and a clock of the test's own, so that no machine is too slow for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from pytestqt.qtbot import QtBot

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.follower import Follower
from latent_explorer.core.look import Look, look_at
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.training import TrainingState
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.core.workers.worker import Worker
from tests.latent_explorer.build import pane_state

VIEW = ViewTransform(300, 200, 0.0, 0.0, 60)


class SlowWorker(QObject):
    """Does nothing by itself: the test says when a request has answers and when it ends."""

    answered = Signal(object)
    finished = Signal()
    failed = Signal(str, str)
    busy_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.busy = False
        self.asked: list[tuple[Callable[[], object], bool]] = []

    def ask(self, work: Callable[[], object], *, at_once: bool = False) -> None:
        self.asked.append((work, at_once))
        self._set(True)

    def cancel(self) -> None:
        self._set(False)

    def finish(self) -> None:
        self.busy = False
        self.finished.emit()
        self.busy_changed.emit()

    def fail(self, sentence: str) -> None:
        self.busy = False
        self.failed.emit(sentence, "where")
        self.busy_changed.emit()

    def _set(self, busy: bool) -> None:
        if busy != self.busy:
            self.busy = busy
            self.busy_changed.emit()


class Bench:
    """A follower of one pane's codes and view, and of a setting."""

    def __init__(self, **options: Any) -> None:
        self.pane, self.explorer, self.training = pane_state(), ExplorerState(), TrainingState()
        self.pane.set_view(VIEW)
        self.notifications, self.posted = Notifications(), []
        self.notifications.shown.connect(lambda note: self.posted.append(note.sentence))
        self.notifications.listen()
        self.worker, self.now, self.setting, self.seen = SlowWorker(), 100.0, "some", True
        self.answers: list[object] = []
        self.follower = Follower(
            self.worker,  # type: ignore[arg-type]
            self.question,
            lambda look, setting: (look, setting),
            self.training,
            self.notifications,
            sentence=lambda: "It could not be done.",
            seen=lambda: self.seen,
            pane=self.pane,
            clock=lambda: self.now,
            **options,
        )
        self.follower.answered.connect(self.answers.append)
        self.follower.watch(self.pane)
        self.pane.view_changed.connect(self.follower.view_changed)
        self.pane.view_moved.connect(self.follower.view_moved)

    def question(self) -> tuple[Look, str] | None:
        look = look_at(self.pane, self.explorer, lambda index: np.zeros(2, np.float32), "hidden", "view")
        return None if look is None else (look, self.setting)

    @property
    def timer(self) -> QTimer:
        return self.follower._timer

    @property
    def waits(self) -> int | None:
        """How long the next request waits (ms); None without one."""
        return self.timer.interval() if self.timer.isActive() else None

    def pass_time(self, milliseconds: float) -> None:
        """So long later by the clock; what was to be asked by then is asked."""
        self.now += milliseconds / 1_000
        for timer in (self.follower._timer, self.follower._edge):
            if timer.isActive() and timer.interval() <= milliseconds:
                timer.stop()
                timer.timeout.emit()

    @property
    def asked(self) -> list[tuple[Look, str]]:
        return [work() for work, _ in self.worker.asked]

    def ask(self) -> None:
        """Ask and answer to the end."""
        self.follower.change()
        self.pass_time(0)
        assert self.worker.busy
        self.worker.finish()

    def new_weights(self) -> None:
        self.pane.set_codes(replace(self.pane.codes), self.pane.plane)

    def pan(self, pixels: float) -> None:
        self.pane.set_view(self.pane.view.panned(pixels, 0))
        self.pane.view_moved.emit()


@pytest.fixture
def made(qapp: object) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def make(**options: Any) -> Bench:
        benches.append(Bench(**options))
        return benches[-1]

    yield make
    for bench in benches:
        bench.follower._give_up()


def test_several_changes_of_one_turn_make_one_request(qtbot: QtBot, made: Callable[..., Bench]) -> None:
    bench = made()
    for setting in ("a", "b", "c"):
        bench.setting = setting
        bench.follower.change()
    assert bench.waits == 0
    qtbot.waitUntil(lambda: bench.worker.busy)
    assert [setting for _, setting in bench.asked] == ["c"]


def test_what_was_answered_or_is_being_answered_is_not_asked_again(made: Callable[..., Bench]) -> None:
    bench = made()
    bench.follower.change()
    bench.pass_time(0)
    bench.follower.change()
    bench.pass_time(0)
    assert len(bench.asked) == 1
    bench.worker.finish()
    bench.follower.change()
    bench.pass_time(0)
    assert len(bench.asked) == 1
    # But what the user cancelled is.
    bench.setting = "other"
    bench.follower.change()
    bench.pass_time(0)
    bench.worker.cancel()
    bench.follower.change()
    bench.pass_time(0)
    assert [setting for _, setting in bench.asked] == ["some", "other", "other"]
    # And what is obsolete.
    bench.worker.finish()
    bench.follower.renew()
    bench.pass_time(0)
    assert len(bench.asked) == 4


def test_nothing_is_asked_while_no_one_looks(made: Callable[..., Bench]) -> None:
    bench = made()
    bench.seen = False
    bench.follower.change()
    bench.new_weights()
    bench.follower.move()
    bench.pan(5)
    assert bench.waits is None
    bench.seen = True
    bench.follower.look_again()
    bench.pass_time(0)
    assert len(bench.asked) == 1
    # Who looks away gives up what is under way, and finds it asked for again.
    bench.seen = False
    bench.follower.look_again()
    assert not bench.worker.busy
    bench.seen = True
    bench.follower.look_again()
    bench.pass_time(0)
    bench.worker.finish()
    # What was answered to the end stays true.
    for seen in (False, True):
        bench.seen = seen
        bench.follower.look_again()
    bench.pass_time(0)
    assert len(bench.asked) == 2


def test_while_training_weights_are_followed_at_a_pace(made: Callable[..., Bench]) -> None:
    bench = made(pause=300)
    bench.training.set_run("training")
    bench.new_weights()
    assert bench.waits == 0  # the first at once
    bench.pass_time(0)
    bench.worker.finish()
    bench.pass_time(100)
    bench.new_weights()
    assert bench.waits == 200
    bench.new_weights()
    assert bench.waits == 200
    # The user does not wait for that, and at rest no one does.
    bench.follower.change()
    assert bench.waits == 0
    bench.pass_time(0)
    bench.training.set_run("paused")
    bench.new_weights()
    assert bench.waits == 0


def test_a_slow_answer_slows_the_pace_by_its_share(made: Callable[..., Bench]) -> None:
    bench = made(pause=100, share=4, whole=True)
    bench.training.set_run("training")
    bench.new_weights()
    bench.pass_time(0)
    bench.pass_time(250)
    bench.new_weights()  # what is under way is finished first
    assert bench.waits is None
    bench.worker.finish()
    assert bench.waits == 750
    bench.pass_time(750)
    assert len(bench.asked) == 2


@pytest.mark.parametrize("whole", [False, True])
def test_a_hand_is_followed_at_its_pace(made: Callable[..., Bench], whole: bool) -> None:
    bench = made(moving=25, whole=whole)
    for number in range(3):
        bench.setting = str(number)
        bench.follower.move()
        assert bench.waits == 25
    bench.pass_time(25)
    assert [setting for _, setting in bench.asked] == ["2"]
    bench.setting = "later"
    bench.follower.move()
    assert bench.waits == (None if whole else 25)
    bench.worker.finish()
    bench.pass_time(25)
    assert bench.asked[-1][1] == "later"


def test_what_was_put_off_follows_a_cancel_too(made: Callable[..., Bench]) -> None:
    bench = made(whole=True)
    bench.follower.change()
    bench.pass_time(0)
    bench.setting = "moved"
    bench.follower.move()
    bench.worker.cancel()
    assert bench.waits == 0


def test_at_rest_a_pan_or_zoom_gives_up_and_waits_for_the_last_step(made: Callable[..., Bench]) -> None:
    bench = made(view=30)
    bench.follower.change()
    bench.pass_time(0)
    for _ in range(3):
        bench.pan(10)
        assert not bench.worker.busy
        assert bench.waits == 30
        bench.now += 0.02
    bench.pass_time(30)
    assert [look.view for look, _ in bench.asked] == [VIEW, VIEW.panned(10, 0).panned(10, 0).panned(10, 0)]


def test_at_rest_a_pan_is_followed_step_by_step_where_that_is_wanted(made: Callable[..., Bench]) -> None:
    bench = made(view=60, pan=12)
    bench.ask()
    bench.pan(10)
    assert bench.waits == 12
    bench.pass_time(12)
    assert bench.worker.busy
    bench.pan(10)
    assert bench.worker.busy  # it shows something before the next takes over
    bench.pane.set_view(bench.pane.view.zoomed(2, 0, 0))
    assert not bench.worker.busy
    assert bench.waits == 60


def test_while_training_a_pan_is_filled_at_its_edge_with_the_weights_on_show(made: Callable[..., Bench]) -> None:
    bench = made(view=40, pause=1_500, at_once=True)
    bench.training.set_run("training")
    bench.new_weights()
    bench.pass_time(0)
    shown = bench.pane.codes
    bench.worker.finish()
    bench.new_weights()
    for _ in range(3):
        bench.pan(10)  # the first step's time counts
    assert bench.follower._edge.interval() == 40
    bench.pass_time(40)
    look, setting = bench.asked[-1]
    assert (look.codes, look.view, setting) == (shown, bench.pane.view, "some")
    assert [at_once for _, at_once in bench.worker.asked] == [True, False]
    # The new weights come at their own pace.
    assert bench.waits == 1_500
    bench.pass_time(1_460)
    bench.pass_time(1_500)
    assert bench.asked[-1][0].codes is bench.pane.codes


def test_of_a_former_model_nothing_is_asked_any_more(made: Callable[..., Bench]) -> None:
    bench = made(pause=300)
    bench.training.set_run("training")
    bench.new_weights()
    bench.pass_time(0)
    pane, codes, plane = bench.pane, bench.pane.codes, bench.pane.plane
    pane.set_model(replace(pane.model, generation=2))
    assert not bench.worker.busy
    assert bench.follower._asked is None  # which would keep its weights
    bench.follower.change()
    bench.pass_time(0)
    assert len(bench.asked) == 1  # there is nothing to ask about yet
    pane.set_codes(codes, plane)
    assert bench.waits == 0  # and no pause before the first of the new one
    bench.pass_time(0)
    assert bench.asked[-1][0].model.generation == 2


def test_a_failure_is_said_once_until_something_else_is_tried(made: Callable[..., Bench]) -> None:
    bench = made()
    said: list[str] = []
    bench.follower.failed.connect(said.append)
    for _ in range(2):
        bench.new_weights()
        bench.pass_time(0)
        bench.worker.fail("")
    assert bench.posted == ["It could not be done."]
    assert said == ["It could not be done."] * 2
    bench.new_weights()
    bench.pass_time(0)
    bench.worker.fail("The weights do not fit.")
    bench.follower.change()  # the same question, since it has no answer
    bench.pass_time(0)
    bench.worker.fail("The weights do not fit.")
    bench.new_weights()
    bench.pass_time(0)
    bench.worker.answered.emit("an answer")
    bench.worker.fail("The weights do not fit.")
    assert bench.posted[1:] == ["The weights do not fit."] * 3
    assert bench.answers == ["an answer"]


def test_what_is_answered_here_needs_no_worker(made: Callable[..., Bench]) -> None:
    quick = {"some": True}
    bench = made(here=lambda look, setting: iter([None, setting]) if quick.get(setting) else None)
    finished: list[bool] = []
    bench.follower.finished.connect(lambda: finished.append(True))
    bench.setting = "slow"
    bench.follower.change()
    bench.pass_time(0)
    assert bench.worker.busy
    bench.setting = "some"
    bench.follower.change()
    bench.pass_time(0)
    assert not bench.worker.busy  # whose answer would come after this one
    assert (bench.answers, finished) == (["some"], [True])
    bench.follower.change()
    bench.pass_time(0)
    assert bench.answers == ["some"]


def test_with_a_real_worker_and_real_timers_the_newest_is_shown_in_the_end(qtbot: QtBot) -> None:
    worker, training, notifications = Worker("followed"), TrainingState(), Notifications()
    wanted, answers = [0], []
    follower = Follower(
        worker,
        lambda: (wanted[0],),
        lambda number: iter([None, number]),
        training,
        notifications,
        sentence=str,
        moving=2,
    )
    follower.answered.connect(answers.append)
    for number in range(200):
        wanted[0] = number
        follower.move()
        qtbot.wait(1)
    qtbot.waitUntil(lambda: not follower.busy)
    worker.close()
    assert answers[-1] == 199
    assert answers == sorted(answers)
