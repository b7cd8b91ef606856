"""A thread a member on the CPU: the members of a run share the batch and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait

from torch import Tensor, get_num_threads

from trainer.machine_limits import parallel_members
from trainer.training.devices import set_threads
from trainer.training.members import Member


class MemberThreads:
    """Steps all members on one batch, each member in one thread at a time.

    With torch's own threads the members would step one after the other, and each product would wait for all of its
    threads: beside other work on the machine those barriers cost more than they save. Each member has a random
    generator of its own, so the weights are bit for bit those of members stepped in turn.

    The calling thread takes members, too. The others start with the first step, each with as many torch threads as
    that one; `close` ends them.
    """

    def __init__(self, count: int) -> None:
        """`count`: members at most."""
        self._most = parallel_members(count) - 1
        self._pool: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()

    def __call__(
        self, members: Sequence[Member], inputs: Tensor, targets: Tensor, knobs: Sequence[Mapping[str, float]]
    ) -> None:
        """One step of each of `members` with its knobs. What a member raises is raised once all have ended."""
        failed: list[BaseException | None] = [None] * len(members)
        waiting = iter(range(len(members)))

        def step_some() -> None:
            while True:
                with self._lock:
                    index = next(waiting, None)
                if index is None:
                    return
                try:
                    members[index].step(inputs, targets, knobs[index])
                except BaseException as error:  # noqa: BLE001 - raised below, in the thread that asked
                    failed[index] = error

        helping = [self._helper().submit(step_some) for _ in range(min(self._most, len(members) - 1))]
        step_some()
        wait(helping)
        for error in failed:
            if error is not None:
                raise error

    def close(self) -> None:
        """End the threads; the next step starts others."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _helper(self) -> ThreadPoolExecutor:
        if self._pool is None:
            # Torch's threads and denormals belong to the host thread.
            self._pool = ThreadPoolExecutor(
                self._most, thread_name_prefix="member", initializer=set_threads, initargs=(get_num_threads(),)
            )
        return self._pool
