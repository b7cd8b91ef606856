"""The data set in memory: loaded unless its source is unchanged, its images shared with the window as a file."""

from __future__ import annotations

import hashlib
import itertools
import os
import secrets
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.progress import CancelledError, IsCancelled, never_cancelled
from trainer.storage.private import private_folder, private_opener

#: Files looked at in a folder of images; more would take longer than a person waits for nothing.
_MOST = 200_000


def source_stamp(config: DataConfig, folder: Path) -> str:
    """A text that changes when the source of `config` does: its file names, sizes and times.

    Published and bundled data sets do not change; of them only the data folder counts.
    """
    if config.path is None:
        return str(folder)
    digest = hashlib.blake2b(digest_size=16)
    seen = 0
    try:
        for path in _files(config):
            status = os.stat(path)
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
            seen += 1
            if seen >= _MOST:
                break
    except OSError as error:
        # Loading meets the same trouble and says it in words.
        return f"{config.path} {error.errno}"
    return digest.hexdigest()


def _files(config: DataConfig) -> list[str]:
    """Every file that the data are read from, and those beside them in the chosen folders."""
    places = [os.path.join(config.path or "", name) for name in config.only] or [config.path or ""]
    files: list[str] = []
    for place in places:
        if os.path.isdir(place):
            files += (os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names)
        else:
            files.append(place)
    return sorted(files)


#: Bytes written between two looks at whether to stop.
_PIECE = 16 << 20


class SessionFiles:
    """The service's files in the folder of this session; nobody else writes there.

    Every array gets a name of its own: a file that the window has mapped can be neither replaced nor deleted on
    Windows. `discard` therefore deletes what it can and tries again the next time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # A service that was started again after a crash must not meet the files of the one before.
        self._stem = f"images-{secrets.token_hex(4)}"
        self._numbers = itertools.count()
        self._old: list[Path] = []

    def write(self, array: np.ndarray, cancelled: IsCancelled = never_cancelled) -> Path:
        """Write `array` and return its file.

        Raises `OSError` (no room, no permission) or `CancelledError`, and leaves no file behind then.
        """
        private_folder(self._folder)  # again, if somebody cleaned up temporary files
        path = self._folder / f"{self._stem}-{next(self._numbers)}.npy"
        array = np.ascontiguousarray(array)
        try:
            with open(path, "xb", opener=private_opener) as file:
                header = np.lib.format.header_data_from_array_1_0(array)
                np.lib.format.write_array_header_1_0(file, header)
                raw = array.reshape(-1).view(np.uint8).data
                for start in range(0, len(raw), _PIECE):
                    if cancelled():
                        raise CancelledError
                    file.write(raw[start : start + _PIECE])
        except (OSError, CancelledError):
            self.discard(path)
            raise
        return path

    def discard(self, path: Path | None = None) -> None:
        """Delete `path` and what could not be deleted before, as far as possible now."""
        if path is not None:
            self._old.append(path)
        self._old = [old for old in self._old if not _delete(old)]


def _delete(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
