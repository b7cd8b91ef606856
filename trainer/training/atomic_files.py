"""Files that are either wholly there or not at all, whatever happens while they are written. Torch-free."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

#: Start of the names of files being written; what a killed process left behind is recognised by it.
PARTIAL = ".partial-"


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, flush it to the disk and rename it over `path`.

    Raises `OSError` if that fails; `path` is then as it was and nothing is left beside it.
    """
    handle, name = tempfile.mkstemp(prefix=PARTIAL, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # mkstemp's files are for their owner alone
        os.replace(name, path)
    except BaseException:
        # Also when interrupted: half a file must not stay.
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable, where the system lets a folder be synced (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
