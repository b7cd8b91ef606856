"""Services with particular manners, for the far end of a `TrainerClient`. Runs in child processes: no Qt here."""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from trainer.service.messages import Quit, RunState


def echo(connection: Connection, folder: Path) -> None:
    """Answers every request with its text, until asked to quit."""
    connection.send(RunState("ready", os.getpid()))
    while not isinstance(request := connection.recv(), Quit):
        connection.send(RunState("none", getattr(request, "job", 0), repr(request)))


def modules(connection: Connection, folder: Path) -> None:
    """Says which modules the service's process has imported before torch comes."""
    import trainer.service.process
    import trainer.service.serve  # noqa: F401

    names = " ".join(sorted(sys.modules))
    connection.send(RunState("none", 0, names))
    while not isinstance(connection.recv(), Quit):
        pass


def flood(connection: Connection, folder: Path) -> None:
    """Sends 20,000 numbered reports at once."""
    for number in range(20_000):
        connection.send(RunState("training", number))
    while not isinstance(connection.recv(), Quit):
        pass


def last_words(connection: Connection, folder: Path) -> None:
    """Says three things and falls over at the first request."""
    for number in range(3):
        connection.send(RunState("training", number))
    connection.recv()
    os._exit(7)


def deaf(connection: Connection, folder: Path) -> None:
    """Reads nothing and cannot be terminated, like a process stuck in the system."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    connection.send(RunState("ready", os.getpid()))
    threading.Event().wait()


def slow(connection: Connection, folder: Path) -> None:
    """Reads nothing until its time is over, but ends when terminated."""
    connection.send(RunState("ready", os.getpid()))
    threading.Event().wait()


def importing(connection: Connection, folder: Path) -> None:
    """Has begun, and hears and says nothing yet, like a service that imports torch."""
    (folder / "begun").touch()
    threading.Event().wait()


def conscientious(connection: Connection, folder: Path) -> None:
    """Saves something when asked to quit, slowly."""
    connection.send(RunState("ready", os.getpid()))
    while not isinstance(connection.recv(), Quit):
        pass
    (folder / "kept").touch()
