"""A file being written piece by piece: wholly there in the end, or not at all. Torch-free."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trainer.training.atomic_files import PARTIAL


@contextlib.contextmanager
def partial_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name when the block ends, and vanishes if it ends otherwise.

    Also when a generator that holds it is closed. Raises `OSError` naming `path` if it cannot be written; a former
    file of that name is then untouched.
    """
    with temporary_name(path) as name, open(name, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def temporary_name(path: Path) -> Iterator[Path]:
    """The name of an empty file beside `path`, for a program that writes files itself; see `partial_file`."""
    try:
        handle, name = tempfile.mkstemp(prefix=PARTIAL, suffix=path.suffix, dir=path.parent)
        os.close(handle)
        try:
            yield Path(name)
            os.chmod(name, 0o644)  # mkstemp's files are for their owner alone
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        # People know the name they chose, not that of the file beside it.
        error.filename = str(path)
        error.filename2 = None
        raise
