"""Where the window's own time goes: stretches between two turns of its event loop that cost its thread too much.

Time on the clock says little on a shared machine: what counts is the processor time of the window's thread. A
second thread looks at what that thread is doing meanwhile, a few hundred times a second; the place it is found at
most often is the cause.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot

#: Seconds between two looks.
_EVERY = 0.004
_OURS = str(Path(__file__).parents[2])


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a turn of the event loop.

    Attributes:
        at: seconds since the beginning.
        own_ms: processor time of the window's thread in it.
        wall_ms: time on the clock.
        doing: what the driver was doing, see `Gaps.doing`.
        cause: "file:line function" where the thread was found most often, the outermost of the project's own
            frames before the innermost one.
    """

    at: float
    own_ms: float
    wall_ms: float
    doing: str
    cause: str


class Gaps(QObject):
    """Notes gaps of the thread it is made in, from `start` to `stop`."""

    def __init__(self, least_ms: float = 50.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doing = ""
        self.gaps: list[Gap] = []
        self.longest_ms = 0.0
        #: The longest collection of unreachable objects in the window's thread, and all of them together.
        self.longest_gc_ms = self.gc_ms = 0.0
        self._gc_began = 0.0
        self._least = least_ms
        self._thread = threading.get_ident()
        self._seen: list[str] = []
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, name="gap-looker", daemon=True)
        self._timer = QTimer(self, interval=2)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Begin to look."""
        self._began = self._wall = time.perf_counter()
        self._own = time.thread_time()
        self._timer.start()
        self._looker.start()
        gc.callbacks.append(self._collecting)

    def stop(self) -> None:
        """Look no more."""
        gc.callbacks.remove(self._collecting)
        self._timer.stop()
        self._over.set()
        self._looker.join()

    @Slot()
    def _turn(self) -> None:
        wall, own = time.perf_counter(), time.thread_time()
        own_ms = 1e3 * (own - self._own)
        self.longest_ms = max(self.longest_ms, own_ms)
        if own_ms >= self._least:
            places = Counter(self._seen).most_common(1)
            cause = places[0][0] if places else "not seen"
            self.gaps.append(Gap(wall - self._began, own_ms, 1e3 * (wall - self._wall), self.doing, cause))
        self._seen.clear()
        self._wall, self._own = wall, own

    def _collecting(self, phase: str, info: dict[str, int]) -> None:
        if threading.get_ident() != self._thread:
            return
        if phase == "start":
            self._gc_began = time.thread_time()
            return
        took = 1e3 * (time.thread_time() - self._gc_began)
        self.gc_ms += took
        self.longest_gc_ms = max(self.longest_gc_ms, took)

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            frame = sys._current_frames().get(self._thread)
            if frame is not None:
                self._seen.append(_place(frame))


def _place(frame: FrameType | None) -> str:
    """The project's own frames of a stack, the two innermost, without those of the benchmarks."""
    found: list[str] = []
    while frame is not None and len(found) < 3:
        file = frame.f_code.co_filename
        if file.startswith(_OURS) and "benchmarks" not in file:
            found.append(f"{Path(file).name}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found) or "Qt"
