"""Runs blocks of torch work in a few threads that never wait for each other within a matrix product."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from types import TracebackType
from typing import ClassVar, Self, TypeVar

import torch

_Block = TypeVar("_Block")


@contextmanager
def products_in_one_thread() -> Iterator[None]:
    """Context: torch computes each product in one thread, and `BlockThreads` uses as many threads as torch had."""
    former, torchs = BlockThreads.most, torch.get_num_threads()
    BlockThreads.most = former or torchs
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(torchs)
        BlockThreads.most = former


class BlockThreads:
    """As many threads as torch has, each with single-threaded products; without gradients.

    A product that torch distributes over its threads waits for all of them: with other work on the machine these
    barriers cost ten times what they save. Here one thread computes a block from beginning to end: the others
    do not wait, and the numbers do not depend on the number of threads.

    Attributes:
        most: number of threads while torch is limited to one; None otherwise.
    """

    most: ClassVar[int | None] = None

    def __init__(self, device: torch.device) -> None:
        """`device`: on a GPU only the calling thread submits work."""
        self._torchs = torch.get_num_threads()
        self._most = (self.most or self._torchs) if device.type == "cpu" else 1
        self._pool: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        if self._most > 1:
            torch.set_num_threads(1)
            self._pool = ThreadPoolExecutor(self._most - 1, thread_name_prefix="blocks", initializer=_prepare)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown()
            torch.set_num_threads(self._torchs)

    def run(self, work: Callable[[_Block], None], blocks: Sequence[_Block], check: Callable[[], None]) -> None:
        """Call `work` on each of `blocks`, with `check` before each block of the calling thread.

        Raises what `work` and `check` raise, after all threads have finished.
        """
        waiting = iter(blocks)
        stop = threading.Event()

        def work_some(check: Callable[[], None]) -> None:
            try:
                while not stop.is_set():
                    check()
                    with self._lock:
                        block = next(waiting, None)
                    if block is None:
                        return
                    work(block)
            except BaseException:
                stop.set()
                raise

        helpers = 0 if self._pool is None else min(self._most, len(blocks)) - 1
        helping = [self._pool.submit(work_some, _nothing) for _ in range(helpers)] if self._pool else []
        try:
            work_some(check)
        finally:
            wait(helping)
        for helper in helping:
            helper.result()


def _prepare() -> None:
    # These settings are per thread.
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.set_grad_enabled(False)


def _nothing() -> None:
    """The check of the other threads: only the calling thread reports progress and checks for cancellation."""
