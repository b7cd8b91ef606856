"""The temporary folder of one running program, and removal of those left by killed programs."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from pathlib import Path

import platformdirs
import psutil

from trainer.storage.folder_lock import FolderLock, claim, is_marked, remove_folder
from trainer.storage.system import best_effort

log = logging.getLogger(__name__)

_PREFIX = "latent-explorer-"
_NAMED = re.compile(re.escape(_PREFIX) + r"(\d+)-\w+")


class SessionFolder:
    """A folder of this process, readable only by its owner; `hold` protects it from removal by other programs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: FolderLock | None = None

    def hold(self) -> None:
        """Lock the folder until `cleanup`. Done after the first picture, which it would delay.

        Called again, it locks a folder that was cleaned away and recreated.
        """
        with best_effort():
            if self._lock is not None and self._lock.lost:
                self._lock.release(keep_file=True)
                self._lock = None
            if self._lock is None and self.path.is_dir():
                self._lock = claim(self.path)

    def cleanup(self) -> None:
        """Remove the folder, even if it was recreated meanwhile; safe to call twice."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
        shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.cleanup()


def make_session_folder() -> SessionFolder:
    """Create the folder in the system's temporary folder, or in the program's cache if that is not writable.

    Raises `OSError` if neither can be written to.
    """
    trouble: OSError | None = None
    for place in (tempfile.gettempdir, _cache):
        try:
            return SessionFolder(Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place())))
        except OSError as error:
            trouble = trouble or error
            log.warning("no temporary folder: %s", error)
    assert trouble is not None
    raise trouble


def sweep_session_folders(place: Path | None = None) -> None:
    """Remove session folders in `place` (default: all places used) that no process holds."""
    for folder in _found(place):
        if folder.is_symlink() or not folder.is_dir() or not _left(folder):
            continue
        with best_effort():  # another user's cannot and need not be removed
            lock = claim(folder)
            if lock is not None:
                remove_folder(lock)
                log.info("removed %s, which a former program left behind", folder)


def former_owner_lives(pid: int) -> bool:
    """Whether process `pid` runs and may be a window.

    It may be of the first version, whose folders had no lock, or just started: the folder is locked
    after the first picture.

    Start time and folder time are not compared, as clocks may be changed. True if unknown.
    """
    if pid == os.getpid():
        return False
    try:
        command = " ".join(psutil.Process(pid).cmdline()).lower()
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError):
        return True
    return any(word in command for word in ("latent_explorer", "latent-explorer", "python"))


def _left(folder: Path) -> bool:
    """Whether `folder` is unused, as far as can be determined without its lock."""
    named = _NAMED.fullmatch(folder.name)
    return named is not None and (is_marked(folder) or not former_owner_lives(int(named[1])))


def _found(place: Path | None) -> list[Path]:
    found: list[Path] = []
    for folder in (lambda: place,) if place is not None else (tempfile.gettempdir, _cache):
        with best_effort():
            found += Path(folder()).glob(f"{_PREFIX}*")
    return found


def _cache() -> str:
    return platformdirs.user_cache_dir("latent-explorer", appauthor=False, ensure_exists=True)
