"""How much of the processors this process asks for."""

from __future__ import annotations

import contextlib
import os
import sys

#: Niceness added while training.
LOWER = 10


class Priority:
    """The process's priority: its own, and a lower one to train with.

    On two cores a drag would otherwise wait for its turn behind a step. What is asked for and waited for, such as
    the list of data sets or the images, is not held up: beside other busy programs it would take minutes.

    Where the system allows it lower but not higher again, it stays low from the first step on; where it allows
    neither, it stays as it is.
    """

    def __init__(self) -> None:
        self._low = False
        self._own = _niceness()

    def give_way(self, low: bool) -> None:
        """Take the lower priority, or the own one again. Costs nothing where nothing changes."""
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
            # There it belongs to a thread, and torch has some already; a later one takes that of its maker.
            for thread in process.threads():
                with contextlib.suppress(ProcessLookupError):  # just ended
                    os.setpriority(os.PRIO_PROCESS, thread.id, niceness)
        else:
            process.nice(niceness)
