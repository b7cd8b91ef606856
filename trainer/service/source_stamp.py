"""Whether the files behind a data set are still those that were read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from trainer.config import DataConfig

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
