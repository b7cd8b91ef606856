"""Small jobs on many files, several at a time, their results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from trainer.machine_limits import available_cores

THREADS = max(2, min(8, available_cores()))  # Pillow decodes without holding the interpreter
_BATCH = 256  # jobs between two looks at whether the folder is still there
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def in_threads(
    work: Callable[[_Job], _Result], jobs: Sequence[_Job], check: Callable[[], None], between: Callable[[], None]
) -> Iterator[tuple[_Job, _Result]]:
    """(job, result) in the order of `jobs`. `check` is called after every result, and `between` at times.

    Whoever asks no further, or whose `check` raises, leaves nothing running.
    """
    with ThreadPoolExecutor(THREADS, thread_name_prefix="images") as pool:
        for start in range(0, len(jobs), _BATCH):
            between()
            batch = jobs[start : start + _BATCH]
            futures = [pool.submit(work, job) for job in batch]
            try:
                for job, future in zip(batch, futures, strict=True):
                    yield job, future.result()
                    check()
            finally:
                for future in futures:
                    future.cancel()  # those not begun: a large picture may take a second each
