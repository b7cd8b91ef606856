"""Running a generator of steps to its end."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from trainer.progress import Progress

_T = TypeVar("_T")


def drained(steps: Generator[Progress | None, None, _T]) -> _T:
    """What it returns."""
    return told(steps)[0]


def told(steps: Generator[Progress | None, None, _T]) -> tuple[_T, list[Progress]]:
    """What it returns, and the progress it told."""
    seen = []
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return end.value, seen
        if progress is not None:
            seen.append(progress)
