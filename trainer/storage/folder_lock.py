"""Who writes in a folder: whoever holds its lock, which dies with its holder. Torch-free.

Process numbers come round again and are the same in two containers, clocks are set back, and anybody can choose a
name; a lock that the system keeps for an open file is none of that. It also holds between the hosts of a network
folder (NFS, SMB), as far as the folder has locks at all. Where it has none, a file that names its holder's host,
process and start serves: on the same host it is seen that the holder is gone.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.storage.system import UNSUPPORTED, nicety

if TYPE_CHECKING:
    from filelock import BaseFileLock

log = logging.getLogger(__name__)

#: The lock's file in the folder, and the one that serves where the file system knows no locks.
LOCK, SOFT_LOCK = ".latent-explorer.lock", ".latent-explorer.soft-lock"
LOCK_FILES = frozenset({LOCK, SOFT_LOCK})
_NO_LOCKS = UNSUPPORTED | {errno.ENOLCK}


class FolderLock:
    """A folder that is this program's to write in, until `release` or the end of the process."""

    def __init__(self, folder: Path, held: BaseFileLock) -> None:
        self.folder = folder
        self._held: BaseFileLock | None = held

    def release(self, keep_file: bool = False) -> None:
        """Let others write in the folder; may be called twice. The lock's file goes, unless it is to be kept."""
        held, self._held = self._held, None
        if held is None:
            return
        file = Path(held.lock_file)
        if not keep_file and os.name != "nt":
            with nicety():
                file.unlink()  # while it is held: whoever waits for this very file finds it gone and makes its own
        with nicety():
            held.release()
        if not keep_file and os.name == "nt":
            with nicety():
                file.unlink()  # which nobody else can, and not this one before, while it is open

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def is_marked(folder: Path) -> bool:
    """Whether a holder's file is in `folder`, alive or not; the first version of the program made none."""
    return any((folder / name).exists() for name in LOCK_FILES)


def remove_folder(lock: FolderLock) -> None:
    """Remove the folder that `lock` holds with all that is in it, and let go of it. Raises `OSError`."""
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
    """The lock of `folder`, which must exist; None if another holds it for more than `wait` seconds.

    Also another holder in this very process. Raises `OSError` if the folder cannot be written to.
    """
    # Here, because it takes some tens of milliseconds that the window's first picture need not wait for.
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
    with nicety():
        lock.unlink()  # nobody can hold it here
    try:
        soft = SoftFileLock(folder / SOFT_LOCK, timeout=wait, thread_local=False)
        soft.acquire()
        return FolderLock(folder, soft)
    except Timeout:
        return None
