"""Opens untrusted paths safely: regular files only, without blocking.

Opening a FIFO blocks until another process writes, a device may supply endless bytes, and opening a terminal or a
tape has side effects. The file type is checked on the open descriptor, so that the path cannot be exchanged
between the check and the reading.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, cast

from trainer.sentences import RefusedFileError, Sentence

_KINDS = (
    (stat.S_ISDIR, errno.EISDIR, Sentence("it is a folder")),
    (stat.S_ISFIFO, errno.EINVAL, Sentence("it is a pipe, not a file")),
    (stat.S_ISSOCK, errno.EINVAL, Sentence("it is a socket, not a file")),
    (stat.S_ISCHR, errno.EINVAL, Sentence("it is a device, not a file")),
    (stat.S_ISBLK, errno.EINVAL, Sentence("it is a device, not a file")),
)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open the regular file `path`, or the target of a link, for binary reading; never blocks.

    Raises `OSError`; its `strerror` says in a few words what was found instead of a file.
    """
    path = os.fspath(path)
    # Check before opening as well, because opening some devices has side effects.
    _refuse(_mode(path), path)
    # With O_NONBLOCK a FIFO opens at once; regular files ignore the flag.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
    handle = os.open(path, flags)
    try:
        _refuse(os.fstat(handle).st_mode, path)
        return cast(BinaryIO, os.fdopen(handle, "rb"))
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: str | os.PathLike[str], most: int) -> bytes:
    """The content of the regular file `path`. Raises `OSError`, also if it has more than `most` bytes."""
    with open_regular(path) as file:
        contents = read_at_most(file, most)
    if contents is None:
        raise RefusedFileError(errno.EFBIG, Sentence("it is far too large"), path)
    return contents


def read_at_most(file: BinaryIO, most: int) -> bytes | None:
    """All bytes of the open regular `file`, or None if there are more than `most`."""
    # `read(n)` allocates n bytes whatever the file's size, so limit n to it.
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    contents = file.read(min(size, most) + 1)
    return contents if len(contents) <= most else None


def is_regular(path: Path) -> bool:
    """Whether `path` is a regular file or a link to one; False if it is inaccessible. Opens nothing."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _mode(path: str) -> int:
    return os.stat(path).st_mode


def _refuse(mode: int, path: str) -> None:
    if stat.S_ISREG(mode):
        return
    for is_kind, number, reason in _KINDS:
        if is_kind(mode):
            raise RefusedFileError(number, reason, path)
    raise RefusedFileError(errno.EINVAL, Sentence("it is not a regular file"), path)
