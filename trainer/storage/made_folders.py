"""Folders that are made on the way to a file go again if nothing comes of it. Torch-free."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path


def missing_folders(folder: Path) -> list[Path]:
    """`folder` and those above it that are not there yet, the innermost first."""
    return [place for place in (folder, *folder.absolute().parents) if not place.exists()]


def unmake(folders: list[Path]) -> None:
    """Remove those that are empty, the innermost first."""
    for place in folders:
        with contextlib.suppress(OSError):
            place.rmdir()


@contextlib.contextmanager
def unmade_on_failure(folder: Path) -> Iterator[None]:
    """What is made of `folder` and those above it in this block goes again if it fails and leaves them empty."""
    made = missing_folders(folder)
    try:
        yield
    except BaseException:
        unmake(made)
        raise
