"""Moments of a run beside its checkpoint, so that they are there again when it is opened. Torch-free.

A folder with a tensor file a moment, named by the hash of its contents, and an index that names them. The index
holds the hash of the description that it was saved with: beside a checkpoint that was written by something else
since, the moments are those of another run, and are left alone. A checkpoint without the folder is as good.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from trainer.regular_file import open_regular, read_regular
from trainer.storage.atomic_files import write_atomically
from trainer.storage.private import private_opener
from trainer.storage.staging import staging

#: The folder beside a checkpoint, and the index in it.
FOLDER, INDEX = "moments", "moments.json"
#: Moments that an index is read for at most.
MOST = 1_000
_KIND, _VERSION = "moments of a Latent Explorer run", 1
_MOST_INDEX = 64_000_000
_NAME = re.compile(r"moment-[0-9a-f]{16}\.safetensors")
_NAMED = re.compile(rb'"name": ?"(moment-[0-9a-f]{16}\.safetensors)"')
_PIECE = 1 << 22


@dataclass(frozen=True, slots=True)
class SavedMoment:
    """One moment. path: its file. numbers: see `TrainerState.numbers`."""

    path: Path
    step: int
    epoch: float
    size: int
    numbers: dict[str, Any] = field(repr=False)


def write_saved(folder: Path, belongs_to: str, moments: Iterable[SavedMoment]) -> None:
    """Write moments to `folder`, and remove others that were saved there before.

    `belongs_to`: hash of the checkpoint's description. Raises `OSError`; what was there before then stays or is
    not named by the index any more.
    """
    folder.mkdir(exist_ok=True)
    entries, sources = [], {}
    for moment in moments:
        name = f"moment-{_hash(moment.path)}.safetensors"
        sources[name] = moment.path
        entries.append(
            {
                "name": name,
                "step": moment.step,
                "epoch": moment.epoch,
                "size": moment.size,
                "numbers": moment.numbers,
            }
        )
    index = {"kind": _KIND, "version": _VERSION, "belongs_to": belongs_to, "moments": entries}
    with staging(folder, "moments", keeper=INDEX, parts={*sources, *_named_before(folder / INDEX)}) as stage:
        for name, source in sources.items():
            place = folder / name
            if not (place.is_file() and place.stat().st_size == source.stat().st_size):
                with stage.writing(name) as (path, file), source.open("rb") as read:
                    _copy(read, file)
                path.replace(place)
        write_atomically(folder / INDEX, json.dumps(index, indent=1).encode())


def read_saved(folder: Path, belongs_to: str, last: int) -> list[SavedMoment]:
    """The moments in `folder` up to step `last`, ascending; none if there is no index, or one of something else.

    Files are not looked at; see `take_over`.
    """
    try:
        index = json.loads(read_regular(folder / INDEX, _MOST_INDEX))
        if (index["kind"], index["version"], index["belongs_to"]) != (_KIND, _VERSION, belongs_to):
            return []
        found = [_moment(folder, entry) for entry in index["moments"][:MOST]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    moments = [moment for moment in found if moment is not None and moment.step <= last]
    ascending = all(one.step < other.step for one, other in pairwise(moments))
    return moments if ascending else []


def take_over(moment: SavedMoment, place: Path) -> bool:
    """Copy the file of a moment to the new file `place`, for its owner alone; False if it is not what was saved.

    Raises `OSError`; no file is left behind then.
    """
    digest = hashlib.blake2b(digest_size=8)
    try:
        with open_regular(moment.path) as read, open(place, "xb", opener=private_opener) as file:
            whole = _copy(read, file, digest) == moment.size
        if whole and moment.path.name == f"moment-{digest.hexdigest()}.safetensors":
            return True
    except OSError:
        place.unlink(missing_ok=True)
        raise
    place.unlink(missing_ok=True)
    return False


def _moment(folder: Path, entry: Any) -> SavedMoment | None:
    name, step, epoch, size = entry["name"], entry["step"], entry["epoch"], entry["size"]
    right = (
        isinstance(name, str)
        and _NAME.fullmatch(name)
        and all(type(count) is int and 0 <= count < 2**53 for count in (step, size))
        and type(epoch) in (int, float)
        and 0 <= epoch < 2**53
        and isinstance(entry["numbers"], dict)
    )
    return SavedMoment(folder / name, step, float(epoch), size, entry["numbers"]) if right else None


def _hash(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=8)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _copy(read: BinaryIO, file: BinaryIO, digest: Any = None) -> int:
    """Copy all of it; returns the number of bytes."""
    done = 0
    while piece := read.read(_PIECE):
        file.write(piece)
        done += len(piece)
        if digest is not None:
            digest.update(piece)
    return done


def _named_before(index: Path) -> set[str]:
    try:
        text = read_regular(index, _MOST_INDEX)
    except OSError:
        return set()
    return {name.decode() for name in _NAMED.findall(text)} if _KIND.encode() in text else set()
