"""The service's end of the connection: requests in order, but "quit" and "cancel" are seen while others wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection

from trainer.service.messages import Cancel, Quit, Report, Request


class PeerGoneError(Exception):
    """The window's end of the connection is closed."""


class Mail:
    """Receives requests and sends reports. Used only by the service's thread.

    Attributes:
        quitting: a `Quit` has arrived, possibly before other requests, which are not answered any more.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._requests: deque[Request] = deque()
        self._given_up: set[int] = set()
        #: The stack of running jobs: a job may run others before it ends.
        self._running: list[int] = []
        self.quitting = False

    def send(self, report: Report) -> None:
        """Send one report. Raises `PeerGoneError`."""
        try:
            self._connection.send(report)
        except OSError as error:
            raise PeerGoneError from error

    def poll(self) -> None:
        """Receive everything that has arrived, without waiting. Raises `PeerGoneError`."""
        try:
            while self._connection.poll():
                self._sort(self._connection.recv())
        except (EOFError, OSError) as error:
            raise PeerGoneError from error

    def take(self, wait: bool) -> Request | None:
        """The next request in order; None if there is none (or, with `wait`, if the service must quit)."""
        self.poll()
        try:
            while wait and not self._requests and not self.quitting:
                self._sort(self._connection.recv())
        except (EOFError, OSError) as error:
            raise PeerGoneError from error
        if self.quitting or not self._requests:
            return None
        return self._requests.popleft()

    def take_ahead(self, wanted: Callable[[Request], bool]) -> Request | None:
        """The next request in order if `wanted` accepts it, while a job runs; never one queued behind
        another job.
        """
        self.poll()
        if self.quitting or not self._requests or not wanted(self._requests[0]):
            return None
        return self._requests.popleft()

    def begin(self, job: int) -> None:
        """Start `job`: a `Cancel` for it, received now or while it waited, cancels it."""
        self._running.append(job)

    def end(self) -> None:
        """End the job started last; a late `Cancel` for it is discarded."""
        if self._running:
            self._given_up.discard(self._running.pop())

    def cancelled(self) -> bool:
        """Whether the job started last was cancelled; receives new messages first."""
        self.poll()
        return self.quitting or (bool(self._running) and self._running[-1] in self._given_up)

    def any_waiting(self, wanted: Callable[[Request], bool]) -> bool:
        """Whether a request that `wanted` accepts is waiting, or the service must quit."""
        self.poll()
        return self.quitting or any(wanted(request) for request in self._requests)

    def leftovers(self) -> tuple[Request, ...]:
        """Requests that were not answered because of a `Quit`, oldest first."""
        return tuple(self._requests)

    def _sort(self, request: Request) -> None:
        if isinstance(request, Quit):
            self.quitting = True
        elif isinstance(request, Cancel):
            waiting = any(getattr(other, "job", None) == request.job for other in self._requests)
            if waiting or request.job in self._running:
                self._given_up.add(request.job)
        else:
            self._requests.append(request)
