"""The data set in memory: reloaded only if its source has changed; images are shared with the window as a file."""

from __future__ import annotations

import hashlib
import itertools
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import ImageData
from trainer.data.labels_file import place_of
from trainer.progress import CancelledError, IsCancelled, Progress, never_cancelled
from trainer.service.backend import Backend
from trainer.service.messages import DataLoaded
from trainer.storage.private import private_folder, private_opener

#: Maximum number of files checked in a folder of images; more would cause a noticeable delay.
_MOST = 200_000


def source_stamp(config: DataConfig, folder: Path) -> str:
    """A text that changes when the source of `config` does: its file names, sizes and times.

    Published and bundled data sets do not change; for them only the data folder is included.
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
        # Loading runs into the same error and reports it.
        return f"{config.path} {error.errno}"
    return digest.hexdigest()


def _files(config: DataConfig) -> list[str]:
    """Every file that the data are read from, and other files in the chosen folders."""
    places = [os.path.join(config.path or "", name) for name in config.only] or [config.path or ""]
    files: list[str] = []
    for place in places:
        if os.path.isdir(place):
            files += (os.path.join(folder, name) for folder, _, names in os.walk(place) for name in names)
        else:
            files.append(place)
    if config.labels is not None:
        # A missing file changes the stamp, too.
        labels = str(place_of(config.labels, Path(config.path or "")))
        files += [labels] if os.path.exists(labels) else []
    return sorted(files)


#: Bytes written between two checks for cancellation.
_PIECE = 16 << 20


class SessionFiles:
    """The service's files in the folder of this session, where no other process writes.

    Every array gets a new file name: on Windows a file that the window has mapped can be neither replaced nor
    deleted. `discard` therefore deletes what it can and retries the rest the next time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # A service restarted after a crash must not reuse the file names of the previous one.
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
        """Delete `path` and files that could not be deleted before, as far as possible."""
        if path is not None:
            self._old.append(path)
        self._old = [old for old in self._old if not _delete(old)]


def _delete(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


class Watch(Protocol):
    """Receives the progress of a job, and may cancel it."""

    def progress(self, progress: Progress) -> None: ...
    def cancelled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class CachedData:
    """A data set in memory. `key` identifies its source: the same key need not be read again."""

    key: tuple[DataConfig, str]
    data: ImageData = field(repr=False)
    loaded: DataLoaded = field(repr=False)


class ResidentData:
    """The present data set in memory, and loading of its replacement.

    Attributes:
        now: the present data set, if any.
    """

    def __init__(self, backend: Backend, session_folder: Path) -> None:
        self.now: CachedData | None = None
        self._backend = backend
        self._files = SessionFiles(session_folder)
        #: The images file of the previous data set.
        self._former: Path | None = None

    def load(self, config: DataConfig, folder: Path, download: bool, watch: Watch) -> CachedData:
        """Load a data set, unless it is the present one; it becomes the present one only with `take`.

        Raises the errors of `Backend.load_data` and `SessionFiles.write`.
        """
        key = (config, source_stamp(config, folder))
        if self.now is not None and self.now.key == key and self.now.loaded.images.exists():
            return self.now
        data = self._backend.load_data(config, folder, download, watch.progress, watch.cancelled)
        path = self._files.write(data.images, watch.cancelled)
        loaded = DataLoaded(
            config=data.config,
            title=data.title,
            images=path,
            train_count=data.train_count,
            labels=data.labels,
            label_names=data.label_names,
            factors=data.factors,
            factor_names=data.factor_names,
            skipped=data.skipped,
            fingerprint=data.fingerprint,
            remarks=data.remarks,
            source_rows=data.source_rows,
            files=data.files,
        )
        return CachedData(key, data, loaded)

    def take(self, resident: CachedData) -> None:
        """Make `resident` the present data set."""
        if resident is self.now:
            return
        # The window may not have opened the last file yet; it is certainly finished with the one before.
        self._files.discard(self._former)
        self._former = self.now.loaded.images if self.now is not None else None
        self.now = resident

    def give_up(self, resident: CachedData) -> None:
        """Discard `resident`, unless it is the present data set."""
        if resident is not self.now:
            self._files.discard(resident.loaded.images)
