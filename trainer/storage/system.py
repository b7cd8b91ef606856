"""Differences between file systems: optional operations, and operations to retry. Torch-free.

File modes, owners and the syncing of folders are best effort: if they are refused, the file is written anyway.
Errors about the contents themselves are always raised.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from pathlib import Path

from trainer.sentences import RefusedFileError, Sentence

#: Errors of system calls that a file system does not support.
UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
#: Further errors of opening folders for syncing: without read permission, and on network shares.
_FOLDER_UNSUPPORTED = UNSUPPORTED | {errno.EACCES, errno.EPERM, errno.EBADF, errno.EISDIR}
#: Seconds during which a denied rename is retried, and the first pause between attempts.
_PATIENCE, _PAUSE = 2.0, 0.02
#: Bytes per write when the free space is tested by writing.
_BLOCK = 1 << 20

_clock, _sleep = time.monotonic, time.sleep


def best_effort() -> contextlib.AbstractContextManager[None]:
    """A context in which an `OSError` is ignored."""
    return contextlib.suppress(OSError, NotImplementedError, AttributeError)


def followed(path: Path) -> Path:
    """The target of `path` after following links, even dangling ones; it need not exist.

    Raises `OSError` if it is a folder, a device or a pipe, or a circular link: these are never replaced.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        found = target.lstat()
    except FileNotFoundError:
        return target
    if stat.S_ISDIR(found.st_mode):
        raise RefusedFileError(errno.EISDIR, Sentence("it is a folder"), path)
    if stat.S_ISLNK(found.st_mode):
        raise RefusedFileError(errno.ELOOP, Sentence("it is a link that leads round in a circle"), path)
    if not stat.S_ISREG(found.st_mode):
        raise RefusedFileError(errno.EINVAL, Sentence("it is not a regular file"), path)
    return target


def created(path: Path, replaced: Path | None = None, *, private: bool = False) -> int:
    """Create the empty file `path`, which must not exist, and return a descriptor for writing.

    It gets mode and owner of the file `replaced`, if given and permitted; otherwise the umask applies, or with
    `private` it is restricted to its owner. Its permissions are never wider in between.
    """
    former = None
    if replaced is not None:
        with contextlib.suppress(OSError):
            former = replaced.stat()
    mode = 0o600 if private else 0o666 if former is None else stat.S_IMODE(former.st_mode) & 0o777
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags, mode)
    if former is not None and not private:
        with best_effort():
            mine = os.fstat(handle)
            if (mine.st_uid, mine.st_gid) != (former.st_uid, former.st_gid):
                os.chown(path, former.st_uid, former.st_gid)
        with best_effort():
            if stat.S_IMODE(os.fstat(handle).st_mode) != mode:
                os.chmod(path, mode)
    return handle


def sync_file(handle: int) -> None:
    """Flush a file's contents to the disk, if supported. Raises `OSError` for an error of the disk."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, if the system supports syncing folders (not on Windows).

    Raises `OSError` for an error of the disk itself, such as EIO.
    """
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _FOLDER_UNSUPPORTED:
            raise


def find_room(handle: int, size: int) -> None:
    """Raise `OSError` early if an empty file cannot grow to about `size` bytes."""
    reserve = getattr(os, "posix_fallocate", None)
    try:
        if reserve is not None:
            reserve(handle, 0, max(size, 1))
        else:
            block = bytes(min(max(size, 1), _BLOCK))
            for _ in range(0, max(size, 1), len(block)):
                os.write(handle, block)
            sync_file(handle)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
    os.lseek(handle, 0, os.SEEK_SET)
    os.ftruncate(handle, 0)


def renamed(source: Path, target: Path) -> None:
    """Rename `source` over `target`; retry for up to two seconds if it is denied.

    On Windows a virus scanner, an indexer or a reader may hold the file open for some milliseconds.
    """
    until, pause = _clock() + _PATIENCE, _PAUSE
    while True:
        try:
            os.replace(source, target)
        except PermissionError:
            if _clock() + pause > until:
                raise
            _sleep(pause)
            pause *= 2
        else:
            return
