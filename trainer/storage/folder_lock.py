"""Exclusive write access to a folder through a lock that ends with its process. Torch-free.

An operating system lock on an open file is used because the alternatives fail: process ids are reused and coincide
in containers, clocks are changed, file names can be created by anyone. Such a lock also works between the hosts of
a network folder (NFS, SMB), if the folder supports locks. Otherwise a file with the holder's host, process id and
start time serves as lock; on the same host a dead holder is detected.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.storage.system import UNSUPPORTED, best_effort

if TYPE_CHECKING:
    from filelock import BaseFileLock

log = logging.getLogger(__name__)

#: Name of the lock file, and of the fallback for file systems without locks.
LOCK, SOFT_LOCK = ".latent-explorer.lock", ".latent-explorer.soft-lock"
LOCK_FILES = frozenset({LOCK, SOFT_LOCK})
_NO_LOCKS = UNSUPPORTED | {errno.ENOLCK}


class FolderLock:
    """Exclusive write access to a folder, until `release` or the end of the process."""

    def __init__(self, folder: Path, held: BaseFileLock) -> None:
        self.folder = folder
        self._held: BaseFileLock | None = held

    @property
    def lost(self) -> bool:
        """Whether it is held, but its file was removed by others, so that they do not see it any more.

        Tools that clean up old files ignore locks; the folder may have been replaced.
        """
        return self._held is not None and not Path(self._held.lock_file).exists()

    def release(self, keep_file: bool = False) -> None:
        """Release the lock; may be called twice. The lock file is removed unless `keep_file`."""
        held, self._held = self._held, None
        if held is None:
            return
        file = Path(held.lock_file)
        if not keep_file and os.name != "nt":
            with best_effort():
                file.unlink()  # while locked: a waiting process finds the file gone and creates its own
        with best_effort():
            held.release()
        if not keep_file and os.name == "nt":
            with best_effort():
                file.unlink()  # Windows cannot delete an open file

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def is_marked(folder: Path) -> bool:
    """Whether `folder` contains a lock file, of a living or dead holder; the first version created none."""
    return any((folder / name).exists() for name in LOCK_FILES)


def remove_folder(lock: FolderLock) -> None:
    """Remove the locked folder with its contents, and release `lock`. Raises `OSError`."""
    try:
        for entry in lock.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name not in LOCK_FILES:
                entry.unlink(missing_ok=True)
    finally:
        lock.release()
    lock.folder.rmdir()


def claim(folder: Path, wait: float = 0.0) -> FolderLock | None:
    """Lock `folder`, which must exist; None if it stays locked for more than `wait` seconds.

    The other holder may be in the same process. Raises `OSError` if the folder is not writable.
    """
    # Imported here because it takes tens of milliseconds, which would delay the window's first picture.
    from filelock import FileLock, SoftFileLock, Timeout

    lock = folder / LOCK
    try:
        native = FileLock(lock, timeout=wait, thread_local=False, fallback_to_soft=False, preserve_lock_file=True)
        native.acquire()
        return FolderLock(folder, native)
    except Timeout:
        return None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    with best_effort():
        lock.unlink()  # left by a dead process: it cannot be held on this file system
    try:
        soft = SoftFileLock(folder / SOFT_LOCK, timeout=wait, thread_local=False)
        soft.acquire()
        return FolderLock(folder, soft)
    except Timeout:
        return None
