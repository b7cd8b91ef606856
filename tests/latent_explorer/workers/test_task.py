"""Long jobs of the window: progress, results, cancel and close."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from latent_explorer.workers.task import TaskWorker
from trainer.data.images import DataError
from trainer.progress import CancelledError, Progress


class Bench:
    def __init__(self) -> None:
        self.worker = TaskWorker()
        self.heard: list[tuple] = []
        self.worker.progressed.connect(lambda *values: self.heard.append(("progressed", *values)))
        self.worker.done.connect(lambda *values: self.heard.append(("done", *values)))
        self.worker.failed.connect(lambda *values: self.heard.append(("failed", *values)))
        self.begun = threading.Event()
        self.ended = threading.Event()

    def until_cancelled(self, report, cancelled) -> None:
        """A task that goes on until it is told not to."""
        pause = threading.Event()
        done = 0
        while not cancelled():
            done += 1
            report(Progress(done, None, "things", "Working"))
            self.begun.set()
            pause.wait(0.001)
        self.ended.set()
        raise CancelledError

    def kinds(self, job: int) -> list[str]:
        return [kind for kind, number, *_ in self.heard if number == job]


@pytest.fixture
def bench(qapp) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.worker.close()


def test_progress_and_result_arrive_in_order(qtbot, bench) -> None:
    def count(report, cancelled) -> str:
        for done in range(3):
            report(Progress(done, 3, "things", "Counting"))
        return threading.current_thread().name

    bench.worker.run(1, count)
    qtbot.waitUntil(lambda: bench.kinds(1)[-1:] == ["done"])
    assert bench.kinds(1) == ["progressed"] * 3 + ["done"]
    assert bench.heard[-1][2] == "task"


def test_tasks_run_one_after_the_other(qtbot, bench) -> None:
    order: list[int] = []
    for job in range(5):
        bench.worker.run(job, lambda report, cancelled, job=job: order.append(job))
    qtbot.waitUntil(lambda: bench.kinds(4) == ["done"])
    assert order == [0, 1, 2, 3, 4]


def test_after_cancel_nothing_arrives_and_the_next_use_works(qtbot, bench) -> None:
    bench.worker.run(1, bench.until_cancelled)
    qtbot.waitUntil(lambda: "progressed" in bench.kinds(1))
    heard = len(bench.heard)
    bench.worker.cancel(1)
    bench.worker.run(2, lambda report, cancelled: "next")
    qtbot.waitUntil(lambda: bench.kinds(2) == ["done"])
    assert bench.ended.is_set()
    assert len(bench.heard) == heard + 1
    bench.worker.cancel(1)


def test_a_task_that_waits_can_be_cancelled(qtbot, bench) -> None:
    ran: list[int] = []
    bench.worker.run(1, bench.until_cancelled)
    bench.worker.run(2, lambda report, cancelled: ran.append(2))
    assert bench.begun.wait(10)
    bench.worker.cancel(2)
    bench.worker.cancel(1)
    bench.worker.run(3, lambda report, cancelled: ran.append(3))
    qtbot.waitUntil(lambda: bench.kinds(3) == ["done"])
    assert ran == [3]
    assert bench.kinds(2) == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (DataError("The file is no picture; choose another."), "The file is no picture; choose another."),
        (
            ZeroDivisionError("inner workings"),
            "The job failed because of a fault in the program; see the details.",
        ),
    ],
)
def test_failures_are_told_and_the_thread_lives_on(qtbot, bench, error, sentence) -> None:
    def fail(report, cancelled) -> None:
        raise error

    bench.worker.run(1, fail)
    qtbot.waitUntil(lambda: bench.kinds(1) == ["failed"])
    assert bench.heard[0][2] == sentence
    assert type(error).__name__ in bench.heard[0][3]
    bench.worker.run(2, lambda report, cancelled: None)
    qtbot.waitUntil(lambda: bench.kinds(2) == ["done"])


def test_closing_ends_what_runs(bench) -> None:
    bench.worker.run(1, bench.until_cancelled)
    assert bench.begun.wait(10)
    bench.worker.close()
    assert bench.ended.is_set()
    assert bench.heard == []
    with pytest.raises(ValueError, match="closed"):
        bench.worker.run(2, lambda report, cancelled: None)
    bench.worker.close()


def test_a_number_in_use_is_refused(bench) -> None:
    bench.worker.run(1, bench.until_cancelled)
    with pytest.raises(ValueError, match="in use"):
        bench.worker.run(1, bench.until_cancelled)
