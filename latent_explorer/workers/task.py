"""Long jobs of the window's own (exports and the like): a plain function in a thread, with progress and cancel."""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from latent_explorer.workers.mailboxes import Inbox
from trainer.progress import CancelledError, IsCancelled, Progress, ReportProgress
from trainer.service.errors import sentence_for

#: The work itself: called with what to tell progress to and what to ask whether to stop (ten times a second).
Task = Callable[[ReportProgress, IsCancelled], object]


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    job: int
    task: Task
    cancelled: threading.Event = field(default_factory=threading.Event)


class TaskWorker(QObject):
    """Runs tasks one after the other in one thread of its own. Its methods belong to the thread it lives in.

    Signals (in the thread this object lives in; none for a job after its `cancel` or after `close`):
        progressed(int, object): the job's number and its `Progress`.
        done(int, object): the job's number and what the task returned.
        failed(int, str, str): the job's number, one sentence, and the traceback as text.
    """

    progressed = Signal(int, object)
    done = Signal(int, object)
    failed = Signal(int, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox = Inbox(self)
        self._inbox.arrived.connect(self._hand_out)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._open: dict[int, _Order] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    def run(self, job: int, task: Task) -> None:
        """Queue `task` under the number `job`. Raises `ValueError` if the number is in use or after `close`."""
        if self._closed or job in self._open:
            raise ValueError(f"job {job} cannot be started: its number is in use or the worker is closed")
        order = _Order(job, task)
        self._open[job] = order
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="task")
            self._thread.start()
        self._orders.put(order)

    def cancel(self, job: int) -> None:
        """Give the job up; nothing of it arrives from now on. An unknown or finished job is no error."""
        order = self._open.pop(job, None)
        if order is not None:
            order.cancelled.set()

    def close(self) -> None:
        """Give everything up and wait for the thread. May be called twice."""
        self._closed = True
        for job in tuple(self._open):
            self.cancel(job)
        self._inbox.close()
        if self._thread is not None:
            self._orders.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        """The thread."""
        while (order := self._orders.get()) is not None:
            if not order.cancelled.is_set():
                self._inbox.put((order, *_outcome(order, self._inbox)))

    @Slot(list)
    def _hand_out(self, batch: list[tuple[_Order, str, tuple[object, ...]]]) -> None:
        for order, kind, values in batch:
            # Asked here and not in the thread: a cancel that came after the report was put must still win.
            if self._open.get(order.job) is not order:
                continue
            if kind != "progressed":
                del self._open[order.job]
            getattr(self, kind).emit(order.job, *values)


def _outcome(order: _Order, inbox: Inbox) -> tuple[str, tuple[object, ...]]:
    """Runs the task: the name of the signal to emit and its further arguments."""

    def report(progress: Progress) -> None:
        inbox.put((order, "progressed", (progress,)))

    try:
        return "done", (order.task(report, order.cancelled.is_set),)
    except CancelledError:
        return "failed", (QCoreApplication.translate("task", "The job stopped by itself."), "")
    except Exception as error:  # noqa: BLE001 - the last frame of a thread: errors must reach the window as messages
        sentence = sentence_for(error) or QCoreApplication.translate(
            "task", "The job failed because of a fault in the program; see the details."
        )
        return "failed", (sentence, traceback.format_exc())
