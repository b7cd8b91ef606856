"""Looking for picture files in a folder, whatever else lies in it, in an order that no system can change."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainer.data.images import SkippedFile
from trainer.data.loading import Loading
from trainer.storage.names import as_text

#: Lower-case endings of the files that count as pictures; what is in them is for `trainer.data.image_file`.
SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff", ".pgm", ".ppm"))
#: Picture formats that people have but that are not read here: named, so that nobody wonders where they went.
_NOT_READ = frozenset(
    (".heic", ".heif", ".avif", ".svg", ".psd", ".raw", ".cr2", ".nef", ".dng", ".jp2", ".jxl", ".ico", ".tga")
)


@dataclass(frozen=True, slots=True)
class FoundImage:
    """A picture file: where it is, and its path below the chosen folder in composed Unicode."""

    path: Path
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The path below the chosen folder, for people and alike on all systems."""
        return "/".join(self.parts)


def find_images(root: Path, loading: Loading) -> tuple[list[FoundImage], list[SkippedFile]]:
    """All picture files below `root`, sorted by the code points of their composed names, and those not read.

    Raises `OSError` if `root` itself cannot be listed, `CancelledError` if cancelled.
    """
    found: list[FoundImage] = []
    skipped: list[SkippedFile] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Path, tuple[str, ...]]] = [(root, ())]
    links: list[tuple[Path, tuple[str, ...]]] = []
    while waiting or links:
        # Links last, so that a folder that can be reached both ways goes by its own name.
        folder, parts = (waiting or links).pop()
        loading.advance(len(found), None, "images", "Looking for images")
        try:
            # Links to folders are followed, but no folder is entered twice: a loop of links ends.
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if folder == root:
                raise
            skipped.append(SkippedFile("/".join(parts), f"the folder cannot be read ({error.strerror})"))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue  # the systems' own: thumbnails, resource forks, version control
            below = (*parts, _shown(entry.name))
            suffix = os.path.splitext(entry.name)[1].lower()
            if _leads_to(entry.is_dir):
                (links if entry.is_symlink() else waiting).append((Path(entry.path), below))
            elif suffix in _NOT_READ:
                skipped.append(SkippedFile("/".join(below), f"{suffix} is not a format that is read here"))
            elif suffix in SUFFIXES and _leads_to(entry.is_file):
                found.append(FoundImage(Path(entry.path), below))
            elif suffix in SUFFIXES:
                # A pipe would be waited for without end, so only regular files are ever opened.
                skipped.append(SkippedFile("/".join(below), "not a file, or a link that leads nowhere"))
    return sorted(found, key=lambda file: file.parts), skipped


def _shown(name: str) -> str:
    """A file name composed as all systems would have it, with bytes that are no text spelled out."""
    return as_text(unicodedata.normalize("NFC", name))


def _leads_to(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # a link to itself
        return False
