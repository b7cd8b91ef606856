"""The IDX format of MNIST and its relatives; a header is trusted only if it agrees with the file's length.

Layout: two zero bytes, the element type (8 = unsigned byte, the only one accepted here), the number of dimensions,
each dimension as a big-endian 32-bit number, then the elements. Reading it here instead of through torchvision
saves that import (5 s) and rejects a hostile header before memory is allocated.
"""

from __future__ import annotations

import contextlib
import gzip
import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from trainer.data.images import DataError
from trainer.progress import CancelledError, IsCancelled, never_cancelled
from trainer.regular_file import open_regular

_UNSIGNED_BYTE = 8
_BLOCK = 8 * 2**20
#: Deflate compresses 1032 : 1 at best, so a header that declares more than that is false.
_MOST_DEFLATE = 1032
_MAX_SIDE = 512


@dataclass(frozen=True, slots=True)
class IdxFile:
    """An IDX file whose header agrees with its length: `shape` as declared, rows first."""

    path: Path
    shape: tuple[int, ...]


def open_idx(path: Path, dimensions: int) -> IdxFile:
    """Check the header of `path` (compressed if the name ends in .gz) without reading the elements.

    Raises `DataError` unless it is an IDX file of unsigned bytes with `dimensions` dimensions and the declared
    length, `OSError` if it is no regular file at all.
    """
    packed = path.suffix == ".gz"
    try:
        with _stream(path) as file:
            head = file.read(4)
            sizes = file.read(4 * dimensions)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise DataError(
            "{path} is damaged ({reason}); delete it and download it again.", path=path, reason=error
        ) from error
    if len(head) < 4 or head[:3] != bytes((0, 0, _UNSIGNED_BYTE)) or head[3] != dimensions:
        raise DataError(
            "{path} is not an IDX file of {dimensions} dimensions; delete it and download it again.",
            path=path,
            dimensions=dimensions,
        )
    if len(sizes) < 4 * dimensions:
        raise DataError("{path} ends within its header; delete it and download it again.", path=path)
    shape = struct.unpack(f">{dimensions}I", sizes)
    size = path.stat().st_size
    elements = math.prod(shape)
    wrong_size = elements > size * _MOST_DEFLATE if packed else 4 + len(sizes) + elements != size
    if wrong_size or 0 in shape or any(side > _MAX_SIDE for side in shape[1:]):
        declared = " x ".join(f"{length:,}" for length in shape)
        raise DataError(
            "{path} declares {declared} values, which its {size:,} bytes do not hold; delete it and "
            "download it again.",
            path=path,
            declared=declared,
            size=size,
        )
    return IdxFile(path, shape)


def read_idx(
    file: IdxFile, out: np.ndarray, rows: np.ndarray | None = None, cancelled: IsCancelled = never_cancelled
) -> None:
    """Read the rows `rows` (ascending; None for all) into `out`, uint8 (rows, *file.shape[1:]).

    Raises `DataError` if the elements end too soon or the compressed data is damaged or longer than declared.
    """
    rows = np.arange(file.shape[0]) if rows is None else rows
    if out.dtype != np.uint8 or out.shape != (len(rows), *file.shape[1:]):
        raise ValueError(f"a uint8 array of {len(rows)} rows of the file's shape is needed")
    count, end = max(1, _BLOCK // math.prod(file.shape[1:])), int(rows[-1]) + 1
    block = np.empty((min(count, end), *file.shape[1:]), np.uint8)
    try:
        with _stream(file.path) as stream:
            stream.read(4 + 4 * len(file.shape))
            for start in range(0, end, count):
                if cancelled():
                    raise CancelledError
                here = block[: min(count, end - start)]
                if stream.readinto(here.reshape(-1).data) < here.size:  # type: ignore[attr-defined]
                    raise DataError("{path} is cut short; delete it and download it again.", path=file.path)
                first, last = np.searchsorted(rows, (start, start + len(here)))
                out[first:last] = here[rows[first:last] - start]
            if end == file.shape[0] and stream.read(1):
                raise DataError(
                    "{path} is longer than it declares; delete it and download it again.", path=file.path
                )
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise DataError(
            "{path} is damaged ({reason}); delete it and download it again.", path=file.path, reason=error
        ) from error


@contextlib.contextmanager
def _stream(path: Path) -> Iterator[BinaryIO]:
    with open_regular(path) as file:
        if path.suffix != ".gz":
            yield file
            return
        with gzip.open(file, "rb") as unpacked:
            yield unpacked  # type: ignore[misc]
