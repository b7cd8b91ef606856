"""Creates missing parent folders of a file, and removes them again on failure. Torch-free."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path


def missing_folders(folder: Path) -> list[Path]:
    """`folder` and its parents that do not exist yet, innermost first."""
    return [place for place in (folder, *folder.absolute().parents) if not place.exists()]


def unmake(folders: list[Path]) -> None:
    """Remove the empty ones, innermost first."""
    for place in folders:
        with contextlib.suppress(OSError):
            place.rmdir()


@contextlib.contextmanager
def unmade_on_failure(folder: Path) -> Iterator[None]:
    """Context: if the block fails, `folder` and parents created in it are removed if they are empty."""
    made = missing_folders(folder)
    try:
        yield
    except BaseException:
        unmake(made)
        raise
