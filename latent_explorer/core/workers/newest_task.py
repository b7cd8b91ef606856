"""A thread for work whose result only the newest asker wants, such as a map made ready for the window."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.workers.mailboxes import ClosedError, Inbox, LatestSlot
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.sentences import sentence_for


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    number: int
    task: Callable[[], object]


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    number: int
    result: object = None
    sentence: str = ""
    details: str = ""


class NewestTask(QObject):
    """One thread that runs what was asked for last; a newer request replaces one that has not begun.

    Its methods belong to the thread it lives in, the tasks to the worker's. Answers come in the order of asking.

    Signals (in the thread this object lives in; none after `close`):
        answered(object): what the task returned.
        failed(str, str): one sentence ("" for a fault of the program) and the traceback as text.
    """

    answered = Signal(object)
    failed = Signal(str, str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """`name`: of the thread, which starts with the first request."""
        super().__init__(parent)
        self._name = name
        self._slot: LatestSlot[_Asked] = LatestSlot()
        self._inbox = Inbox(self)
        self._inbox.arrived.connect(self._hand_out)
        self._asked = self._answered = 0
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether an answer to the newest request is still to come."""
        return self._answered < self._asked

    def ask(self, task: Callable[[], object]) -> None:
        """Run `task`, forgetting one that has not begun. Does nothing after `close`."""
        if self._closed:
            return
        self._asked += 1
        self._slot.put(_Asked(self._asked, task))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name)
            self._thread.start()

    def close(self) -> None:
        """Wait for what runs, forget its result and end the thread. May be called twice."""
        self._closed = True
        self._slot.close()
        self._inbox.close()
        self._asked = self._answered
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        """The thread."""
        while True:
            try:
                asked = self._slot.take()
            except ClosedError:
                return
            self._inbox.put(_outcome(asked))

    @Slot(list)
    def _hand_out(self, batch: list[_Outcome]) -> None:
        for outcome in batch:
            self._answered = outcome.number
            if outcome.details:
                self.failed.emit(outcome.sentence, outcome.details)
            else:
                self.answered.emit(outcome.result)


def _outcome(asked: _Asked) -> _Outcome:
    try:
        return _Outcome(asked.number, asked.task())
    except Exception as error:  # noqa: BLE001 - the last frame of a thread: errors must reach the window
        return _Outcome(asked.number, None, shown_sentence(sentence_for(error)), traceback.format_exc())
