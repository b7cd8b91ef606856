"""A worker's long request as a job in the status bar: progress, time left, Cancel."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.jobs import JobsState
from latent_explorer.core.workers.worker import Worker
from trainer.progress import Progress

#: Jobs of the trainer service count up from 1; the window's own count down.
_numbers = count(-1, -1)


class LocalJob(QObject):
    """Shows the progress of a `Worker`, and cancels it when the user does.

    Only requests that report progress are shown, so that fast ones do not flicker.
    """

    def __init__(self, title: Callable[[], str], worker: Worker, jobs: JobsState) -> None:
        super().__init__(worker)
        #: Called when a job begins: the language may have changed.
        self.title = title
        self._worker = worker
        self._jobs = jobs
        self._number = 0
        worker.progressed.connect(self._progressed)
        worker.busy_changed.connect(self._busy_changed)
        jobs.cancel_requested.connect(self._cancel)

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        if not self._number:
            self._number = next(_numbers)
            self._jobs.begin(self._number, self.title())
        self._jobs.advance(self._number, progress)

    @Slot()
    def _busy_changed(self) -> None:
        if not self._worker.busy and self._number:
            number, self._number = self._number, 0
            self._jobs.end(number)

    @Slot(int)
    def _cancel(self, number: int) -> None:
        if self._number and number == self._number:
            self._worker.cancel()
