"""Drives a drag through the real window and notes, for each mouse event, when its pixels were there."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Slot

from tests.benchmarks.mouse import send_dragging

HZ = 60


class Drag(QObject):
    """Moves the mouse over the first map on a Lissajous path and notes when the pixels were there."""

    def __init__(self, program) -> None:
        super().__init__()
        window = program.window
        self.map, self.other = window.maps
        self.views = {
            "map": self.map,
            "picture": window.panes[0].column.decoded,
            "other picture": window.panes[1].column.decoded,
        }
        self.latencies: list[float] = []
        self.finished = False
        self._waiting: list[tuple[float, set]] = []
        program.panes[1].cursor_changed.connect(self._note_other)
        program.panes[1].picture_changed.connect(self._note_other_picture)
        for view in (*self.views.values(), self.other):
            view.installEventFilter(self)
        self.timer = QTimer(self, interval=round(1000 / HZ))
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._move)

    def run(self, seconds: float) -> None:
        send_dragging(self.map, QEvent.Type.MouseButtonPress, self._place(0.0), Qt.MouseButton.LeftButton)
        self._count = 0
        self._last = round(seconds * HZ)
        self.timer.start()

    def _place(self, turn: float) -> QPointF:
        width, height = self.map.width(), self.map.height()
        return QPointF(
            width * (0.5 + 0.3 * math.sin(2 * math.pi * turn)),
            height * (0.5 + 0.3 * math.sin(6 * math.pi * turn + 0.4)),
        )

    @Slot()
    def _move(self) -> None:
        self._count += 1
        if self._count > self._last:
            self.timer.stop()
            send_dragging(
                self.map, QEvent.Type.MouseButtonRelease, self._place(self._count / 240), Qt.MouseButton.LeftButton
            )
            QTimer.singleShot(300, self._finish)
            return
        # The other pane's picture only if it changes: an image stays while it is the nearest.
        self._waiting.append((time.perf_counter(), {"map", "picture"}))
        send_dragging(self.map, QEvent.Type.MouseMove, self._place(self._count / 240), Qt.MouseButton.NoButton)

    @Slot()
    def _note_other(self) -> None:
        for _, missing in self._waiting:
            missing.add("other map")

    @Slot()
    def _note_other_picture(self) -> None:
        for _, missing in self._waiting:
            missing.add("other picture")

    def _finish(self) -> None:
        for view in (*self.views.values(), self.other):
            view.removeEventFilter(self)
        self.finished = True

    def eventFilter(self, watched, event) -> bool:
        if event.type() == QEvent.Type.Paint and self._waiting:
            name = "other map" if watched is self.other else self._name(watched)
            done = False
            for _, missing in self._waiting:
                missing.discard(name)
                done = done or not missing
            if done:
                QTimer.singleShot(0, self._collect)
        return False

    def _name(self, watched) -> str:
        return next(name for name, view in self.views.items() if view is watched)

    @Slot()
    def _collect(self) -> None:
        now = time.perf_counter()
        self.latencies += [1000 * (now - start) for start, missing in self._waiting if not missing]
        self._waiting = [entry for entry in self._waiting if entry[1]]
