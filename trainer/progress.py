"""Progress reports and cancellation of long jobs through two callables. Torch-free."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar, cast

from trainer.sentences import Sentence

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a long job: `done` of `total` (None if unknown) in `unit`, and what it is doing."""

    done: int
    total: int | None
    unit: Sentence
    what: Sentence | None = None


class CancelledError(Exception):
    """The job was cancelled and left no partial results."""


ReportProgress = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


def ignore_progress(progress: Progress) -> None:
    """A `ReportProgress` that does nothing."""


def never_cancelled() -> bool:
    """An `IsCancelled` that is always False."""
    return False


@dataclass(frozen=True, slots=True)
class Monitor:
    """Progress reports and cancellation of a long computation."""

    report: ReportProgress = ignore_progress
    is_cancelled: IsCancelled = never_cancelled

    def check(self) -> None:
        """Raise `CancelledError` if it is cancelled; to be called about every 50 ms."""
        if self.is_cancelled():
            raise CancelledError

    def at(self, done: int, total: int | None, unit: Sentence, what: Sentence | None = None) -> None:
        """`check`, and report this progress."""
        self.check()
        self.report(Progress(done, total, unit, what))


#: No progress reports, no cancellation.
UNWATCHED = Monitor()


def completed(steps: Generator[Progress | None, None, _T], monitor: Monitor = UNWATCHED) -> _T:
    """Run a computation written as a generator to its end and return its result. Raises `CancelledError`."""
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return cast(_T, end.value)
        monitor.check()
        if progress is not None:
            monitor.report(progress)
