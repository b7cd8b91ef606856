"""Process-level setup: data folder, checks of the command line, termination signals, object destruction."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from latent_explorer.core.settings import Settings
from trainer.data.images import default_data_folder
from trainer.sentences import one_line


def data_folder(options: argparse.Namespace, settings: Settings) -> Path:
    """The data folder: from the option, else the environment, else the window's setting, else the platform."""
    if options.data:
        return Path(options.data).expanduser()
    chosen = settings.text("data/folder", "")
    if chosen and not os.environ.get("LATENT_EXPLORER_DATA"):
        return Path(chosen)
    return default_data_folder()


def missing_path(options: argparse.Namespace, folder: Path, open_path: Path | None) -> str:
    """A sentence about a path on the command line that does not exist; "" if all exist."""
    if options.data and not folder.is_dir():
        return one_line(f"{folder} is not a folder; name an existing one with --data.")
    if open_path is not None and not open_path.exists():
        return one_line(f"{open_path} does not exist; name a checkpoint or session.")
    return ""


def handle_termination_signals(application: QApplication) -> None:
    """End the program cleanly on Ctrl+C, `kill` and logout, without a question.

    An unsaved run is kept and offered at the next start. A timer is needed because Python handles signals only
    while Python code runs.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)  # not every system has all of them
        if number is not None:
            # `quit` would ask the window first, which would ask about the run.
            signal.signal(number, lambda *_: application.exit(0))
    timer = QTimer(application)
    timer.timeout.connect(lambda: None)
    timer.start(500)


def destroy_object(thing: QObject) -> None:
    """Destroy an object and its children without an event loop.

    Qt's connections keep references that Python's garbage collector cannot see, so dropping the object is not
    enough.
    """
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
