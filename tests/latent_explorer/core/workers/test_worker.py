"""Long work in a thread: partial answers, the newest request, cancelling, and the next use after a cancel."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.core.workers.worker import Worker
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Milliseconds; so long only where something is wrong.
PATIENCE = 240_000


@pytest.fixture
def task() -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.close()


@pytest.fixture
def heard(task: Worker) -> list[object]:
    found: list[object] = []
    task.answered.connect(found.append)
    return found


def test_partial_results_come_in_order_and_then_the_end(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    threads: list[str] = []

    def work() -> Iterator[object]:
        threads.append(threading.current_thread().name)
        yield 1
        yield None
        yield 2

    assert not task.busy
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(work)
        assert task.busy
    assert heard == [1, 2]
    assert threads == ["test"]
    assert not task.busy


def test_what_a_plain_function_returns_is_its_one_answer(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    gate, begun, busy = threading.Event(), threading.Event(), []

    def frozen() -> str:
        begun.set()
        assert gate.wait(60)
        return "frozen"

    task.ask(frozen)
    assert begun.wait(60)
    task.answered.connect(lambda _: busy.append(task.busy))
    for number in range(100):
        task.ask(lambda number=number: number)
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        gate.set()
    # What waits is replaced by the newest; who hears its answer may ask for the next.
    assert heard == ["frozen", 99]
    assert busy == [True, False]


def test_the_end_is_announced_before_the_rest_and_a_cancelled_request_has_none(qtbot: QtBot, task: Worker) -> None:
    said: list[str] = []
    task.finished.connect(lambda: said.append("finished"))
    task.failed.connect(lambda *_: said.append("failed"))
    task.busy_changed.connect(lambda: said.append("busy" if task.busy else "at rest"))
    for work in (lambda: 1, lambda: iter([1]), lambda: 1 / 0):
        task.ask(work)
        qtbot.waitUntil(lambda: not task.busy)
    begun = threading.Event()
    task.ask(lambda: _endless("never", begun, threading.Event()))
    assert begun.wait(60)
    task.cancel()
    ends = ["busy", "finished", "at rest"]
    assert said == [*ends, *ends, "busy", "failed", "at rest", "busy", "at rest"]


def test_progress_is_distinguished_from_answers(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    reported: list[object] = []
    task.progressed.connect(reported.append)
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: iter([Progress(1, 2, Sentence("codes"), Sentence("Fitting")), "done"]))
    assert heard == ["done"]
    assert reported == [Progress(1, 2, Sentence("codes"), Sentence("Fitting"))]


def _endless(name: str, begun: threading.Event, go: threading.Event) -> Iterator[object]:
    """Says its name once `go` is set, then runs forever without a report."""
    begun.set()
    while not go.wait(0.001):
        yield None
    yield name
    while True:
        yield None


def test_a_newer_request_waits_for_the_first_answer(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    begun, go = threading.Event(), threading.Event()
    task.ask(lambda: _endless("first", begun, go))
    assert begun.wait(60)
    for name in ("second", "third"):
        task.ask(lambda name=name: iter([name]))
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        go.set()
    assert heard == ["first", "third"]


def test_at_once_does_not_wait(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    begun = threading.Event()
    task.ask(lambda: _endless("first", begun, threading.Event()))
    assert begun.wait(60)
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: iter(["second"]), at_once=True)
    assert heard == ["second"]


def test_after_cancel_nothing_arrives_and_the_next_request_is_served(
    qtbot: QtBot, task: Worker, heard: list[object]
) -> None:
    begun, go = threading.Event(), threading.Event()
    task.ask(lambda: _endless("cancelled", begun, go))
    assert begun.wait(60)
    task.cancel()
    assert not task.busy
    go.set()
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: iter(["next"]))
    assert heard == ["next"]


def test_a_failure_is_reported_with_its_traceback_and_the_thread_lives_on(
    qtbot: QtBot, task: Worker, heard: list[object]
) -> None:
    def work() -> Iterator[object]:
        yield "some"
        raise ZeroDivisionError("by nothing")

    with qtbot.waitSignal(task.failed, timeout=PATIENCE) as failure:
        task.ask(work)
    sentence, details = failure.args
    assert sentence == ""
    assert "by nothing" in details
    assert not task.busy
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: iter(["more"]))
    assert heard == ["some", "more"]


def test_generators_are_closed_when_they_are_given_up(qtbot: QtBot, task: Worker) -> None:
    closed, begun = threading.Event(), threading.Event()

    def work() -> Iterator[object]:
        try:
            begun.set()
            while True:
                yield None
        finally:
            closed.set()

    task.ask(work)
    assert begun.wait(60)
    task.cancel()
    assert closed.wait(60)


def test_closing_ends_the_thread_in_the_middle_of_work(qtbot: QtBot) -> None:
    task = Worker("closing", background=True)
    begun = threading.Event()
    task.ask(lambda: _endless("never", begun, threading.Event()))
    assert begun.wait(60)
    task.close()
    task.close()
    assert "closing" not in [thread.name for thread in threading.enumerate()]
    task.ask(lambda: iter([1]))
    assert not task.busy


def test_threads_that_are_stopped_end_without_being_waited_for(qtbot: QtBot) -> None:
    tasks = [Worker(f"stopping-{number}") for number in range(2)]
    for task in tasks:
        begun = threading.Event()
        task.ask(lambda begun=begun: _endless("never", begun, threading.Event()))
        assert begun.wait(60)
    for task in tasks:
        task.stop()
    qtbot.waitUntil(lambda: not any(thread.name.startswith("stopping") for thread in threading.enumerate()))
    for task in tasks:
        task.close()


def test_a_failure_of_what_is_not_wanted_any_more_is_not_reported(
    qtbot: QtBot, task: Worker, heard: list[object]
) -> None:
    begun, go = threading.Event(), threading.Event()

    def work() -> Iterator[object]:
        begun.set()
        while not go.wait(0.001):
            yield None
        raise ZeroDivisionError("by nothing")

    failures: list[object] = []
    task.failed.connect(lambda *reported: failures.append(reported))
    task.ask(work)
    assert begun.wait(60)
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: iter(["newest"]))
        go.set()
    assert heard == ["newest"]
    assert not failures


def test_work_in_the_background_continues_where_its_priority_cannot_be_lowered(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refuse, raising=False)
    background = Worker("background", background=True)
    heard: list[object] = []
    background.answered.connect(heard.append)
    with qtbot.waitSignal(background.finished):
        background.ask(lambda: iter(["done"]))
    background.close()
    assert heard == ["done"]


def test_one_who_hears_that_it_is_busy_may_ask_again(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    def ask_again() -> None:
        task.busy_changed.disconnect(ask_again)
        task.ask(lambda: "newest")

    task.busy_changed.connect(ask_again)
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: "former")
    assert heard == ["newest"]
    assert not task.busy


def test_one_who_hears_that_it_is_busy_may_cancel(qtbot: QtBot, task: Worker, heard: list[object]) -> None:
    begun: list[str] = []

    def cancel() -> None:
        task.busy_changed.disconnect(cancel)
        task.cancel()

    task.busy_changed.connect(cancel)
    task.ask(lambda: begun.append("cancelled"))
    assert not task.busy
    with qtbot.waitSignal(task.finished, timeout=PATIENCE):
        task.ask(lambda: "next")
    assert (begun, heard) == ([], ["next"])
