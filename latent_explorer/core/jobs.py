"""Long jobs that the user can watch and cancel: one line each, with progress and time left."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from trainer.progress import Progress


@dataclass(frozen=True, slots=True)
class Job:
    """A running job; `started`: its present part. `seconds_left` is None until it can be estimated."""

    number: int
    title: str
    progress: Progress | None = None
    started: float = 0.0
    seconds_left: float | None = None


class JobsState(QObject):
    """The jobs under way.

    Signals:
        jobs_changed: `jobs` changed.
        cancel_requested(int): the user cancels this job.
    """

    jobs_changed = Signal()
    cancel_requested = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: dict[int, Job] = {}

    def begin(self, number: int, title: str) -> None:
        """Add a job that starts."""
        self.jobs[number] = Job(number, title, started=time.monotonic())
        self.jobs_changed.emit()

    def advance(self, number: int, progress: Progress) -> None:
        """Update the progress of a job."""
        job = self.jobs.get(number)
        if job is None:
            return
        left = None
        started = job.started
        former = job.progress
        if former is not None and (former.total, former.unit) != (progress.total, progress.unit):
            started = time.monotonic()  # another part of the work, with a different speed
        elapsed = time.monotonic() - started
        # Before half a second or two percent an estimate is too noisy.
        if progress.total and progress.done > 0.02 * progress.total and elapsed > 0.5:
            left = elapsed * (progress.total - progress.done) / progress.done
        self.jobs[number] = Job(number, job.title, progress, started, left)
        self.jobs_changed.emit()

    def end(self, number: int) -> None:
        """Remove a job that has ended in any way."""
        if self.jobs.pop(number, None) is not None:
            self.jobs_changed.emit()
