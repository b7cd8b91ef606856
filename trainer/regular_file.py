"""Opening files that somebody else may have made: regular files only, so that no reader waits for ever.

A FIFO hangs whoever opens it until somebody writes, a device may give bytes without end, and opening a terminal or
a tape does things of its own. What a path names is asked of the open file, so that nothing can take its place
between the question and the reading.
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
    """Open the regular file `path` (or what a link of that name leads to) for reading its bytes; never waits.

    Raises `OSError`, whose `strerror` says in a few words what there is instead of a file.
    """
    path = os.fspath(path)
    # Asked before as well: opening some devices has effects. Whatever takes their place meanwhile is met below.
    _refuse(_mode(path), path)
    # Without waiting a FIFO opens at once; for a regular file the flag means nothing.
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
    """The bytes of the regular file `path`, at most `most` of them. Raises `OSError`, also if there are more."""
    with open_regular(path) as file:
        contents = read_at_most(file, most)
    if contents is None:
        raise RefusedFileError(errno.EFBIG, Sentence("it is far too large"), path)
    return contents


def read_at_most(file: BinaryIO, most: int) -> bytes | None:
    """All bytes of the open regular `file` from its start, or None if there are more than `most`."""
    # Python takes the memory for as many bytes as it is asked to read, whatever the file holds.
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    contents = file.read(min(size, most) + 1)
    return contents if len(contents) <= most else None


def is_regular(path: Path) -> bool:
    """Whether `path` is, or leads to, a regular file; False where it cannot be seen. Opens nothing."""
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
