"""A timer for playback: frames of a path, moments of a run."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal


class Ticker(QObject):
    """Ticks until it is stopped.

    Signals:
        tick: it is time for the next frame.
    """

    tick = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    def start(self, per_second: float) -> None:
        """Tick `per_second` times per second from now on."""
        self._timer.start(round(1000 / per_second))

    def stop(self) -> None:
        """Stop ticking."""
        self._timer.stop()
