"""The entry point of the service's process. Torch-free at import, so that the window can import it."""

from __future__ import annotations

import logging
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from trainer.service.priority import Priority


def main(connection: Connection, session_folder: Path) -> None:
    """Serve until the window quits or disappears. Runs in a spawned process, in its main thread, and ends it."""
    # Ctrl-C in a terminal reaches the whole group; the window decides whether the service ends with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    from trainer.service.serve import serve

    try:
        serve(connection, session_folder, give_way=Priority().give_way)
    finally:
        connection.close()
    # Unloading torch would take a large part of the two seconds within which the window must close, and nothing is
    # left to be written.
    logging.shutdown()
    os._exit(0)
