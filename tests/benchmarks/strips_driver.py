"""Drags handle B through the real window and notes when each new strip was painted, and how old its end was."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot

from latent_explorer.tools.interpolation.state import InterpolationState
from tests.benchmarks.mouse import send_dragging

HZ = 60


class HandleDrag(QObject):
    """Moves the mouse, button down on B, over the first map."""

    def __init__(self, program) -> None:
        super().__init__()
        self.state = program.tools[InterpolationState]
        self.map = program.window.maps[0]
        panel = next(panel.widget for panel in program.window.tool_panels if panel.name == "interpolation")
        self.strips = [row.strip for row in panel.rows]
        self.painted: list[list[float]] = [[] for _ in self.strips]
        self.moves = 0
        self.finished = False
        self._ages: list[float] = []
        self._set: dict[int, float] = {}
        self._seen = [strip.strip for strip in self.strips]
        self._kept: list[object] = []
        self._shown: list[object] = [None] * len(self.strips)
        self.state.stops_changed.connect(self._note)
        for strip in self.strips:
            strip.installEventFilter(self)
        self.timer = QTimer(self, interval=round(1000 / HZ))
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._move)

    def run(self, seconds: float) -> None:
        """Press on the handle, then move."""
        self._last = round(seconds * HZ)
        self._middle = QPointF(self.map.width() / 2, self.map.height() / 2)
        send_dragging(self.map, QEvent.Type.MouseButtonPress, self._middle, Qt.MouseButton.LeftButton)
        self.timer.start()

    def ages(self, share: float) -> float:
        """Milliseconds from a move of the hand to the painted strip that shows it, this share of them."""
        ordered = sorted(self._ages)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else math.nan

    @Slot()
    def _move(self) -> None:
        self.moves += 1
        turn = self.moves / 240
        place = self._middle + QPointF(
            self.map.width() * 0.3 * math.sin(2 * math.pi * turn),
            self.map.height() * 0.3 * math.sin(6 * math.pi * turn),
        )
        if self.moves > self._last:
            self.timer.stop()
            send_dragging(self.map, QEvent.Type.MouseButtonRelease, place, Qt.MouseButton.LeftButton)
            QTimer.singleShot(300, self._finish)
            return
        send_dragging(self.map, QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton)

    @Slot()
    def _note(self) -> None:
        if len(self.state.stops) < 2:
            return
        stop = self.state.stops[1]
        self._kept.append(stop)  # so that no other stop gets its id
        self._set[id(stop)] = time.perf_counter()

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Paint:
            index = self.strips.index(watched)
            strip = watched.strip
            if strip is not None and strip is not self._seen[index]:
                self._seen[index] = strip
                now = time.perf_counter()
                begun = self._set.get(id(strip.asked[1]))
                # A strip that got its density later is the same update.
                if begun is not None and strip.asked[1] is not self._shown[index]:
                    self._shown[index] = strip.asked[1]
                    self.painted[index].append(now)
                    self._ages.append(now - begun)
        return False

    def _finish(self) -> None:
        for strip in self.strips:
            strip.removeEventFilter(self)
        self.finished = True
