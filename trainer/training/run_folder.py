"""The folder of a run belongs to one writer at a time. Torch-free."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from trainer.storage.folder_lock import SOFT_LOCK, FolderLock, claim
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import why_not_written


def hold(folder: Path) -> FolderLock:
    """Be the one that writes to `folder`, which is made if need be, until the lock is released.

    Raises `CheckpointError` if another writes to it, or nobody can.
    """
    try:
        real = Path(os.path.realpath(folder)) if folder.is_symlink() else folder
        real.mkdir(parents=True, exist_ok=True)
        lock = claim(real)
    except OSError as error:
        raise CheckpointError(f"The checkpoint {folder} could not be written: {why_not_written(error)}.") from error
    if lock is None:
        soft = real / SOFT_LOCK
        # A holder on another host cannot be looked at: whether it lives is for people to know.
        or_else = f", or remove {soft} if none does" if soft.exists() else ""
        raise CheckpointError(
            f"Another program is writing to {folder}; wait until it has ended, or choose another folder{or_else}."
        )
    return lock


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """`hold` for as long as the block takes; folders made for it go again if nothing was kept in them."""
    made = [place for place in (folder, *folder.absolute().parents) if not place.exists()]
    try:
        with hold(folder):
            yield
    finally:
        for place in made:
            with contextlib.suppress(OSError):
                place.rmdir()
