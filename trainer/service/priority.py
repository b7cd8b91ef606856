"""The scheduling priority of this process."""

from __future__ import annotations

import contextlib
import os
import sys

#: Niceness added while training.
LOWER = 10


class Priority:
    """The process's priority: normal, or lower for training.

    On two cores a drag would otherwise wait for a step. Requests that the user waits for, such as the list of data
    sets or the images, run at normal priority: with other busy programs they would take minutes.

    If the system allows lowering but not raising it again, it stays low from the first step on; if it allows
    neither, it stays unchanged.
    """

    def __init__(self) -> None:
        self._low = False
        self._own = _niceness()

    def give_way(self, low: bool) -> None:
        """Set the lower priority, or the normal one. Costs nothing if nothing changes."""
        if low != self._low:
            self._low = low
            _set(low, self._own + LOWER if low else self._own)


def _niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0) if sys.platform != "win32" else 0


def _set(low: bool, niceness: int) -> None:
    import psutil

    process = psutil.Process()
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if low else psutil.NORMAL_PRIORITY_CLASS)
        elif sys.platform == "linux":
            # On Linux priority is per thread, and torch has started some already; later threads inherit it.
            for thread in process.threads():
                with contextlib.suppress(ProcessLookupError):  # just ended
                    os.setpriority(os.PRIO_PROCESS, thread.id, niceness)
        else:
            process.nice(niceness)
