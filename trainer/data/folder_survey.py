"""Surveys a folder of pictures before decoding: files, the meaning of folders, headers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.config import DataConfig
from trainer.data.folder_layout import FolderLayout, layout_of
from trainer.data.image_search import FoundImage, ImageSearch
from trainer.data.images import DataError, SkippedFile
from trainer.data.in_threads import in_threads
from trainer.data.loading import Loading
from trainer.data.picture_names import FORMATS, suffix_of
from trainer.data.split import limit_official, shuffled
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.data.image_file import Header

_REPORT = 16  # pictures between two progress reports
_SEVERAL = frozenset(FORMATS["TIFF"])  # suffixes of files whose pages are separate pictures


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A picture with a readable header, to be decoded."""

    file: FoundImage
    header: Header


@dataclass(slots=True)
class Survey:
    """The result of a survey.

    Attributes:
        pictures: pictures to decode, in row order: a seeded permutation within each part of the split.
        train: number of training pictures by folder names; None if these define no split.
        layout: the meaning of the folders.
        skipped: files that cannot be read.
        animations, frames: number of animated files, and of their frames after the first, which are left out.
        stacks, pages: number of files with several pages, and of their pages.
    """

    pictures: list[Surveyed] = field(default_factory=list)
    train: int | None = None
    layout: FolderLayout = field(default_factory=lambda: FolderLayout({}, ()))
    skipped: list[SkippedFile] = field(default_factory=list)
    animations: int = 0
    frames: int = 0
    stacks: int = 0
    pages: int = 0


def survey(root: Path, config: DataConfig, loading: Loading) -> Survey:
    """Survey the folder `root`. Raises `DataError` if it vanishes, `OSError` if it cannot be listed."""
    search = ImageSearch(root, config.only, former=config.former)
    for _ in search.steps():
        loading.advance(len(search.found), None, Sentence("images"), Sentence("Looking for images"))
    files = search.ordered()
    seen = Survey(skipped=search.skipped)
    seen.layout = layout_of([file.parts[:-1] for file in files], former=config.former)
    parts: dict[bool | None, list[FoundImage]] = {None: [], False: [], True: []}
    for file in files:
        place = seen.layout.places[file.parts[:-1]]
        if place.left_out:
            seen.skipped.append(SkippedFile(file.name, place.left_out))
        else:
            parts[place.held].append(file)
    look = _Headers(root, config, loading, seen)
    train, held = parts[False], parts[True]
    if train and held:
        train, held = look.with_pages(train), look.with_pages(held)
        limits = limit_official(len(train), len(held), config.count)
        look.take(train, limits[0])
        seen.train = len(seen.pictures)
        look.take(held, limits[1])
    else:
        look.take(look.with_pages(parts[None]), config.count)
    if config.former:  # the first version took the classes of the pictures read, not of all found
        seen.layout = layout_of([picture.file.parts[:-1] for picture in seen.pictures], former=True)
    return seen


def still_there(root: Path) -> None:
    """Raise `DataError` if the folder no longer exists."""
    if not root.is_dir():
        raise DataError(
            "The folder {path} vanished while it was being read; choose it again once it is back.", path=root
        )


class _Headers:
    """Reads file headers until enough pictures are found."""

    def __init__(self, root: Path, config: DataConfig, loading: Loading, seen: Survey) -> None:
        self._root = root
        self._config = config
        self._loading = loading
        self._seen = seen
        self._known: dict[FoundImage, Header] = {}

    def with_pages(self, files: list[FoundImage]) -> list[FoundImage]:
        """`files` with multi-page files expanded to their pages, which are shuffled like separate pictures."""
        stacks = [file for file in files if suffix_of(file.path.name) in _SEVERAL]
        if self._config.former or not stacks:
            return files
        pages: dict[FoundImage, list[FoundImage]] = {}
        for file, headers in self._look(stacks):
            found = [file]
            if len(headers) > 1:
                found = [FoundImage(file.path, file.parts, header.page) for header in headers]
            self._known.update(zip(found, headers, strict=True))
            pages[file] = found
            if len(headers) > 1:
                self._seen.stacks += 1
                self._seen.pages += len(headers)
        several = set(stacks)
        return [page for file in files for page in (pages.get(file, []) if file in several else [file])]

    def take(self, files: list[FoundImage], limit: int | None) -> None:
        """Add up to `limit` readable pictures of `files`, in seeded order."""
        ordered = [files[index] for index in shuffled(len(files), self._config.seed)]
        wanted = len(files) if limit is None else limit
        for file, headers in self._look(ordered):
            if wanted <= 0:
                break
            self._seen.pictures.append(Surveyed(file, headers[0]))
            wanted -= 1

    def _look(self, files: list[FoundImage]) -> Iterable[tuple[FoundImage, tuple[Header, ...]]]:
        """Yield every file whose header can be read, in order; the others are recorded as skipped."""
        from trainer.data.image_file import probe
        from trainer.data.picture_opening import UNREADABLE, reason

        def work(file: FoundImage) -> tuple[tuple[Header, ...], int] | Sentence:
            if file in self._known:
                return (self._known[file],), 0
            try:
                return probe(file.path, former=self._config.former)
            except UNREADABLE as error:
                return reason(error)

        def between() -> None:
            still_there(self._root)

        for number, (file, found) in enumerate(in_threads(work, files, self._loading.check, between)):
            if number % _REPORT == 0:
                self._loading.advance(number, len(files), Sentence("images"), Sentence("Looking at images"))
            if isinstance(found, Sentence):
                self._seen.skipped.append(SkippedFile(file.name, found))
                continue
            headers, frames = found
            if frames:
                self._seen.animations += 1
                self._seen.frames += frames
            yield file, headers
        between()
