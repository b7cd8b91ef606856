"""A service with a quick backend, in a thread, and the window's end of its connection."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.trainer.service.fakes import FakeBackend, FakeTrainer, run_config
from trainer.config import DataConfig, RunConfig
from trainer.knobs import Knobs
from trainer.service.messages import Done, LoadData, Quit, RunReady, StartRun
from trainer.service.serve import serve

#: Seconds; so long only where something is wrong.
PATIENCE = 240.0


class Window:
    """The window's end.

    `heard` is everything that was waited for; `ways` whether the service gave way to the window, before each turn,
    of which `turned` says that there was one.

    A separate thread reads the connection to its end, as the program's does: a service whose reports no one
    reads would block as soon as the pipe is full.
    """

    def __init__(self, folder: Path, backend: FakeBackend) -> None:
        self.backend = backend
        self.folder = folder
        self.heard: list[Any] = []
        self.ways: list[bool] = []
        self.turned = threading.Event()
        self.connection, far = multiprocessing.Pipe()

        def turn(training: bool) -> None:
            self.ways.append(training)
            self.turned.set()

        def run() -> None:
            try:
                serve(far, folder, backend, turn)
            finally:
                far.close()

        self._gone = threading.Event()
        self._arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.thread = threading.Thread(target=run, name="service")
        self._reader = threading.Thread(target=self._read, name="service reader")
        self.thread.start()
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(EOFError, OSError):  # the service has ended
            while not self._gone.is_set():
                if self.connection.poll(0.05):
                    self._arrived.put(self.connection.recv())

    def send(self, *requests: Any) -> None:
        for request in requests:
            self.connection.send(request)

    def until(self, wanted: Callable[[Any], bool] | type) -> Any:
        """Read until a report of the type, or that the function accepts, arrives; return it."""
        deadline = time.monotonic() + PATIENCE
        with contextlib.suppress(queue.Empty):
            while True:
                report = self._arrived.get(timeout=max(0.0, deadline - time.monotonic()))
                self.heard.append(report)
                if isinstance(report, wanted) if isinstance(wanted, type) else wanted(report):
                    return report
        raise AssertionError(f"not heard within {PATIENCE} s; the last was {self.heard[-1:]}")

    def all_heard(self, kind: type) -> list[Any]:
        return [report for report in self.heard if isinstance(report, kind)]

    def load(self, job: int = 1, **config: Any) -> Any:
        self.send(LoadData(job=job, config=DataConfig(**config), folder=Path("data")))
        return self.until(lambda report: getattr(report, "job", None) == job and hasattr(report, "result")).result

    def start(self, config: RunConfig | None = None, job: int = 2) -> FakeTrainer:
        """Load data and start a run; returns the engine."""
        self.load()
        self.send(StartRun(job=job, config=config or run_config(), knobs=Knobs()))
        assert isinstance(self.until(Done).result, RunReady)
        return self.backend.trainer

    def quit(self) -> None:
        """Tell the service to quit, and wait until it has."""
        self.send(Quit())
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()

    def hang_up(self) -> None:
        """End like a window that was killed: nothing is reported, and no one reads what still comes."""
        self._gone.set()
        self._reader.join(PATIENCE)
        self.connection.close()

    def close(self) -> None:
        """End the service, which the reader hears out, then this end."""
        if self.thread.is_alive():
            with contextlib.suppress(OSError):  # a test hung up, which ends the service as well
                self.connection.send(Quit())
        self.thread.join(PATIENCE)
        self.hang_up()
        assert not self.thread.is_alive()
        assert not self._reader.is_alive()


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    made = Window(tmp_path / "session", FakeBackend())
    yield made
    made.close()
