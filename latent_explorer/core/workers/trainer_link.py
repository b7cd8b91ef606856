"""The window's end of the trainer service: requests go out, reports come in, and the end is always orderly."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from latent_explorer.core.workers.mailboxes import Inbox
from latent_explorer.core.workers.service_session import ServiceSession, Target
from trainer.service.messages import Report, Request
from trainer.service.process import main
from trainer.service.serve import serve


class TrainerLink(QObject):
    """A trainer service in a process (or, for tests, a thread) of its own.

    All methods belong to the thread this object lives in; only `stop` and `restart` wait, under two seconds.
    Whoever calls `start` calls `stop` before the program ends: its threads are not daemons.

    Signals (in the thread this object lives in; none after `stop`):
        arrived(list): reports (`trainer.service.messages.Report`), oldest first, never empty.
        died(str): the service ended without being told to; one sentence. All it had said has arrived before, its
            unfinished jobs get no answer, and `restart` may be called.
    """

    arrived = Signal(list)
    died = Signal(str)

    def __init__(
        self,
        folder: Path,
        *,
        in_thread: bool = False,
        target: Target | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`folder`: this session's temporary folder, for arrays too large to send. `target`: another service."""
        super().__init__(parent)
        self._folder = Path(folder)
        self._in_thread = in_thread
        self._target = target or (serve if in_thread else main)
        self._session: ServiceSession | None = None
        self._inbox: Inbox | None = None
        self._jobs = itertools.count(1)
        #: What was asked for before the first start: a person may be faster than the first paint.
        self._early: list[Request] = []
        self._started = False

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
        # An inbox for each service: what the last one said late can never be taken for words of the new one.
        inbox = Inbox(self)
        inbox.arrived.connect(self._hand_out)
        self._inbox = inbox
        self._session = ServiceSession(
            self._target,
            self._folder,
            self._in_thread,
            deliver=inbox.put,
            ended=lambda code: inbox.put(_Ended(inbox, code)),
        )
        self._session.start()
        self._started = True
        for request in self._early:
            self._session.send(request)
        self._early.clear()

    def next_job(self) -> int:
        """A job number not used before."""
        return next(self._jobs)

    def send(self, request: Request) -> None:
        """Send a request; returns at once. Before the first start it is kept; after an end it is dropped."""
        if self._session is not None:
            self._session.send(request)
        elif not self._started:
            self._early.append(request)

    def restart(self) -> None:
        """Stop the service if there is one, and start another."""
        self.stop()
        self.start()

    def stop(self, timeout: float = 1.2) -> None:
        """End the service: ask it to quit, after `timeout` seconds terminate it, then kill it.

        Returns with the process and all threads joined. May be called twice.
        """
        session, inbox = self._session, self._inbox
        self._session = self._inbox = None
        if inbox is not None:
            inbox.close()
            inbox.deleteLater()
        if session is not None:
            session.stop(timeout)

    @Slot(list)
    def _hand_out(self, batch: list[Report | _Ended]) -> None:
        ended = next((report for report in batch if isinstance(report, _Ended)), None)
        reports = [report for report in batch if not isinstance(report, _Ended)]
        if reports:
            self.arrived.emit(reports)
        # A receiver may have stopped the service meanwhile (then its end was asked for), and even started another.
        if ended is not None and ended.inbox is self._inbox:
            self.stop()
            self.died.emit(_obituary(ended.code))


class _Ended:
    """Last in the inbox: the service is no more."""

    def __init__(self, inbox: Inbox, code: int | None) -> None:
        self.inbox = inbox
        self.code = code


def _obituary(code: int | None) -> str:
    translate = QCoreApplication.translate
    if code is None:
        return translate(
            "trainer_link", "The trainer could not be started; close other programs and start it again."
        )
    if code < 0:
        sentence = translate(
            "trainer_link",
            "The trainer was ended by signal {code}; the maps and pictures stay as they are, and training can go "
            "on from the last automatic save once the trainer is restarted.",
        )
    else:
        sentence = translate(
            "trainer_link",
            "The trainer ended by itself with code {code}; the maps and pictures stay as they are, and training "
            "can go on from the last automatic save once the trainer is restarted.",
        )
    return sentence.format(code=abs(code))
