"""Locks the folder of a run for one writer at a time. Torch-free."""

from __future__ import annotations

import os
from pathlib import Path

from trainer.storage.folder_lock import SOFT_LOCK, FolderLock, claim
from trainer.storage.made_folders import missing_folders, unmake
from trainer.storage.staging import staging
from trainer.storage.system import find_room
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import not_written


class HeldFolder:
    """A run's folder that this program writes to, until `release`."""

    def __init__(self, folder: Path, lock: FolderLock, made: list[Path]) -> None:
        self.folder = folder
        self._lock = lock
        self._made = made

    @property
    def lost(self) -> bool:
        """Whether others can write there, because the folder was removed with its lock."""
        return self._lock.lost

    def release(self) -> None:
        """Release the lock; folders created for it are removed if they are empty."""
        self._lock.release()
        unmake(self._made)

    def __enter__(self) -> HeldFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def hold(folder: Path) -> HeldFolder:
    """Become the only writer of `folder`, which is created if missing.

    Raises `CheckpointError` if another program writes to it, or if it is not writable.
    """
    made = missing_folders(folder)
    try:
        real = Path(os.path.realpath(folder)) if folder.is_symlink() else folder
        real.mkdir(parents=True, exist_ok=True)
        lock = claim(real)
    except OSError as error:
        unmake(made)
        raise not_written(folder, error) from error
    if lock is None:
        soft = real / SOFT_LOCK
        # A holder on another host cannot be checked: only the user can know whether it is alive.
        if soft.exists():
            raise CheckpointError(
                "Another program is writing to {path}; wait until it has ended, or choose another folder, or "
                "remove {lock} if none does.",
                path=folder,
                lock=soft,
            )
        raise CheckpointError(
            "Another program is writing to {path}; wait until it has ended, or choose another folder.", path=folder
        )
    return HeldFolder(folder, lock, made)


def check_room(folder: Path, size: int) -> None:
    """Raise `CheckpointError` early if there is no room for `size` more bytes in `folder`."""
    try:
        with staging(folder, "room") as stage, stage.writing("room") as (_, file):
            find_room(file.fileno(), size)
    except OSError as error:
        raise not_written(folder, error) from error
