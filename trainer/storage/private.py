"""Folders and files that only their owner can read, whatever the umask. Torch-free."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from trainer.storage.system import nicety


def private_folder(folder: Path) -> None:
    """Make `folder` if need be, and its parents; it is its owner's alone, also if an earlier version made it.

    Raises `OSError` if it cannot be made. (On Windows the folders of a profile are their owner's already.)
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    _close(folder, 0o700)


def private_opener(path: str, flags: int) -> int:
    """For `open(..., opener=private_opener)`: the file is its owner's alone, also one that was there."""
    handle = os.open(path, flags, 0o600)
    _close(Path(path), 0o600)
    return handle


def _close(path: Path, mode: int) -> None:
    with nicety():
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(mode)
