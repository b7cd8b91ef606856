"""The service's end of the connection: requests in order, but "quit" and "cancel" are seen while others wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection

from trainer.service.messages import Cancel, Quit, Report, Request


class PeerGoneError(Exception):
    """The window's end of the connection is closed: there is nobody left to work for."""


class Mail:
    """Requests in, reports out. Used by the service's one thread only.

    Attributes:
        quitting: a `Quit` has arrived, perhaps ahead of requests that nobody will answer now.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._requests: deque[Request] = deque()
        self._given_up: set[int] = set()
        #: The jobs being worked on: one, and those that another lets go before its end.
        self._running: list[int] = []
        self.quitting = False

    def send(self, report: Report) -> None:
        """Send one report. Raises `PeerGoneError`."""
        try:
            self._connection.send(report)
        except OSError as error:
            raise PeerGoneError from error

    def poll(self) -> None:
        """Take in everything that has arrived, without waiting. Raises `PeerGoneError`."""
        try:
            while self._connection.poll():
                self._sort(self._connection.recv())
        except (EOFError, OSError) as error:
            raise PeerGoneError from error

    def take(self, wait: bool) -> Request | None:
        """The next request in order; None if there is none (or, after waiting, if the service is to quit)."""
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
        """The next request in order if `wanted` accepts it, while a job runs; never one behind another job."""
        self.poll()
        if self.quitting or not self._requests or not wanted(self._requests[0]):
            return None
        return self._requests.popleft()

    def begin(self, job: int) -> None:
        """`job` is being worked on: a `Cancel` for it counts from now on, or counted already while it waited."""
        self._running.append(job)

    def end(self) -> None:
        """The job begun last is over; a `Cancel` that comes too late is forgotten."""
        if self._running:
            self._given_up.discard(self._running.pop())

    def cancelled(self) -> bool:
        """Whether the job begun last is to be given up, looking at what has just arrived."""
        self.poll()
        return self.quitting or (bool(self._running) and self._running[-1] in self._given_up)

    def any_waiting(self, wanted: Callable[[Request], bool]) -> bool:
        """Whether a request that `wanted` accepts waits for its turn, or the service is to quit."""
        self.poll()
        return self.quitting or any(wanted(request) for request in self._requests)

    def leftovers(self) -> tuple[Request, ...]:
        """Requests that a `Quit` has overtaken, oldest first."""
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
