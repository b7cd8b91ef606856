"""A file being written piece by piece: wholly there in the end, or not at all. Torch-free."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trainer.storage.staging import STAGED
from trainer.training.atomic_files import written_whole


@contextlib.contextmanager
def partial_file(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name when the block ends, and vanishes if it ends otherwise.

    Also when a generator that holds it is closed. Raises `OSError` naming `path` if it cannot be written; a former
    file of that name is then untouched.
    """
    with _named(path), written_whole(path) as (_, file):
        yield file


@contextlib.contextmanager
def temporary_name(path: Path) -> Iterator[Path]:
    """The name of an empty file beside `path`, for a program that writes files itself; see `partial_file`."""
    with _named(path), written_whole(path) as (name, _):
        yield name


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """People know the name they chose, not that of the file beside it. Errors of other files are not touched."""
    try:
        yield
    except OSError as error:
        if error.filename is None or STAGED in str(error.filename):
            error.filename = str(path)
            error.filename2 = None
        raise
