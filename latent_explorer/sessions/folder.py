"""The temporary folder of one running program, and the removal of those that killed programs left behind."""

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
    """A folder of this process's own and its owner's alone; `hold` keeps other programs from sweeping it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: FolderLock | None = None

    def hold(self) -> None:
        """Lock the folder until `cleanup`. Done later than making it, so that the first picture does not wait.

        Called again, it locks a folder that was cleaned away and recreated.
        """
        with best_effort():
            if self._lock is not None and self._lock.lost:
                self._lock.release(keep_file=True)
                self._lock = None
            if self._lock is None and self.path.is_dir():
                self._lock = claim(self.path)

    def cleanup(self) -> None:
        """Remove the folder, also if somebody has made it again meanwhile; safe to call twice."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()
        shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.cleanup()


def make_session_folder() -> SessionFolder:
    """Make the folder in the system's temporary folder, or in the program's cache if that cannot be written.

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
    """Remove session folders in `place` (wherever this program makes them) that nobody holds."""
    for folder in _found(place):
        if folder.is_symlink() or not folder.is_dir() or not _left(folder):
            continue
        with best_effort():  # another user's cannot be removed, nor need it be
            lock = claim(folder)
            if lock is not None:
                remove_folder(lock)
                log.info("removed %s, which a former program left behind", folder)


def former_owner_lives(pid: int) -> bool:
    """Whether process `pid` runs and may be a window.

    One of the first version, whose folders held no lock, or one that a script has just opened: it locks its folder
    after the first picture.

    Neither its start nor the folder's time is asked: clocks are set back. True where it is unknown.
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
    """Whether nobody uses `folder`, as far as is known without its lock."""
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
