"""The first function of the service's own process. Torch-free at import, so that the window can name it."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path


def main(connection: Connection, session_folder: Path) -> None:
    """Serve until the window quits or is gone. Runs in a spawned process, in its main thread, and ends it."""
    # Ctrl-C in a terminal reaches the whole group; the window decides whether the service ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    _give_way()

    from trainer.service.serve import serve

    try:
        serve(connection, session_folder)
    finally:
        connection.close()
    # Taking torch apart takes a good part of the two seconds in which the window must have closed, to no avail:
    # nothing is left that has to be written.
    logging.shutdown()
    os._exit(0)


def _give_way() -> None:
    """Train with what the window leaves: on two cores a drag would otherwise wait for its turn behind a step."""
    import psutil

    lower = psutil.BELOW_NORMAL_PRIORITY_CLASS if os.name == "nt" else 10
    # Where the system does not allow it, training keeps the window's own priority.
    with contextlib.suppress(psutil.Error, OSError):
        psutil.Process().nice(lower)
