"""Atomic writing of files: each ends complete or does not exist. Torch-free."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from trainer.storage.staging import staging
from trainer.storage.system import followed, renamed, sync_folder

__all__ = ["sync_folder", "write_atomically", "written_whole"]


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` beside `path`, flush it to the disk and rename it over `path`; see `written_whole`."""
    with written_whole(path, private=private) as (_, file):
        file.write(data)


@contextlib.contextmanager
def written_whole(path: Path, *, private: bool = False) -> Iterator[tuple[Path, BinaryIO]]:
    """(name, file) of a new file that replaces `path` when the block ends, and is removed on an exception.

    A link is followed, so that its target is replaced. The mode of a replaced file is kept, and its
    owner if permitted; a new file follows the umask, or is readable only by its owner if `private`.

    Raises `OSError` if that fails; `path` is then unchanged and nothing is left beside it.
    """
    target = followed(Path(path))
    with staging(target.parent, target.name, private=private) as stage:
        with stage.writing(target.name, target) as (name, file):
            yield name, file
        renamed(name, target)
