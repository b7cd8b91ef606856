"""Locates the files of a published data set in the data folder: in torchvision's layout or as unpacked by hand.

The search accepts the usual spellings ("train-images.idx3-ubyte", compressed or not, or inside a folder of the
file's own name) in folders that are named after the set or have a neutral name ("raw", "archive"), a few levels
deep. MNIST and its relatives use the same file names, so the folder names decide which set they belong to; without
such a name they count as MNIST.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.data.torchvision_files import FILES, files_of

_DEPTH = 4
_IDX = re.compile(r"(?P<set>.*?)-?(?P<part>train|t10k|test)-(?P<kind>images|labels)(-idx[13])?(-u?byte)?(-gz)?")
#: Words in folder names that do not identify a data set.
_PLAIN = re.compile(r"data(set|base)?s?|originals?|official|idx|files?|format|raw|kaggle|torchvision|in|the|\W|_")
_SAYS_NOTHING = frozenset(("", "gzip", "archive", "input", "images", "unpacked", "torch", "keras", "ml", "vision"))


@dataclass(frozen=True, slots=True)
class SetPlace:
    """The files of a data set found in one place.

    Attributes:
        files: in the order of `SetFiles.names`; None for each missing file.
        expected: the expected paths, in the same order.
        home: the folder to pass to torchvision.
        identified: whether the place identifies the set: torchvision's folder, or one named after the set.
        usual: whether it is torchvision's folder.
    """

    files: tuple[Path | None, ...]
    expected: tuple[Path, ...]
    home: Path
    identified: bool = True
    usual: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether no file is missing."""
        return None not in self.files


def place_of(name: str, folder: Path) -> SetPlace:
    """The most complete place of set `name` below the data folder. Never raises."""
    found = [_at(name, folder)]
    if found[0].is_whole:
        return found[0]
    if FILES[name].idx:
        found += _idx_places(name, folder)
    else:
        homes = [place for place, owner in _folders(name, folder) if owner == name or place == folder]
        homes += [folder.parent] if folder.name == FILES[name].folder else []
        found += [_at(name, home, usual=False) for home in homes]
    return max(found, key=lambda place: sum(file is not None for file in place.files))


def whose(folder: str) -> str | None:
    """The registry name of the data set that a folder is named after; "" for a neutral name, None for any
    other.
    """
    bare = _PLAIN.sub("", folder.lower())
    for name, words in _CALLED.items():
        if any(word in bare for word in words):
            return name
    return "mnist" if bare.strip("0123456789") == "mnist" else "" if bare in _SAYS_NOTHING else None


_CALLED = {
    "fashion-mnist": ("fashion", "fmnist"),
    "kmnist": ("kmnist", "kuzushiji"),
    "emnist": ("emnist",),
    "cifar10": ("cifar10",),
    "svhn": ("svhn",),
}


def _at(name: str, home: Path, *, usual: bool = True) -> SetPlace:
    expected = files_of(name, home)
    return SetPlace(tuple(_present(file) for file in expected), tuple(expected), home, usual=usual)


def _present(file: Path) -> Path | None:
    """`file` or its compressed form, whichever exists; None if neither."""
    for path in (file, file.with_name(file.name + ".gz")):
        # A folder without access permission raises; it counts as empty.
        with contextlib.suppress(OSError):
            if path.is_file():
                return path
    return None


def _folders(name: str, root: Path) -> Iterator[tuple[Path, str]]:
    """Yield (folder, set it is named after or "") for the folders below `root` that may contain set `name`."""
    above = [whose(part) for part in (root.parent.name, root.name)]
    owner = next((part for part in reversed(above) if part in FILES), "")
    waiting = [(root, owner, 0)]
    while waiting:
        folder, owner, depth = waiting.pop(0)
        yield folder, owner
        if depth == _DEPTH:
            continue
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for child in sorted(entry.name for entry in entries if not entry.is_file()):
                said = "" if _parsed(child) else whose(child)
                if said in ("", name):
                    waiting.append((folder / child, said or owner, depth + 1))


def _parsed(file: str) -> re.Match[str] | None:
    return _IDX.fullmatch(re.sub(r"[^a-z0-9]+", "-", file.lower()))


def _idx_places(name: str, root: Path) -> Iterator[SetPlace]:
    """Yield a place for every folder below `root` with files of set `name`."""
    keys = [(kind, part == "train") for part, kind in _parts(name)]
    around: dict[Path, dict[tuple[str, bool], Path]] = {}
    owners: dict[Path, str] = {}
    for folder, owner in _folders(name, root):
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                match = _parsed(entry.name)
                if match is None or not entry.is_file() or not _is_of(name, match["set"], owner):
                    continue
                # A file unpacked into a folder of its own name belongs with the files beside that folder.
                base = folder.parent if _parsed(folder.name) else folder
                owners[base] = owner
                around.setdefault(base, {}).setdefault(
                    (match["kind"], match["part"] == "train"), folder / entry.name
                )
    for base, files in around.items():
        expected = tuple(files.get(key, base / file) for key, file in zip(keys, FILES[name].names, strict=True))
        yield SetPlace(tuple(files.get(key) for key in keys), expected, root, bool(owners[base]), usual=False)


def _parts(name: str) -> Iterator[tuple[str, str]]:
    for file in FILES[name].names:
        match = _parsed(file)
        assert match is not None
        yield match["part"], match["kind"]


def _is_of(name: str, prefix: str, owner: str) -> bool:
    """Whether a file with this name prefix, in a folder of set `owner`, belongs to set `name`."""
    if name == "emnist":
        return "balanced" in prefix  # the other EMNIST selections have other classes
    said = whose(prefix) if prefix else owner
    return (said or owner or "mnist") == name
