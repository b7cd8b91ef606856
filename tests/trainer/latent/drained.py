"""Running a generator of steps to its end, or for a while."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterable
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


def assert_in_short_pieces(make: Callable[[], Iterable[object]], most: float, enough: float = math.inf) -> None:
    """No step of `make()` takes more than `most` seconds, within the first `enough` of all of them.

    Processor time, as others may have the processor meanwhile, and of the best of three tries, as they may empty
    its caches, too.
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
