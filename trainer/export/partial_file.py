"""Writes a file piece by piece and atomically: it ends complete or not at all. Torch-free."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trainer.storage.atomic_files import written_whole
from trainer.storage.staging import STAGED


@contextlib.contextmanager
def partial_file(path: Path) -> Iterator[BinaryIO]:
    """A temporary file beside `path` that replaces it when the block ends, and is removed on an exception.

    An exception includes the closing of a generator that contains the block. Raises `OSError` naming `path` if it
    cannot be written; an existing file is then unchanged.
    """
    with _named(path), written_whole(path) as (_, file):
        yield file


@contextlib.contextmanager
def temporary_name(path: Path) -> Iterator[Path]:
    """The path of a temporary file beside `path`, for libraries that open files by name; see `partial_file`."""
    with _named(path), written_whole(path) as (name, _):
        yield name


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Replace the temporary file's name in errors by `path`, the name that the user chose."""
    try:
        yield
    except OSError as error:
        if error.filename is None or STAGED in str(error.filename):
            error.filename = str(path)
            error.filename2 = None
        raise
