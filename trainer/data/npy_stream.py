"""Reads NumPy's .npy format row by row; a header is trusted only if it agrees with the file's length.

Used instead of `numpy.load` because a compressed member can then be streamed without being completely in memory, a
subset of rows takes only the memory of that subset, and numpy reads a header of any declared length before
checking it.
"""

from __future__ import annotations

import ast
import lzma
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.sentences import Sentence

_MAGIC = b"\x93NUMPY"
_MAX_HEADER = 10_000  # bytes; numpy's own limit. A usual header takes about a hundred
_BLOCK = 4 * 2**20
_TYPES = re.compile(r"[<>|=]?(b1|[iu][1248]|f[248]|[SU][1-9]\d{0,3})")
_LONG = re.compile(r"(\d)L\b")  # Python 2's spelling of long integers

#: Exceptions of Python's zip reader for damaged archives. RuntimeError: an encrypted member; its subclass
#: NotImplementedError: an unsupported compression; UnicodeError: a member name that is not text.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    UnicodeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """An array on disk with a checked header.

    Attributes:
        where: the name of file and array for a sentence.
        name: its name in the archive; "" for a .npy.
        open: opens its bytes from the start.
        shape, dtype, fortran: as declared; at least one dimension.
        start: byte offset of the elements.
    """

    where: str
    open: Callable[[], BinaryIO]
    shape: tuple[int, ...]
    dtype: np.dtype
    fortran: bool
    start: int
    name: str = ""

    @property
    def row_bytes(self) -> int:
        """Bytes of one row, that is of all dimensions but the first."""
        return math.prod(self.shape[1:]) * self.dtype.itemsize

    @property
    def resident_bytes(self) -> int:
        """Bytes of the whole array."""
        return self.shape[0] * self.row_bytes


def open_array(where: str, opener: Callable[[], BinaryIO], size: int, name: str = "") -> ArrayFile:
    """Check the header of an array of `size` bytes, header included, without reading the elements.

    `name` is the array's name in its archive. Raises `DataError` if it is no .npy array, contains objects or
    records, or is shorter than declared.
    """
    with readable(where), opener() as file:
        head = file.read(8)
        if head[:6] != _MAGIC or len(head) < 8 or head[6] not in (1, 2, 3):
            raise DataError("{array} is not a NumPy array; save one with numpy.save or numpy.savez.", array=where)
        width = 2 if head[6] == 1 else 4
        length = int.from_bytes(file.read(width), "little")
        if length > _MAX_HEADER:
            raise DataError(
                "{array} has a header of {length:,} bytes, which no array has; it is damaged.",
                array=where,
                length=length,
            )
        text = file.read(length).decode("latin1")
    shape, dtype, fortran = _parse(where, text, name)
    start = 8 + width + length
    needed = math.prod(shape) * dtype.itemsize
    if start + needed > size:
        raise DataError(
            "{array} declares {shape} values of {dtype}, {needed:,} bytes, but holds {size:,}; it is cut "
            "short or damaged.",
            array=where,
            shape=times(shape),
            dtype=dtype,
            needed=needed,
            size=size - start,
        )
    return ArrayFile(where, opener, shape, dtype, fortran, start, name)


def read_rows(array: ArrayFile, rows: np.ndarray, out: np.ndarray, loading: Loading) -> None:
    """Read row `rows[k]` of `array` into `out[k]` in one pass through the file.

    Args:
        array: not in Fortran order (see `read_whole`).
        rows: int64 (k,), in any order, without duplicates.
        out: (k, ...) of the array's dtype and row shape, in native or the file's byte order.
        loading: receives the progress in images.
    """
    place = np.argsort(rows)
    ascending = rows[place]
    many = max(1, _BLOCK // max(1, array.row_bytes))
    buffer = bytearray(many * array.row_bytes)
    with readable(array.where), array.open() as file:
        _skip(file, array.start)
        for first in range(0, array.shape[0], many):
            low, high = np.searchsorted(ascending, (first, first + many))
            if low == len(ascending):
                return
            loading.advance(int(low), len(rows), Sentence("images"), Sentence("Reading images"))
            count = min(many, array.shape[0] - first)
            view = memoryview(buffer)[: count * array.row_bytes]
            _fill(file, view, array.where)
            block = np.frombuffer(view, array.dtype).reshape(count, *array.shape[1:])
            out[place[low:high]] = block[ascending[low:high] - first]


def read_whole(array: ArrayFile, loading: Loading) -> np.ndarray:
    """All of `array` with its dtype and shape. The caller has checked the free memory."""
    flat = np.empty(math.prod(array.shape), array.dtype)
    view = flat.view(np.uint8).data
    with readable(array.where), array.open() as file:
        _skip(file, array.start)
        for start in range(0, len(view), _BLOCK):
            loading.check()
            _fill(file, view[start : start + _BLOCK], array.where)
    return flat.reshape(array.shape[::-1]).T if array.fortran else flat.reshape(array.shape)


@contextmanager
def readable(where: str) -> Iterator[None]:
    """Turn the exceptions of a damaged archive into a `DataError` that names `where`."""
    try:
        yield
    except _DAMAGED as error:
        problem = str(error) or Sentence("it ends too soon")
        raise DataError(
            "{array} cannot be unpacked ({reason}); save it again with numpy.savez.", array=where, reason=problem
        ) from error


def _parse(where: str, text: str, name: str) -> tuple[tuple[int, ...], np.dtype, bool]:
    try:
        header = ast.literal_eval(_LONG.sub(r"\1", text.strip()))
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise DataError("{array} has a damaged header; save the array again.", array=where) from error
    if not isinstance(header, dict) or set(header) != {"descr", "fortran_order", "shape"}:
        raise DataError("{array} has a damaged header; save the array again.", array=where)
    descr, fortran, shape = header["descr"], header["fortran_order"], header["shape"]
    if isinstance(descr, str) and descr.lstrip("|<>=").startswith("O"):
        if not name:
            raise DataError(
                "{array} is an array of objects, which is never opened because it can hold programs; save plain "
                "numbers, for example with {call}.",
                array=where,
                call="images.astype('uint8')",
            )
        raise DataError(
            "{array} is an array of objects, which is never opened because it can hold programs; save plain "
            "numbers or text, for example {numbers} or {texts}.",
            array=where,
            numbers=f"{name}.astype(int)",
            texts=f"{name}.astype(str)",
        )
    if not isinstance(descr, str) or not _TYPES.fullmatch(descr):
        raise DataError(
            "{array} holds values of the type {descr}; save plain numbers instead.",
            array=where,
            descr=f"{descr!r:.60}",
        )
    whole = isinstance(shape, tuple) and all(type(length) is int and length >= 0 for length in shape)
    if not whole or not isinstance(fortran, bool):
        raise DataError("{array} has a damaged header; save the array again.", array=where)
    if not shape or 0 in shape:
        raise DataError(
            "{array} holds no rows (its shape is {shape}); choose an array of images.", array=where, shape=shape
        )
    return shape, np.dtype(descr), fortran


def times(shape: tuple[int, ...]) -> str:
    """A shape as text, such as "60,000 x 28 x 28"."""
    return " x ".join(f"{length:,}" for length in shape)


def _skip(file: BinaryIO, count: int) -> None:
    file.read(count)  # a few hundred bytes; a compressed member cannot seek cheaply


def _fill(file: BinaryIO, view: memoryview, where: str) -> None:
    done = 0
    while done < len(view):
        got = file.readinto(view[done:])  # type: ignore[attr-defined]
        if not got:
            raise DataError("{array} is cut short; save the array again.", array=where)
        done += got
