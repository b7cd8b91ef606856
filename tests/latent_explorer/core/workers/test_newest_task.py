"""A thread for the newest request: what waits is replaced, answers keep their order, faults are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from latent_explorer.core.workers.newest_task import NewestTask
from trainer.replica.replica import ReplicaError


class Bench:
    def __init__(self) -> None:
        self.worker = NewestTask("newest")
        self.answers: list[object] = []
        self.failures: list[tuple[str, str]] = []
        self.heard_in: set[threading.Thread] = set()
        self.worker.answered.connect(self._answered)
        self.worker.failed.connect(lambda *failure: self.failures.append(failure))
        self.gate, self.begun = threading.Event(), threading.Event()

    def _answered(self, answer: object) -> None:
        self.answers.append(answer)
        self.heard_in.add(threading.current_thread())

    def frozen(self) -> str:
        self.begun.set()
        assert self.gate.wait(60)
        return "frozen"


@pytest.fixture
def bench(qapp) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.gate.set()
    made.worker.close()


def test_while_one_runs_only_the_newest_waits(qtbot, bench) -> None:
    bench.worker.ask(bench.frozen)
    assert bench.begun.wait(60)
    for number in range(100):
        bench.worker.ask(lambda number=number: number)
    assert bench.worker.busy
    bench.gate.set()
    qtbot.waitUntil(lambda: not bench.worker.busy)
    assert bench.answers == ["frozen", 99]


def test_tasks_run_in_the_thread_and_answers_arrive_in_the_owners(qtbot, bench) -> None:
    bench.worker.ask(lambda: threading.current_thread().name)
    qtbot.waitUntil(lambda: not bench.worker.busy)
    assert bench.answers == ["newest"]
    assert bench.heard_in == {threading.main_thread()}


@pytest.mark.parametrize(
    ("error", "sentence"), [(ReplicaError("They do not fit."), "They do not fit."), (KeyError("x"), "")]
)
def test_failures_are_told_and_the_thread_lives_on(qtbot, bench, error, sentence) -> None:
    def fail() -> None:
        raise error

    bench.worker.ask(fail)
    qtbot.waitUntil(lambda: bool(bench.failures))
    assert bench.failures[0][0] == sentence
    assert type(error).__name__ in bench.failures[0][1]
    assert not bench.worker.busy
    bench.worker.ask(lambda: "next")
    qtbot.waitUntil(lambda: bench.answers == ["next"])


def test_after_closing_nothing_runs_and_nothing_arrives(qtbot, bench) -> None:
    ran: list[int] = []
    bench.worker.ask(bench.frozen)
    assert bench.begun.wait(60)
    bench.worker.ask(lambda: ran.append(1))
    threading.Timer(0.01, bench.gate.set).start()
    bench.worker.close()
    bench.worker.ask(lambda: ran.append(2))
    bench.worker.close()
    qtbot.wait(1)
    assert (ran, bench.answers, bench.worker.busy) == ([], [], False)
