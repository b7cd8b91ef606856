"""The window's end of the trainer service: its life, what is asked of it, and what comes of that."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from latent_explorer.core.jobs import JobsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.workers.service_session import Ended, ServiceSession, Target
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.knobs import Knobs
from trainer.sentences import Sentence
from trainer.service.messages import Advanced, Cancel, Cancelled, Done, Failed, Request, SetKnobs, Stepped
from trainer.service.process import main
from trainer.service.serve import serve


@dataclass(frozen=True, slots=True)
class _Waiting:
    title: str
    done: Callable[[Any], None]
    failed: Callable[[str], None] | None
    quiet: bool


class TrainerClient(QObject):
    """A trainer service in a process (or, for tests, a thread) of its own, its jobs and its reports.

    All methods belong to the thread this object lives in; only `stop` and `restart` wait, under two seconds.
    Whoever calls `start` calls `stop` before the program ends: its threads are not daemons.

    Signals (none after `stop`):
        stepped(object): reports of steps that were done, oldest first.
        reported(object): another report that belongs to no job. Both in the order they were sent.
        lost(str): the service ended without being told to; one sentence. All it had said has arrived before, every
            waiting job has failed, and `restart` may be called.
        needed: something is asked of a service that was lost; whoever can starts it again.
    """

    stepped = Signal(object)
    reported = Signal(object)
    lost = Signal(str)
    needed = Signal()

    def __init__(
        self,
        folder: Path,
        jobs: JobsState,
        notifications: Notifications,
        *,
        in_thread: bool = False,
        target: Target | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`folder`: this session's temporary folder, for arrays too large to send. `target`: another service."""
        super().__init__(parent)
        self._folder = Path(folder)
        self._jobs = jobs
        self._notifications = notifications
        self._in_thread = in_thread
        self._target = target or (serve if in_thread else main)
        self._session: ServiceSession | None = None
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        #: What was asked for before the first start: a person may be faster than the first paint.
        self._early: list[Request] = []
        self._started = self._lost = False
        jobs.cancel_requested.connect(self.cancel)

    # ------------------------------------------------------------ its life

    @property
    def running(self) -> bool:
        """Whether there is a service, or one is being started."""
        return self._session is not None

    @property
    def pid(self) -> int | None:
        """The service's process id, for diagnostics; None while it is not known."""
        return self._session.pid if self._session is not None else None

    def start(self) -> None:
        """Start the service; returns at once. It says `Ready` when torch has been imported, seconds later."""
        if self._session is not None:
            return
        # Another one for each service: what the last one said late can never be taken for words of the new one.
        self._session = ServiceSession(self._target, self._folder, self._in_thread, self)
        self._session.arrived.connect(self.receive)
        self._session.start()
        self._started = True
        for request in self._early:
            self._session.send(request)
        self._early.clear()

    def restart(self) -> None:
        """Stop the service if there is one, and start another."""
        self.stop()
        self.start()

    def stop(self, timeout: float = 1.2) -> None:
        """End the service: ask it to quit, after `timeout` seconds terminate it, then kill it.

        Returns with the process and all threads joined. May be called twice.
        """
        session, self._session = self._session, None
        if session is not None:
            session.stop(timeout)
            session.deleteLater()

    def wake(self) -> None:
        """Have a service that was lost started again."""
        if self._lost:
            self._lost = False
            self.needed.emit()

    # ------------------------------------------------------------ requests

    def ask(
        self,
        make: Callable[[int], Any],
        done: Callable[[Any], None],
        *,
        title: str,
        failed: Callable[[str], None] | None = None,
        quiet: bool = False,
    ) -> int:
        """Send the request `make(job)`; call `done(result)`, or `failed(sentence)` after telling the user.

        `title` names the job while it runs; `quiet` jobs are not shown and fail silently but for `failed`.
        A cancelled job calls `failed("")`. Returns the job's number.
        """
        self.wake()
        job = next(self._numbers)
        self._waiting[job] = _Waiting(title, done, failed, quiet)
        if not quiet:
            self._jobs.begin(job, title)
        self.tell(make(job))
        return job

    def tell(self, request: Request) -> None:
        """Send a request; returns at once. Before the first start it is kept; after an end it is dropped."""
        if self._session is not None:
            self._session.send(request)
        elif not self._started:
            self._early.append(request)

    @Slot(object)
    def set_knobs(self, knobs: Knobs) -> None:
        """Have the run use these knobs from its next step on."""
        self.tell(SetKnobs(knobs))

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return bool(self._waiting)

    @Slot(int)
    def cancel(self, job: int) -> None:
        """Give a job up."""
        if job in self._waiting:
            self.tell(Cancel(job))

    # ------------------------------------------------------------ reports

    @Slot(list)
    def receive(self, batch: list[Any]) -> None:
        """Take in what the service said, oldest first."""
        session = self._session
        for report in batch:
            try:
                self._take_in(report, session)
            except Exception:  # noqa: BLE001 - one answer that cannot be shown must not swallow the ones behind it
                sys.excepthook(*sys.exc_info())

    def _take_in(self, report: Any, session: ServiceSession | None) -> None:
        match report:
            case Advanced():
                self._jobs.advance(report.job, report.progress)
            case Done():
                waiting = self._take(report.job)
                if waiting:
                    waiting.done(report.result)
            case Failed():
                self._fail(self._take(report.job), report.sentence, report.details)
            case Cancelled():
                waiting = self._take(report.job)
                if waiting and waiting.failed:
                    waiting.failed("")
            case Stepped():
                self.stepped.emit(report.reports)
            case Ended():
                # A receiver may have stopped the service meanwhile (its end was asked for), or started another.
                if session is not None and session is self._session:
                    self.stop()
                    self.lose(_obituary(report.code))
            case _:
                self.reported.emit(report)

    def _take(self, job: int) -> _Waiting | None:
        self._jobs.end(job)
        return self._waiting.pop(job, None)

    def _fail(self, waiting: _Waiting | None, sentence: Sentence, details: str) -> None:
        if waiting is None or not waiting.quiet:
            self._notifications.post("error", sentence, details)
        if waiting and waiting.failed:
            waiting.failed(shown_sentence(sentence))

    def lose(self, sentence: str) -> None:
        """The service is no more: its unfinished jobs get no answer."""
        self._lost = True
        for job in list(self._waiting):
            waiting = self._take(job)
            if waiting and waiting.failed:
                waiting.failed(sentence)
        self.lost.emit(sentence)


def _obituary(code: int | None) -> str:
    translate = QCoreApplication.translate
    if code is None:
        return translate(
            "trainer_client", "The trainer could not be started; close other programs and start it again."
        )
    if code < 0:
        sentence = translate(
            "trainer_client",
            "The trainer was ended by signal {code}; the maps and pictures stay as they are, and training can go "
            "on from the last automatic save once the trainer is restarted.",
        )
    else:
        sentence = translate(
            "trainer_client",
            "The trainer ended by itself with code {code}; the maps and pictures stay as they are, and training "
            "can go on from the last automatic save once the trainer is restarted.",
        )
    return sentence.format(code=abs(code))
