"""A thread for work that may give answers on its way: the newest request counts, and any can be cancelled."""

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

#: What a request does, called in the thread. A generator's results reach the asker one by one: None says nothing
#: and only lets the thread look whether the request is still wanted, a `Progress` is reported as such. Anything
#: else that is returned is the one answer.
Work = Callable[[], object]

#: Added to a background thread's niceness, where the system knows such a thing for threads.
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
    """One thread that runs the newest request and hands its results over as they come.

    While a drag asks faster than answers can be made, a running request is left alone until its first answer, so
    that something is always shown; then the newest takes over. After `cancel` or a request taken over, nothing of
    the former arrives.

    Its methods belong to the thread it lives in, the work to the worker's. Long work must yield every 30 ms or
    so: only then can it be stopped. `finished` and `failed` come when `busy` is False already, before
    `busy_changed`: a request that was cancelled has neither of them.

    Signals (in the thread this object lives in; none after `close`):
        answered(object): a result of the newest request that has given any.
        progressed(object): how far that request is, a `trainer.progress.Progress`.
        finished(): the newest request has given all its results.
        failed(str, str): the newest request failed: one sentence ("" for a fault of the program), the traceback.
        busy_changed(): `busy` changed.
    """

    answered = Signal(object)
    progressed = Signal(object)
    finished = Signal()
    failed = Signal(str, str)
    busy_changed = Signal()

    def __init__(self, name: str, parent: QObject | None = None, *, background: bool = False) -> None:
        """`name`: of the thread, which starts with the first request. `background`: yield to other threads."""
        super().__init__(parent)
        self._name = name
        self._background = background
        self._slot: LatestSlot[_Asked] = LatestSlot()
        self._inbox = Inbox(self)
        self._inbox.arrived.connect(self._hand_out)
        self._asked = 0
        #: Requests below this number are not wanted any more, whatever they have to say.
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
        """Run `work()`; it takes over from a running request after that one's first answer, or `at_once`.

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
            return  # who heard of it has asked for something else, or cancelled, or closed
        # Last: the thread that wakes up takes the interpreter from this one at its next chance.
        self._slot.put(_Asked(number, work))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name)
            self._thread.start()

    def cancel(self) -> None:
        """Give up what runs and what waits; nothing of it arrives. The next request is served as ever."""
        self._slot.clear()
        self._waiting = 0
        self._wanted_from = self._asked + 1
        self._set_busy(False)

    def stop(self) -> None:
        """Give everything up for good; the thread ends at its next look, which `close` waits for."""
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
            del asked  # what it was made with is not kept while waiting for the next

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
            # Looked at for each: a receiver may cancel.
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
                if not newest:  # somebody has asked for something else since
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
    """Let the window and the trainer go first. On Linux niceness belongs to the thread; elsewhere leave it."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):  # where the system does not allow it, it works all the same
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICENESS)
