"""Asking the trainer service for something, and being called back once with what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.jobs import JobsState
from latent_explorer.core.notifications import Notifications
from latent_explorer.core.workers.trainer_link import TrainerLink
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.sentences import Sentence
from trainer.service.messages import Advanced, Cancel, Cancelled, Done, Failed


@dataclass(frozen=True, slots=True)
class _Waiting:
    title: str
    done: Callable[[Any], None]
    failed: Callable[[str], None] | None
    quiet: bool


class ServiceClient(QObject):
    """Jobs and reports of the service, in the GUI thread.

    Signals:
        reported(object): a report that belongs to no job, in the order it was sent.
        lost(str): the service ended unexpectedly; every waiting job has failed.
        needed: something is asked of a service that was lost; whoever can starts it again.
    """

    reported = Signal(object)
    lost = Signal(str)
    needed = Signal()

    def __init__(
        self, link: TrainerLink, jobs: JobsState, notifications: Notifications, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._jobs = jobs
        self._notifications = notifications
        self._waiting: dict[int, _Waiting] = {}
        self._lost = False
        link.arrived.connect(self._arrived)
        link.died.connect(self._died)
        jobs.cancel_requested.connect(self.cancel)

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
        job = self._link.next_job()
        self._waiting[job] = _Waiting(title, done, failed, quiet)
        if not quiet:
            self._jobs.begin(job, title)
        self._link.send(make(job))
        return job

    def wake(self) -> None:
        """Have a service that was lost started again."""
        if self._lost:
            self._lost = False
            self.needed.emit()

    def tell(self, request: Any) -> None:
        """Send a request that has no answer of its own."""
        self._link.send(request)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return bool(self._waiting)

    @Slot(int)
    def cancel(self, job: int) -> None:
        """Give a job up."""
        if job in self._waiting:
            self._link.send(Cancel(job))

    @Slot(list)
    def _arrived(self, reports: list) -> None:
        for report in reports:
            try:
                self._take_in(report)
            except Exception:  # noqa: BLE001 - one answer that cannot be shown must not swallow the ones behind it
                sys.excepthook(*sys.exc_info())

    def _take_in(self, report: Any) -> None:
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

    @Slot(str)
    def _died(self, sentence: str) -> None:
        self._lost = True
        for job in list(self._waiting):
            waiting = self._take(job)
            if waiting and waiting.failed:
                waiting.failed(sentence)
        self.lost.emit(sentence)
