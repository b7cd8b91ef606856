"""What the process brings along: where its data are, the signals that end it, and the end of its objects."""

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
    """The option first, then the environment, then what was chosen in the window, then the platform's."""
    if options.data:
        return Path(options.data).expanduser()
    chosen = settings.text("data/folder", "")
    if chosen and not os.environ.get("LATENT_EXPLORER_DATA"):
        return Path(chosen)
    return default_data_folder()


def unusable(options: argparse.Namespace, folder: Path, open_path: Path | None) -> str:
    """What the command line names that is not there, in a sentence; "" if it is all there."""
    if options.data and not folder.is_dir():
        return one_line(f"{folder} is not a folder; name an existing one with --data.")
    if open_path is not None and not open_path.exists():
        return one_line(f"{open_path} does not exist; name a checkpoint or session.")
    return ""


def let_signals_through(application: QApplication) -> None:
    """Ctrl+C, `kill` and the end of the login session end the program in order, without a question.

    A run that was not saved is kept, and offered at the next start. The timer: Python sees signals only when it
    gets to run.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)  # each system has some of them
        if number is not None:
            # Not `quit`: that asks the window first, which asks about the run.
            signal.signal(number, lambda *_: application.exit(0))
    timer = QTimer(application)
    timer.timeout.connect(lambda: None)
    timer.start(500)


def destroy_now(thing: QObject) -> None:
    """Destroy an object and all that belongs to it, outside any event loop.

    Slots hold on to what they were made with, where Python's collector cannot look: what is merely dropped stays.
    """
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
