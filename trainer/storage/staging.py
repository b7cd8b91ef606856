"""Writes files through a hidden staging folder, and cleans up after writers that were killed. Torch-free.

Files are written to a hidden folder beside their destination and renamed when they are complete. The hidden folder
is locked while its writer lives and contains a manifest. From lock and manifest, not from a name, a later writer
can recognise that the folder was created by this program and is abandoned.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import logging
import os
import re
import shutil
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from trainer.regular_file import read_regular
from trainer.sentences import RefusedFileError, Sentence
from trainer.storage.folder_lock import LOCK_FILES, FolderLock, claim
from trainer.storage.system import best_effort, created, renamed, sync_file

log = logging.getLogger(__name__)

#: Prefix of the names of staging folders.
STAGED = ".latent-explorer-writing-"
_MANIFEST = "manifest.json"
_KIND = "files that Latent Explorer is writing; once it has ended this folder can be removed"
_MOST_MANIFEST, _MOST_KEEPER = 100_000, 64_000_000
#: Seconds to wait for another writer of the same file; attempts to create a folder that is being swept.
_WAIT, _TRIES = 2.0, 10
#: The only files outside itself that a staging folder may remove: tensor files, whose names contain their hash.
_PART = re.compile(r"[a-z]+-[0-9a-f]{16}\.safetensors")


class BeingWrittenError(RefusedFileError):
    """Another program is writing the same file."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EBUSY, Sentence("another program is writing it"), path)


@dataclass(slots=True)
class Staging:
    """A hidden folder in which files are written before they are renamed into the folder that contains it.

    Attributes:
        folder: the hidden folder.
        place: the destination folder.
        private: files are restricted to their owner.
    """

    folder: Path
    place: Path
    private: bool
    _lock: FolderLock = field(repr=False)
    _numbers: int = 0

    @contextlib.contextmanager
    def writing(self, name: str, replaced: Path | None = None) -> Iterator[tuple[Path, BinaryIO]]:
        """(path, file) of a new file with mode and owner of `replaced`; synced when the block ends."""
        # A short temporary name: the final name may already have the maximum length.
        self._numbers += 1
        path = self.folder / f"{self._numbers}{Path(name).suffix[:20]}"
        with os.fdopen(created(path, replaced, private=self.private), "wb") as file:
            yield path, file
            file.flush()
            sync_file(file.fileno())

    def put(self, name: str, data: bytes) -> None:
        """Write `data` atomically to the file `name` in the destination folder."""
        with self.writing(name, self.place / name) as (path, file):
            file.write(data)
        renamed(path, self.place / name)


@contextlib.contextmanager
def staging(
    place: Path, name: str, *, keeper: str = "", parts: Collection[str] = (), private: bool = False
) -> Iterator[Staging]:
    """A `Staging` for writing `name` in the existing folder `place`; removed when the block ends.

    When the block ends, the tensor files `parts` in `place` that the file `keeper` does not mention are removed:
    after success, after an exception, and, by the next writer in this folder, after the process was killed.

    Raises `BeingWrittenError` if another program is writing the same name, and `OSError` if `place` is not
    writable.
    """
    sweep(place)
    folder = place / f"{STAGED}{_short(name)}"
    lock = _entered(folder, place / name)
    try:
        manifest = _Manifest(keeper, tuple(sorted({*parts, *_Manifest.read(folder).parts})))
        manifest.write(folder)
        yield Staging(folder, place, private, lock)
    finally:
        _settle(folder, lock)


def sweep(place: Path) -> None:
    """Remove the leftovers of killed writers from `place`, as far as possible."""
    with best_effort():
        found = [Path(entry.path) for entry in os.scandir(place) if entry.name.startswith(STAGED)]
        for folder in found:
            if not folder.is_symlink() and folder.is_dir() and _ours(folder):
                with best_effort():
                    lock = claim(folder)
                    if lock is not None:
                        _settle(folder, lock)
                        log.info("removed %s, which a writer that was killed left behind", folder)


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The manifest of a staging folder: `parts` to be removed unless the file `keeper` mentions them."""

    keeper: str = ""
    parts: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        text = json.dumps({"kind": _KIND, "keeper": self.keeper, "parts": self.parts}, indent=1)
        (folder / _MANIFEST).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> _Manifest:
        """The manifest of `folder`; one without parts if it is missing, damaged or contains unexpected names."""
        try:
            with (folder / _MANIFEST).open("rb") as file:
                found = json.loads(file.read(_MOST_MANIFEST))
            keeper, parts = found["keeper"], tuple(found["parts"])
            if found["kind"] == _KIND and Path(keeper).name == keeper and all(map(_PART.fullmatch, parts)):
                return cls(keeper, parts)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            pass
        return cls()


def _short(name: str) -> str:
    """A short hash of a name; equal for names that differ only in case or Unicode composition."""
    plain = unicodedata.normalize("NFC", name).casefold()
    return hashlib.blake2b(plain.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


def _ours(folder: Path) -> bool:
    """Whether `folder` is a staging folder: it contains a manifest, or nothing yet."""
    names = set(os.listdir(folder))
    if not names - LOCK_FILES:
        return True
    try:
        with (folder / _MANIFEST).open("rb") as file:
            return _KIND.encode() in file.read(_MOST_MANIFEST)
    except OSError:
        return False


def _entered(folder: Path, target: Path) -> FolderLock:
    for _ in range(_TRIES):
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        try:
            lock = claim(folder, _WAIT)
        except FileNotFoundError:
            continue  # another process is sweeping it
        except OSError:
            with best_effort():
                folder.rmdir()
            raise
        if lock is not None:
            return lock
        break
    raise BeingWrittenError(target)


def _settle(folder: Path, lock: FolderLock) -> None:
    """End a staging: remove the parts that are not kept, then the folder, unless a part could not be removed.

    On Windows a part that another program has open stays until the next writer sweeps.
    """
    manifest = _Manifest.read(folder)
    left = [part for part in _not_kept(folder.parent, manifest) if not _removed(folder.parent / part)]
    with best_effort():
        for entry in folder.iterdir():
            if entry.name != _MANIFEST and entry.name not in LOCK_FILES:
                _remove(entry)
        if left:
            _Manifest(manifest.keeper, tuple(left)).write(folder)
        else:
            (folder / _MANIFEST).unlink(missing_ok=True)
    lock.release()
    with best_effort():
        folder.rmdir()


def _not_kept(place: Path, manifest: _Manifest) -> list[str]:
    if not manifest.parts:
        return []
    try:
        text = read_regular(place / manifest.keeper, _MOST_KEEPER)
    except FileNotFoundError:
        text = b""
    except OSError:
        return []  # the keeper cannot be read, so nothing is removed
    return [part for part in manifest.parts if part.encode() not in text]


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)


def _removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
