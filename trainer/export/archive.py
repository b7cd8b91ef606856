"""Writes arrays to an .npz file in pieces, so that the export can be cancelled. Torch-free."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from trainer.export.partial_file import partial_file
from trainer.export.settings_text import settings_text
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Bytes written between two yields: a few milliseconds.
_PIECE = 4_000_000


def write_archive(
    path: Path, arrays: dict[str, np.ndarray], settings: dict[str, Any]
) -> Iterator[Progress | None]:
    """Write `arrays` and an entry "settings" (JSON text) to `path`; yields progress. Raises `OSError`."""
    entries = {**arrays, "settings": np.array(settings_text(settings))}
    total = sum(array.nbytes for array in entries.values())
    done = 0
    with partial_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in entries.items():
            if array.dtype.hasobject:
                raise ValueError(f"{name} would need pickle")
            flat = np.asarray(array, order="C")  # `ascontiguousarray` would turn a scalar text into an array (1,)
            with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
                header = np.lib.format.header_data_from_array_1_0(flat)
                np.lib.format.write_array_header_2_0(entry, header)
                data = flat.tobytes()
                for start in range(0, len(data), _PIECE):
                    entry.write(data[start : start + _PIECE])
                    done += len(data[start : start + _PIECE])
                    yield Progress(done, total, Sentence("bytes"), Sentence("Writing"))
