"""Runs small jobs on many files in a thread pool and yields results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from trainer.machine_limits import available_cores

THREADS = max(2, min(8, available_cores()))  # Pillow releases the GIL while decoding
_BATCH = 256  # jobs per batch; `between` is called after each batch
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def in_threads(
    work: Callable[[_Job], _Result], jobs: Sequence[_Job], check: Callable[[], None], between: Callable[[], None]
) -> Iterator[tuple[_Job, _Result]]:
    """Yield (job, result) in the order of `jobs`; call `check` after every result, `between` after every batch.

    Closing the generator, or an exception in `check`, cancels the remaining jobs.
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
                    future.cancel()  # jobs not yet started: a large picture may take a second
