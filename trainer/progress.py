"""Progress and cancellation of long work, as two plain callables that any caller can supply. Torch-free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: `done` of `total` `unit` (total None when unknown), and what it is doing."""

    done: int
    total: int | None
    unit: Sentence
    what: Sentence | None = None


class CancelledError(Exception):
    """The caller asked to stop; nothing was left half done."""


ReportProgress = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


def ignore_progress(progress: Progress) -> None:
    """For callers who do not watch."""


def never_cancelled() -> bool:
    """For callers who do not cancel."""
    return False
