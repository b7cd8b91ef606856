"""Tensors on disk in the safetensors format, checked before they are used. Torch-free.

The format: eight bytes with the header's length, a JSON header {name: {dtype, shape, data_offsets}}, then the
values. Everything that the header declares is compared with the file's true size, and by the caller with its
expectations, before memory is allocated; the hash is compared before a value is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from safetensors.numpy import save as pack

from trainer.data.memory import RESERVE, format_bytes
from trainer.machine_limits import free_memory
from trainer.records import Record
from trainer.regular_file import open_regular
from trainer.sentences import Sentence
from trainer.storage.private import private_opener
from trainer.training.checkpoint_error import CheckpointError

_MAX_HEADER = 4_000_000
#: Smaller files are read without checking the free memory, which would take longer than reading them.
_SMALL = 64_000_000
_DTYPES = {
    "F32": np.float32,
    "F64": np.float64,
    "F16": np.float16,
    "I64": np.int64,
    "I32": np.int32,
    "I16": np.int16,
    "I8": np.int8,
    "U8": np.uint8,
    "BOOL": np.bool_,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry(Record):
    """A tensor file as listed in the description: file name, size in bytes and blake2b-256 in hex."""

    name: str
    size: int
    blake2b: str


@dataclass(frozen=True, slots=True)
class Declared:
    """The header entry of one tensor: dtype, shape, and the offsets of its bytes after the header."""

    dtype: np.dtype
    shape: tuple[int, ...]
    begin: int
    end: int


#: Checks the declared tensors of a file; returns None, or what is wrong in a few words.
Check = Callable[[Mapping[str, Declared]], Sentence | None]


def packed(kind: str, tensors: Mapping[str, np.ndarray]) -> tuple[FileEntry, bytes]:
    """`tensors` as the bytes of a file, and the entry that describes it; its name contains the hash of the
    contents.

    Because the name depends on the contents, a new file never overwrites one that the present description uses.
    """
    # Not `ascontiguousarray`, which turns scalars into vectors.
    data = pack({name: np.asarray(array, order="C") for name, array in tensors.items()})
    digest = hashlib.blake2b(data, digest_size=32).hexdigest()
    return FileEntry(name=f"{kind}-{digest[:16]}.safetensors", size=len(data), blake2b=digest), data


def read_tensors(path: Path, entry: FileEntry, check: Check) -> dict[str, np.ndarray]:
    """The tensors of the file `path`, read-only arrays over one buffer.

    Raises `CheckpointError` if the file does not match `entry` and its header, or `check` rejects the
    declared tensors, and `OSError` if it cannot be read.
    """
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size != entry.size:
            raise _damaged(
                path, Sentence("it has {size} bytes instead of {declared}", size=size, declared=entry.size)
            )
        start, declared = _header(path, file, size)
        if wrong := check(declared):
            raise CheckpointError(
                "{path} does not hold what its checkpoint describes: {wrong}; open another checkpoint.",
                path=path,
                wrong=wrong,
            )
        _check_room(path, entry.size)
        file.seek(0)
        data = file.read(entry.size + 1)
    if hashlib.blake2b(data, digest_size=32).hexdigest() != entry.blake2b:
        raise _damaged(path, Sentence("its contents do not match their hash"))
    # The checks above read the file earlier than this, and another program may write to it in between.
    if _parsed(path, data[8:start], len(data) - start) != declared:
        raise _damaged(path, Sentence("it changed while it was read"))
    return {
        name: np.frombuffer(data, item.dtype, math.prod(item.shape), start + item.begin).reshape(item.shape)
        for name, item in declared.items()
    }


def write_tensors(path: Path, tensors: Mapping[str, np.ndarray]) -> int:
    """Write `tensors` to the new file `path` and return its size in bytes. Neither hashed nor synced.

    For temporary files of a session, readable only by their owner: twice as fast as `packed` and
    without a copy of the values. Raises `OSError`, and leaves no file behind then.
    """
    kinds = {np.dtype(kind): name for name, kind in _DTYPES.items()}
    arrays = {name: np.asarray(array, order="C") for name, array in tensors.items()}
    header: dict[str, Any] = {}
    end = 0
    for name, array in arrays.items():
        begin, end = end, end + array.nbytes
        header[name] = {"dtype": kinds[array.dtype], "shape": list(array.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # values are aligned to eight bytes, as readers of the format expect
    try:
        with open(path, "xb", opener=private_opener) as file:
            file.write(len(text).to_bytes(8, "little") + text)
            for array in arrays.values():
                file.write(array.reshape(-1).view(np.uint8).data)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return 8 + len(text) + end


def read_chosen(path: Path, chosen: Callable[[str], bool]) -> dict[str, np.ndarray]:
    """The tensors of a file by `write_tensors` whose names are `chosen`, read-only; nothing else is read.

    Raises `CheckpointError` if the file does not match its header, and `OSError` if it cannot be read.
    """
    with open_regular(path) as file:
        start, declared = _header(path, file, os.fstat(file.fileno()).st_size)
        wanted = {name: item for name, item in declared.items() if chosen(name)}
        _check_room(path, sum(item.end - item.begin for item in wanted.values()))
        found = {}
        for name, item in wanted.items():
            file.seek(start + item.begin)
            data = file.read(item.end - item.begin)
            if len(data) < item.end - item.begin:
                raise _damaged(path, Sentence("it was cut short while it was read"))
            found[name] = np.frombuffer(data, item.dtype, math.prod(item.shape)).reshape(item.shape)
    return found


def _check_room(path: Path, needed: int) -> None:
    if needed <= _SMALL:
        return
    free = int(free_memory() * (1 - RESERVE))
    if needed > free:
        raise CheckpointError(
            "{path} needs {needed} of memory and only {free} are free; close other programs or open another "
            "checkpoint.",
            path=path,
            needed=format_bytes(needed),
            free=format_bytes(free),
        )


def _header(path: Path, file: BinaryIO, size: int) -> tuple[int, dict[str, Declared]]:
    """The offset of the values in a file of `size` bytes, and the entries of its header."""
    length = int.from_bytes(file.read(8), "little")
    if not 2 <= length <= min(_MAX_HEADER, size - 8):
        raise _damaged(path, Sentence("its header has an impossible length"))
    return 8 + length, _parsed(path, file.read(length), size - 8 - length)


def _parsed(path: Path, header: bytes, room: int) -> dict[str, Declared]:
    """The entries of the header, checked against the `room` bytes that follow it."""
    try:
        parsed = json.loads(header, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError):  # ValueError also for invalid Unicode
        raise _damaged(path, Sentence("its header cannot be read")) from None
    if not isinstance(parsed, dict):
        raise _damaged(path, Sentence("its header cannot be read"))
    parsed.pop("__metadata__", None)
    declared = {name: _entry(path, name, item) for name, item in parsed.items()}
    position = 0
    for name, item in sorted(declared.items(), key=lambda pair: (pair[1].begin, pair[1].end)):
        if item.begin != position:
            raise _damaged(path, Sentence("the values of {name} overlap others or leave a gap", name=name[:80]))
        position = item.end
    if position != room:
        raise _damaged(path, Sentence("its header does not account for all of its values"))
    return declared


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _entry(path: Path, name: str, item: Any) -> Declared:
    shown = name[:80]
    if not isinstance(item, dict) or set(item) != {"dtype", "shape", "data_offsets"}:
        raise _damaged(path, Sentence("the tensor {shown} is not described", shown=shown))
    if not isinstance(item["dtype"], str) or item["dtype"] not in _DTYPES:
        raise _damaged(path, Sentence("the tensor {shown} has an unknown type", shown=shown))
    dtype, shape, offsets = np.dtype(_DTYPES[item["dtype"]]), item["shape"], item["data_offsets"]
    if not _sizes(shape) or len(shape) > 8 or not _sizes(offsets) or len(offsets) != 2:
        raise _damaged(path, Sentence("the tensor {shown} has an impossible shape", shown=shown))
    begin, end = offsets
    # Python's integers do not overflow, so a huge shape cannot pass for a small one.
    if end - begin != math.prod(shape) * dtype.itemsize:
        raise _damaged(path, Sentence("the shape of the tensor {shown} does not match its bytes", shown=shown))
    return Declared(dtype, tuple(shape), begin, end)


def _sizes(values: Any) -> bool:
    return isinstance(values, list) and all(type(value) is int and 0 <= value < 2**62 for value in values)


def _damaged(path: Path, what: Sentence) -> CheckpointError:
    return CheckpointError(
        "{path} is damaged: {what}; open another checkpoint or train anew.", path=path, what=what
    )
