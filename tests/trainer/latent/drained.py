"""Helpers that run a generator of steps to its end, or for some time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

from trainer.progress import Progress

_T = TypeVar("_T")


def drained(steps: Generator[Progress | None, None, _T]) -> _T:
    """Run `steps` to the end and return its result."""
    return with_progress(steps)[0]


def with_progress(steps: Generator[Progress | None, None, _T]) -> tuple[_T, list[Progress]]:
    """Run `steps` to the end and return its result and progress reports."""
    seen = []
    while True:
        try:
            progress = next(steps)
        except StopIteration as end:
            return end.value, seen
        if progress is not None:
            seen.append(progress)


def assert_in_short_pieces(make: Callable[[], Iterable[object]], most: float, enough: float = math.inf) -> None:
    """Assert that no step of `make()` takes more than `most` seconds; checks the first `enough` seconds.

    Measured in processor time, and as the best of three runs, because other processes may take the processor and
    evict its caches.
    """
    for _ in range(3):
        longest, begun = 0.0, time.thread_time()
        first = begun
        for _ in make():
            longest = max(longest, time.thread_time() - begun)
            begun = time.thread_time()
            if begun - first > enough:
                break
        if longest < most:
            return
    raise AssertionError(f"a step took {longest:.3f} s of {most}")
