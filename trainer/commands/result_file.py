"""The output file of a command, opened before the work begins."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trainer.commands.console import FailureError
from trainer.export.partial_file import partial_file
from trainer.storage.reasons import why_not_written
from trainer.storage.system import find_room


@contextlib.contextmanager
def result_file(path: Path, size: int) -> Iterator[BinaryIO]:
    """A file that becomes `path` when the block ends, and is removed on an exception.

    Raises `FailureError` before the block begins if `path` is not writable, is being written by another program,
    or the disk has no room for about `size` bytes.
    """
    try:
        with partial_file(path) as file:
            find_room(file.fileno(), size)
            yield file
    except OSError as error:
        if error.filename != str(path):
            raise
        raise FailureError(f"{path} could not be written: {why_not_written(error)}.") from error
