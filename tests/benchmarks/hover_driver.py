"""Moves the pointer over the first map and notes, for each event, when both maps had been painted."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

HZ = 60


class Hover(QObject):
    """Moves on a Lissajous path through the points, without a button.

    Attributes:
        latencies: ms of each event that changed what is lit up.
        costs: the same in processor time of this thread: the cost on an otherwise idle machine.
        both: events that lit up a point in both maps.
    """

    def __init__(self, program) -> None:
        super().__init__()
        self._explorer = program.explorer
        self.maps = tuple(program.window.maps)
        self.latencies: list[float] = []
        self.costs: list[float] = []
        self.both = 0
        self.finished = False
        self._sent: float | None = None
        self._cost = 0.0
        self._missing: set[int] = set()
        program.explorer.hovered_changed.connect(self._changed)
        for shown in self.maps:
            shown.installEventFilter(self)
        self.timer = QTimer(self, interval=round(1000 / HZ))
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._move)

    def run(self, seconds: float) -> None:
        self._count, self._last = 0, round(seconds * HZ)
        self._lit: set[int] = set()
        self.timer.start()

    @Slot()
    def _move(self) -> None:
        self._count += 1
        shown = self.maps[0]
        if self._count > self._last:
            self.timer.stop()
            QTimer.singleShot(300, self._finish)
            return
        turn = self._count / 240
        place = QPointF(
            shown.width() * (0.5 + 0.25 * math.sin(2 * math.pi * turn)),
            shown.height() * (0.5 + 0.25 * math.sin(6 * math.pi * turn + 0.4)),
        )
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, shown.mapToGlobal(place), none, none, Qt.KeyboardModifier.NoModifier
        )
        if self._sent is None:
            self._sent, self._cost = time.perf_counter(), time.thread_time()
        QApplication.postEvent(shown, event)
        QTimer.singleShot(0, self._look)

    @Slot()
    def _changed(self) -> None:
        """Wait for the maps on which a point goes out or lights up."""
        now = {which for which, shown in enumerate(self.maps) if self._is_lit(which)}
        self._missing |= now | self._lit
        self.both += len(now) == len(self.maps)
        self._lit = now

    def _is_lit(self, which: int) -> bool:
        row, codes = self._explorer.hovered, self.maps[which]._codes
        if row is None or codes is None:
            return False
        place = codes.place_of(row)
        return place is not None and self.maps[which]._hover.hovered is not None

    @Slot()
    def _look(self) -> None:
        """The event has been handled; one that changed nothing has nothing to wait for."""
        if not self._missing:
            self._sent = None

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Paint and self._missing:
            self._missing.discard(self.maps.index(watched))
            if not self._missing:
                QTimer.singleShot(0, self._collect)
        return False

    @Slot()
    def _collect(self) -> None:
        if self._sent is not None and not self._missing:
            self.latencies.append(1000 * (time.perf_counter() - self._sent))
            self.costs.append(1000 * (time.thread_time() - self._cost))
            self._sent = None

    def _finish(self) -> None:
        for shown in self.maps:
            shown.removeEventFilter(self)
        self.finished = True
