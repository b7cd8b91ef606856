"""Folders and files that only their owner can read, independent of the umask. Torch-free."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from trainer.storage.system import best_effort


def private_folder(folder: Path) -> None:
    """Create `folder` and its parents if missing, and restrict it to its owner, even if it exists.

    Raises `OSError` if it cannot be created. (On Windows the folders of a user profile are private already.)
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    _close(folder, 0o700)


def private_opener(path: str, flags: int) -> int:
    """An opener for `open`: the file is restricted to its owner, even if it exists."""
    handle = os.open(path, flags, 0o600)
    _close(Path(path), 0o600)
    return handle


def _close(path: Path, mode: int) -> None:
    with best_effort():
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(mode)
