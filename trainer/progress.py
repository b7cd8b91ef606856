"""Progress reports and cancellation of long jobs through two callables. Torch-free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.sentences import Sentence


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
