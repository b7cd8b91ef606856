"""How threads communicate: of requests only the newest counts, reports arrive in batches.

One queued signal per report freezes a window that trains for many seconds; an inbox wakes it once per batch.
QtCore only.
"""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class ClosedError(Exception):
    """The slot was closed: there will be no more requests."""


class LatestSlot(Generic[T]):
    """A place for one request; a newer one replaces it.

    The asking thread (as a rule the GUI thread) calls `put`, `clear` and `close`, none of which ever waits; the
    working thread calls `take`, which does.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._request: T | None = None
        self._closed = False

    def put(self, request: T) -> None:
        """Ask for `request`, forgetting one that was not taken yet. After `close` it is forgotten itself."""
        with self._changed:
            if not self._closed:
                self._request = request
                self._changed.notify()

    def clear(self) -> None:
        """Forget a request that was not taken yet. The slot stays usable."""
        with self._changed:
            self._request = None

    def take(self) -> T:
        """Wait for the newest request and empty the place. Raises `ClosedError` once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._request is not None)
            if self._closed:
                raise ClosedError
            request, self._request = self._request, None
            assert request is not None
            return request

    def close(self) -> None:
        """No more requests: wakes `take`, which raises from now on. May be called twice."""
        with self._changed:
            self._closed = True
            self._request = None
            self._changed.notify_all()


class Inbox(QObject):
    """Reports on their way to the thread this object lives in: all arrive, in order, in batches.

    Any thread calls `put`. The owner (as a rule the GUI thread) receives `arrived` and calls `close`. However many
    reports come before the owner's event loop gets round to it, it is woken once.

    Signals:
        arrived(list): the reports since the last time, oldest first; never empty.
    """

    arrived = Signal(list)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None, limit: int = 2_000) -> None:
        """`limit`: most reports in one batch, so that a flood is handled between other events."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: list[object] = []
        self._limit = limit
        self._signalled = False
        self._closed = False
        #: Wake-ups so far.
        self.wake_ups = 0
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def put(self, *reports: object) -> None:
        """Add reports, oldest first. After `close` they are dropped."""
        with self._lock:
            if self._closed:
                return
            self._waiting.extend(reports)
            self._wake()

    def close(self) -> None:
        """Nothing arrives from now on, not even what waited. For the owner's thread. May be called twice."""
        with self._lock:
            self._closed = True
            self._waiting.clear()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            self._signalled = False
            batch, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
            self.wake_ups += 1
            # Before the batch is handled, so that the rest comes even if a receiver raises.
            self._wake()
        if batch:
            self.arrived.emit(batch)

    def _wake(self) -> None:
        # Under the lock: once closed, the owner may be destroyed, and a signal of a dead object cannot be emitted.
        if self._waiting and not self._signalled:
            self._signalled = True
            self._woken.emit()
