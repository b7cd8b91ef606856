"""Who writes in a folder: whoever holds its lock, which dies with its holder. Torch-free.

Process numbers come round again and are the same in two containers, clocks are set back, and names can be chosen by
anybody; a lock that the system keeps for an open file is none of that. It also holds between the hosts of a network
folder (NFS, SMB), as far as the folder has locks at all. Where it has none, a file that names its holder's host,
process and start serves: on the same host it is seen that the holder is gone.
"""

from __future__ import annotations

import errno
import logging
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

    def release(self) -> None:
        """Let others write in the folder; may be called twice. The lock's file goes."""
        held, self._held = self._held, None
        if held is None:
            return
        with nicety():
            # While it is held: whoever waits for this very file finds it gone and makes its own. On Windows it
            # cannot be removed while it is open, and the library removes it afterwards.
            Path(held.lock_file).unlink()
        with nicety():
            held.release()

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def claim(folder: Path, wait: float = 0.0) -> FolderLock | None:
    """The lock of `folder`, which must exist; None if another holds it for more than `wait` seconds.

    Also another holder in this very process. Raises `OSError` if the folder cannot be written to.
    """
    # Here, because it takes some tens of milliseconds that the window's first picture need not wait for.
    from filelock import FileLock, SoftFileLock, Timeout

    lock = folder / LOCK
    try:
        native = FileLock(lock, timeout=wait, thread_local=False, fallback_to_soft=False)
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
