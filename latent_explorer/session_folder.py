"""The temporary folder of one running program, and the removal of those that killed programs left behind."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from pathlib import Path

import psutil

log = logging.getLogger(__name__)

_PREFIX = "latent-explorer-"
_OWNED = re.compile(re.escape(_PREFIX) + r"(\d+)-\w+")


def make_session_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder of this process's own; its name tells whose it is."""
    return tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)


def sweep_session_folders(place: Path | None = None) -> None:
    """Remove session folders in `place` (the system's temporary folder) whose processes are gone."""
    try:
        found = list(Path(place or tempfile.gettempdir()).glob(f"{_PREFIX}*"))
    except OSError:
        return
    for folder in found:
        named = _OWNED.fullmatch(folder.name)
        if named and not folder.is_symlink() and not owner_lives(int(named[1]), folder):
            shutil.rmtree(folder, ignore_errors=True)  # another user's cannot be removed, nor need it be
            log.info("removed %s, which a former program left behind", folder)


def owner_lives(pid: int, folder: Path) -> bool:
    """Whether process `pid` runs and can be the one that wrote `folder`; True where that cannot be told."""
    if not psutil.pid_exists(pid):
        return False
    try:
        # A number that came round again belongs to something that started after the folder was last written to.
        # A second of grace: clocks of file systems and of the process table are not the same.
        return psutil.Process(pid).create_time() <= folder.stat().st_mtime + 1.0
    except psutil.NoSuchProcess:
        return False
    except (psutil.Error, OSError):
        return True
