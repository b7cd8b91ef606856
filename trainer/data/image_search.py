"""Finds picture files in a folder tree, in an order that is the same on every system."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.data.images import SkippedFile
from trainer.data.natural_order import natural_path_key
from trainer.data.picture_names import (
    FORMER_SUFFIXES,
    NOT_READ,
    SUFFIXES,
    begins_like_picture,
    may_be_picture,
    suffix_of,
)
from trainer.data.system_places import is_hidden, is_systems_own
from trainer.sentences import Sentence, reason_of

_STEP = 1000  # folder entries between two yields
#: Control characters, line separators and bidirectional formatting characters.
_UNRULY = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]")


@dataclass(frozen=True, slots=True)
class FoundImage:
    """A picture found by a search.

    Attributes:
        path: of the file.
        parts: folders and file name below the chosen folder, for display, in composed Unicode.
        page: index from 0 in a file whose pages are separate pictures; None for a file with one picture.
    """

    path: Path
    parts: tuple[str, ...]
    page: int | None = None

    @property
    def name(self) -> str:
        """The path below the chosen folder, for display, the same on all systems; pages count from 1."""
        name = "/".join(self.parts)
        return name if self.page is None else f"{name}#{self.page + 1}"


class ImageSearch:
    """Searches the folder `root`, or some of its entries.

    Attributes:
        found: the picture files found so far, unordered.
        skipped: files that look like pictures but cannot be read, and folders that cannot be listed.
    """

    def __init__(self, root: Path, only: tuple[str, ...] = (), *, former: bool = False) -> None:
        """`only`: paths below `root` with "/"; () for everything. `former` applies the first version's rules."""
        self.found: list[FoundImage] = []
        self.skipped: list[SkippedFile] = []
        self._root = root
        self._only = only
        self._former = former
        self._suffixes = FORMER_SUFFIXES if former else SUFFIXES
        self._seen: set[tuple[int, int]] = set()
        # Links last, so that a folder that is reachable both ways is found under its own name.
        self._waiting: list[tuple[Path, tuple[str, ...]]] = []
        self._links: list[tuple[Path, tuple[str, ...]]] = []

    def steps(self) -> Iterator[None]:
        """Run the search, yielding regularly so that the caller can check the time or stop.

        Raises `OSError` if the chosen folder itself cannot be listed.
        """
        if self._only:
            yield from self._chosen()
        else:
            self._waiting.append((self._root, ()))
        while self._waiting or self._links:
            folder, parts = (self._waiting or self._links).pop()
            yield
            try:
                # Links to folders are followed, but no folder is entered twice, so that link loops end.
                status = folder.stat()
                if (status.st_dev, status.st_ino) in self._seen or self._is_hidden(status, parts):
                    continue
                self._seen.add((status.st_dev, status.st_ino))
                with os.scandir(folder) as listed:
                    entries = sorted(listed, key=lambda entry: entry.name)
            except OSError as error:
                if folder == self._root:
                    raise
                self._skip(parts, Sentence("the folder cannot be read ({reason})", reason=reason_of(error)))
                continue
            names = self._shown([entry.name for entry in entries])
            for number, (entry, name) in enumerate(zip(entries, names, strict=True)):
                if number % _STEP == _STEP - 1:
                    yield
                self._take(entry, (*parts, name))

    def ordered(self) -> list[FoundImage]:
        """The files found, in natural order; with `former` in code point order."""
        return sorted(self.found, key=lambda file: file.parts if self._former else natural_path_key(file.parts))

    def _chosen(self) -> Iterator[None]:
        for relative in self._only:
            yield
            parts = tuple(part for part in relative.split("/") if part not in ("", ".", ".."))
            path = self._root.joinpath(*parts)
            shown = tuple(name for part in parts for name in self._shown([part]))
            if path.is_dir():
                self._waiting.append((path, shown))
            elif path.is_file() and (suffix_of(path.name) in self._suffixes or self._begins_like_one(path)):
                self.found.append(FoundImage(path, shown))
            else:
                reason = (
                    Sentence("not a picture in a format that is read here")
                    if path.exists()
                    else Sentence("it vanished")
                )
                self._skip(shown, reason)

    def _begins_like_one(self, path: str | os.PathLike[str]) -> bool:
        if self._former or not may_be_picture(os.path.basename(path)):
            return False
        return _leads_to(lambda: begins_like_picture(path))

    def _is_hidden(self, status: os.stat_result, parts: tuple[str, ...]) -> bool:
        return bool(parts) and not self._former and is_hidden(status)

    def _take(self, entry: os.DirEntry[str], parts: tuple[str, ...]) -> None:
        if entry.name.startswith(".") or (not self._former and is_systems_own(entry.name)):
            return
        suffix = suffix_of(entry.name)
        if _leads_to(entry.is_dir):
            (self._links if entry.is_symlink() else self._waiting).append((Path(entry.path), parts))
        elif suffix in self._suffixes:
            if _leads_to(entry.is_file):
                self.found.append(FoundImage(Path(entry.path), parts))
            else:
                # Only regular files are opened: opening a pipe could block forever.
                self._skip(parts, Sentence("not a file, or a link that leads nowhere"))
        elif self._begins_like_one(entry.path):
            self.found.append(FoundImage(Path(entry.path), parts))
        elif suffix in NOT_READ:
            self._skip(parts, Sentence("{suffix} is not a format that is read here", suffix=suffix))

    def _skip(self, parts: tuple[str, ...], reason: Sentence) -> None:
        self.skipped.append(SkippedFile("/".join(parts), reason))

    def _shown(self, names: list[str]) -> list[str]:
        """The names in one folder as text in composed Unicode.

        Bytes that are not UTF-8, control characters and bidirectional marks are escaped (\\xe9, \\n), so that
        different names stay different and every name fits on one line.
        """
        if self._former:
            return [
                unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode("utf-8") for name in names
            ]
        written = [_UNRULY.sub(_escaped, os.fsencode(name).decode("utf-8", "backslashreplace")) for name in names]
        taken = {name for name, text in zip(names, written, strict=True) if name == text}
        shown = []
        for name, text in zip(names, written, strict=True):
            while text != name and text in taken:  # another file has the escaped spelling as its real name
                text += "\\"
            taken.add(text)
            shown.append(unicodedata.normalize("NFC", text))
        return shown


def _escaped(unruly: re.Match[str]) -> str:
    return unruly[0].encode("unicode_escape").decode("ascii")


def _leads_to(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # a link to itself
        return False
