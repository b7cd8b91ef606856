"""One life of the trainer service: its process (or thread), the connection, and the two threads that serve it."""

from __future__ import annotations

import logging
import multiprocessing
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from latent_explorer.core.workers.mailboxes import Inbox
from trainer.service.messages import LoadData, OpenRun, Quit, Request, SaveRun, StartRun

#: What runs on the far end: reads requests from the connection and writes reports until it is told to quit.
Target = Callable[[Connection, Path], None]

log = logging.getLogger(__name__)
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ended:
    """The last report: the service has ended.

    `code` is the exit code of its process (negative: the signal that killed it), 0 for a thread, or None if it
    could not be started.
    """

    code: int | None


class ServiceSession(Inbox):
    """Starts one service, carries requests to it and ends it; what it reports arrives here, and last `Ended`.

    The owner's thread calls `start`, `send` and `stop`; none but `stop` ever waits. Two threads of this object's
    own do the waiting: the writer starts the service and sends, the reader receives and, at the end, reaps.
    """

    def __init__(self, target: Target, folder: Path, in_thread: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._target = target
        self._folder = folder
        self._in_thread = in_thread
        #: Whether the service was asked for something that ending it at once could lose, and whether it has begun
        #: to answer. Before that it imports torch, for seconds, in which it hears nothing.
        self._has_work = self._answers = False
        self._outbox: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._life: BaseProcess | threading.Thread | None = None
        self._over = threading.Event()
        # The handshake between the two threads: the reader waits until there is something to read from.
        self._connection: Connection | None = None
        self._begun = threading.Event()
        self._writer = threading.Thread(target=self._write, name="trainer-requests")
        self._reader = threading.Thread(target=self._read, name="trainer-reports")

    def start(self) -> None:
        """Begin to start the service, in the writer's thread: spawning takes long enough to drop a frame."""
        self._writer.start()
        self._reader.start()

    def send(self, request: Request) -> None:
        """Queue a request. Order is kept."""
        self._has_work = self._has_work or _is_work(request)
        self._outbox.put(request)

    @property
    def pid(self) -> int | None:
        """Process id, or None for a thread or before the start."""
        return self._life.pid if isinstance(self._life, BaseProcess) else None

    def stop(self, timeout: float) -> None:
        """End the service: ask, then terminate, then kill. Returns with everything joined. May be called twice.
        From now on nothing arrives.

        Asking gets `timeout` seconds; none if the service has no run and writes nothing, or cannot hear yet. (A
        service in a thread can only be asked.)
        """
        self.close()
        self._outbox.put(Quit())
        self._outbox.put(None)
        deadline = time.monotonic() + (timeout if self._has_work and self._answers else 0.0)
        self._begun.wait()
        self._over.wait(None if self._in_thread else max(0.0, deadline - time.monotonic()))
        if isinstance(self._life, BaseProcess) and not self._over.is_set():
            # Busy where it cannot listen, such as importing torch; or its pipe is full because it hangs.
            self._life.terminate()
            if not self._over.wait(0.25):
                self._life.kill()
        self._reader.join()
        self._writer.join()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _write(self) -> None:
        """The loop of the writer's thread."""
        try:
            connection = self._begin()
        except OSError:
            log.exception("the trainer could not be started")
            return  # the reader finds nothing to read from, and reports it
        finally:
            self._begun.set()
        while (request := self._outbox.get()) is not None:
            try:
                connection.send(request)
            except OSError:
                return  # the service is gone, which the reader notices and reports

    def _begin(self) -> Connection:
        ours, theirs = multiprocessing.Pipe()
        try:
            if self._in_thread:
                self._life = threading.Thread(target=self._serve_here, args=(theirs,), name="trainer-service")
                self._life.start()
            else:
                # Never fork: Qt, OpenMP and CUDA do not survive it.
                context = multiprocessing.get_context("spawn")
                process = context.Process(target=self._target, args=(theirs, self._folder), name="trainer-service")
                with _starting, _no_main_module():
                    process.start()
                self._life = process
                theirs.close()  # or the end of the process would not be an end of file here
        except OSError:
            self._life = None
            ours.close()
            theirs.close()
            raise
        self._connection = ours
        return ours

    def _serve_here(self, connection: Connection) -> None:
        try:
            self._target(connection, self._folder)
        finally:
            connection.close()

    def _read(self) -> None:
        """The loop of the reader's thread."""
        self._begun.wait()
        code: int | None = None
        if self._connection is not None and self._life is not None:
            try:
                while True:
                    report = self._connection.recv()
                    self._answers = True
                    self.put(report)
            except (EOFError, OSError):
                pass
            self._life.join()
            code = self._life.exitcode if isinstance(self._life, BaseProcess) else 0
        self._over.set()
        self.put(Ended(code))
        self._outbox.put(None)


def _is_work(request: Request) -> bool:
    """Whether a service that was asked for this may have something to lose: a run, or a file half written."""
    return isinstance(request, StartRun | OpenRun | SaveRun) or (
        isinstance(request, LoadData) and request.download
    )


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Start a process that does not import this program's main module.

    `multiprocessing` repeats the import of `__main__` in the child, in case the target lives there. The target
    never does, and `__main__` may be the window, whose hundred megabytes of Qt the service has no use for.
    """
    main = sys.modules["__main__"]
    kept: dict[str, Any] = {name: vars(main).pop(name) for name in ("__file__", "__spec__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(kept)
