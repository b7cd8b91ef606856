"""Communication between threads: of requests only the newest is kept, reports arrive in batches.

One queued signal per report freezes a window that trains for many seconds; an inbox wakes it once per batch.
QtCore only.
"""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class ClosedError(Exception):
    """The slot was closed: no more requests will arrive."""


class LatestSlot(Generic[T]):
    """A place for one request; a newer one replaces it.

    The requesting thread (usually the GUI thread) calls `put`, `clear` and `close`, which never block; the
    working thread calls `take`, which blocks.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._request: T | None = None
        self._closed = False

    def put(self, request: T) -> None:
        """Set `request`, replacing one that was not taken yet. After `close` it is dropped."""
        with self._changed:
            if not self._closed:
                self._request = request
                self._changed.notify()

    def clear(self) -> None:
        """Drop a request that was not taken yet. The slot can still be used."""
        with self._changed:
            self._request = None

    def take(self) -> T:
        """Wait for the newest request and remove it. Raises `ClosedError` once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._request is not None)
            if self._closed:
                raise ClosedError
            request, self._request = self._request, None
            assert request is not None
            return request

    def close(self) -> None:
        """End requests: wakes `take`, which raises from now on. May be called twice."""
        with self._changed:
            self._closed = True
            self._request = None
            self._changed.notify_all()


class Inbox(QObject):
    """Reports on their way to the thread this object lives in: all arrive, in order, in batches.

    Any thread calls `put`. The owner (usually the GUI thread) receives `arrived` and calls
    `close`. The
    owner's event loop is woken once per batch, however many reports arrive before.

    Signals:
        arrived(list): the reports since the last time, oldest first; never empty.
    """

    arrived = Signal(list)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None, limit: int = 2_000) -> None:
        """`limit`: maximum number of reports in a batch, so that other events are handled between batches."""
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
        """Stop delivery, also of waiting reports. For the owner's thread. May be called twice."""
        with self._lock:
            self._closed = True
            self._waiting.clear()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            self._signalled = False
            batch, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
            self.wake_ups += 1
            # Before the batch is handled, so that the rest arrives even if a receiver raises.
            self._wake()
        if batch:
            self.arrived.emit(batch)

    def _wake(self) -> None:
        # Under the lock: once closed, the owner may be destroyed, and a signal of a dead object cannot be emitted.
        if self._waiting and not self._signalled:
            self._signalled = True
            self._woken.emit()
