"""A thread for work with intermediate results: only the newest request counts, and it can be cancelled."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from latent_explorer.core.workers.mailboxes import ClosedError, Inbox, LatestSlot
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.progress import Progress
from trainer.sentences import sentence_for

log = logging.getLogger(__name__)

#: The function of a request, called in the thread. Results of a generator are delivered one by one: None is only a
#: point where the request may be cancelled, a `Progress` is reported as such. Any
#: other returned value is the only answer.
Work = Callable[[], object]

#: Added to a background thread's niceness, if the system supports it for threads.
_NICENESS = 10


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    number: int
    work: Work


@dataclass(frozen=True, slots=True, eq=False)
class _Report:
    """`kind`: "answer", "progress", "end", "only" (answer and end in one), "failure" (sentence and traceback)."""

    number: int
    kind: str
    result: object = None


class Worker(QObject):
    """One thread that runs the newest request and delivers its results as they are produced.

    While a drag sends requests faster than they are answered, a running request continues until its first answer,
    so that something is always shown; then the newest replaces it. After `cancel`, or when a request is replaced,
    none of its results arrive.

    Its methods must be called in the thread it lives in; the work runs in the worker's. Long work must yield about
    every 30 ms, so that it can be stopped. `finished` and `failed` are emitted when `busy` is False already,
    before `busy_changed`; a cancelled request emits neither.

    Signals (in the thread this object lives in; none after `close`):
        answered(object): a result, of the newest request with results.
        progressed(object): progress of that request, a `trainer.progress.Progress`.
        finished(): the newest request has delivered all its results.
        failed(str, str): the newest request failed: one sentence ("" for a bug of the program), the traceback.
        busy_changed(): `busy` changed.
    """

    answered = Signal(object)
    progressed = Signal(object)
    finished = Signal()
    failed = Signal(str, str)
    busy_changed = Signal()

    def __init__(self, name: str, parent: QObject | None = None, *, background: bool = False) -> None:
        """`name`: of the thread, which starts with the first request. `background`: with lower priority than other
        threads.
        """
        super().__init__(parent)
        self._name = name
        self._background = background
        self._slot: LatestSlot[_Asked] = LatestSlot()
        self._inbox = Inbox(self)
        self._inbox.arrived.connect(self._hand_out)
        self._asked = 0
        #: Requests below this number are cancelled; their results are dropped.
        self._wanted_from = 0
        #: The newest request that waits for the running one's first answer; 0 for none.
        self._waiting = 0
        self._busy = False
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether the newest request has not ended."""
        return self._busy

    def ask(self, work: Work, *, at_once: bool = False) -> None:
        """Run `work()`; it replaces a running request after that one's first answer, or immediately with
        `at_once`.

        Does nothing after `close`.
        """
        if self._closed:
            return
        self._asked += 1
        number = self._asked
        if at_once:
            self._wanted_from = number
        self._waiting = number
        self._set_busy(True)
        if number != self._asked or number < self._wanted_from:
            return  # a receiver of the signal has made another request, cancelled, or closed
        # Last, because the woken thread may take over the interpreter.
        self._slot.put(_Asked(number, work))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name)
            self._thread.start()

    def cancel(self) -> None:
        """Cancel the running and the waiting request; none of their results arrive. Further requests are
        possible.
        """
        self._slot.clear()
        self._waiting = 0
        self._wanted_from = self._asked + 1
        self._set_busy(False)

    def stop(self) -> None:
        """Cancel everything and end the thread at its next check; `close` waits for it."""
        self._closed = True
        self._waiting = 0
        self._wanted_from = sys.maxsize
        self._slot.close()
        self._inbox.close()

    def close(self) -> None:
        """Stop, and wait for the thread. May be called twice."""
        self.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._busy = False

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit()

    # ------------------------------------------------------------ the thread

    def _work(self) -> None:
        if self._background:
            _give_way()
        while True:
            try:
                asked = self._slot.take()
            except ClosedError:
                return
            try:
                self._run(asked)
            except Exception as error:  # noqa: BLE001 - the last frame of a thread: errors must reach the window
                failure = (shown_sentence(sentence_for(error)), traceback.format_exc())
                self._inbox.put(_Report(asked.number, "failure", failure))
            del asked  # release its inputs while waiting for the next request

    def _run(self, asked: _Asked) -> None:
        answered = False
        results = asked.work()
        if not isinstance(results, Iterator):
            self._inbox.put(_Report(asked.number, "only", results))
            return
        try:
            for result in results:
                # Plain integers, written by the other thread only: no lock is needed to read them.
                if asked.number < self._wanted_from:
                    return
                if isinstance(result, Progress):
                    self._inbox.put(_Report(asked.number, "progress", result))
                elif result is not None:
                    self._inbox.put(_Report(asked.number, "answer", result))
                    answered = True
                if answered and self._waiting > asked.number:
                    return
        finally:
            close = getattr(results, "close", None)
            if close is not None:
                close()
        self._inbox.put(_Report(asked.number, "end"))

    # ------------------------------------------------------------ the owner's thread

    @Slot(list)
    def _hand_out(self, batch: list[_Report]) -> None:
        for report in batch:
            # Checked for each: a receiver may cancel.
            if report.number < self._wanted_from:
                continue
            if report.kind == "answer":
                self.answered.emit(report.result)
            elif report.kind == "only":
                newest = self._end(report.number)
                self.answered.emit(report.result)
                self._announce_end(newest, self.finished)
            elif report.kind == "progress":
                self.progressed.emit(report.result)
            elif report.kind == "failure":
                assert isinstance(report.result, tuple)
                newest = self._end(report.number)
                if not newest:  # there is a newer request
                    log.warning("%s: %s\n%s", self._name, *report.result)
                self._announce_end(newest, self.failed, *report.result)
            else:
                self._announce_end(self._end(report.number), self.finished)

    def _end(self, number: int) -> bool:
        """End the request; returns whether it was the newest."""
        newest = number == self._asked
        if newest:
            self._busy = False
        return newest

    def _announce_end(self, newest: bool, signal: SignalInstance, *result: object) -> None:
        if newest:
            signal.emit(*result)
            self.busy_changed.emit()


def _give_way() -> None:
    """Lower the priority below window and trainer. On Linux niceness is per thread; elsewhere do nothing."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):  # not permitted everywhere, and not essential
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS)
