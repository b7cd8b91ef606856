"""The rotating log file, and the reporting of uncaught exceptions to the user."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.notifications import Notifications
from trainer.storage.private import private_folder, private_opener

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


class _PrivateLog(logging.handlers.RotatingFileHandler):
    """A log whose files only their owner can read, because they show what the user worked on."""

    def _open(self) -> Any:
        return open(self.baseFilename, "a", encoding="utf-8", errors="backslashreplace", opener=private_opener)


def start(folder: Path) -> Path | None:
    """Log to `folder`, three files of 1 MB. Returns the file, or None if logs go to standard error instead."""
    handler: logging.Handler
    file = folder / "latent-explorer.log"
    path: Path | None = file
    try:
        private_folder(folder)
        handler = _PrivateLog(file, maxBytes=1_000_000, backupCount=2)
    except OSError:
        path, handler = None, logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger = logging.getLogger("latent_explorer")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return path


def stop() -> None:
    """Close the log file; uncaught exceptions go to standard error again."""
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    logger = logging.getLogger("latent_explorer")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def report_uncaught(notifications: Notifications) -> None:
    """Report uncaught exceptions of slots, threads and workers to the user and the log; the window stays open."""

    def tell(kind: type[BaseException], value: BaseException, trace: TracebackType | None, where: str) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        details = "".join(traceback.format_exception(kind, value, trace))
        translate = QCoreApplication.translate
        if where:
            sentence = translate("logs", "Something went wrong in {where} ({kind}); your work is untouched.")
        else:
            sentence = translate("logs", "Something went wrong ({kind}); your work is untouched.")
        sentence = sentence.format(where=where, kind=kind.__name__)
        notifications.post("error", sentence, details)

    sys.excepthook = lambda kind, value, trace: tell(kind, value, trace, "")

    def in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            name = arguments.thread.name if arguments.thread else "?"
            tell(arguments.exc_type, arguments.exc_value, arguments.exc_traceback, name)

    threading.excepthook = in_thread
