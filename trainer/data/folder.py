"""A folder of pictures, class subfolders becoming labels.

The first folder below the chosen one is a picture's class, however deep the picture lies; folders that hold all
of them (a chosen folder with one folder inside) are stepped into first. Pictures beside class folders have no
label. What cannot be used is left out and listed with its reason.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trainer.config import CONV_SIDES, DataConfig
from trainer.data.colour import grey
from trainer.data.image_search import SUFFIXES, FoundImage, find_images
from trainer.data.images import DataError, ImageData, SkippedFile
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.data.split import shuffled, train_rows
from trainer.machine_limits import available_cores

_THREADS = max(2, min(8, available_cores()))  # Pillow decodes without holding the interpreter
_BATCH = 256  # pictures between two looks at whether the folder is still there
_REPORT = 16  # pictures between two reports


@dataclass(slots=True)
class _Survey:
    """What the headers of all files said. Lists go together, a file a place."""

    files: list[FoundImage]
    sides: list[tuple[int, int]]
    coloured: list[bool]
    skipped: list[SkippedFile]


def load_folder(config: DataConfig, loading: Loading) -> ImageData:
    """The pictures below `config.path`, brought to one size, in seeded order that does not depend on the system.

    `config.size` None takes 28, 32 or 64, whichever is nearest to the median picture's side. "auto" colour is
    grey if no picture shows any colour. `config.count` reads a seeded choice of so many.

    Raises `DataError` if the folder is missing, empty or has fewer than two usable pictures.
    """
    from trainer.data.image_file import careful_pillow

    root = _root(config)
    with careful_pillow():
        survey = _survey(root, config, loading)
        side = config.size or _side(survey.sides, config.fit)
        images, used = _read(survey, side, config, loading, root)
    if len(used) < 2:
        raise DataError(_too_few(root, len(used), survey))
    files = [survey.files[index] for index in used]
    labels, names = _labels(files, survey.files)
    return ImageData(
        config=config,
        title=root.name or str(root),
        images=images,
        train_count=train_rows(len(files), config.held_out),
        labels=labels,
        label_names=names,
        skipped=tuple(sorted(survey.skipped, key=lambda skipped: skipped.path)),
    )


def _root(config: DataConfig) -> Path:
    if not config.path:
        raise DataError("No folder was chosen; choose the folder of the images.")
    root = Path(os.path.expanduser(config.path))
    if root.is_file():
        raise DataError(f"{root} is a file, not a folder of images; choose the folder that it lies in.")
    if not root.is_dir():
        raise DataError(f"The folder {root} does not exist; choose another.")
    return Path(os.path.abspath(root))  # so that "." has a name


def _survey(root: Path, config: DataConfig, loading: Loading) -> _Survey:
    """Find the files, put them into seeded order and read their headers."""
    from trainer.data.image_file import UNREADABLE, probe, reason

    found, skipped = find_images(root, loading)
    if not found:
        formats = ", ".join(sorted(suffix[1:] for suffix in SUFFIXES))
        raise DataError(f"{root} holds no images ({formats}); choose another folder.")
    ordered = [found[index] for index in shuffled(len(found), config.seed)]
    survey = _Survey([], [], [], skipped)
    for number, file in enumerate(ordered):
        if number % _BATCH == 0:
            loading.advance(number, len(ordered), "images", "Looking at images")
            _still_there(root)
        try:
            header = probe(file.path)
        except UNREADABLE as error:
            skipped.append(SkippedFile(file.name, reason(error)))
            continue
        survey.files.append(file)
        survey.sides.append((header.width, header.height))
        survey.coloured.append(header.may_be_coloured)
        if len(survey.files) == config.count:
            break
    if not survey.files:
        _still_there(root)
        raise DataError(_too_few(root, 0, survey))
    return survey


def _side(sides: list[tuple[int, int]], fit: str) -> int:
    """28, 32 or 64: the nearest to the median of the side that decides, and of two equally near the smaller."""
    median = float(np.median([min(pair) if fit == "crop" else max(pair) for pair in sides]))
    return min(CONV_SIDES, key=lambda side: (abs(side - median), side))


def _read(
    survey: _Survey, side: int, config: DataConfig, loading: Loading, root: Path
) -> tuple[np.ndarray, list[int]]:
    """Decode all surveyed files: uint8 (n, C, side, side) and the places in the survey that they came from."""
    from trainer.data.image_file import UNREADABLE, reason, square_pixels

    count = len(survey.files)
    channels = 1 if config.colour == "grey" or (config.colour == "auto" and not any(survey.coloured)) else 3
    largest = max(width * height for width, height in survey.sides)
    # The result, a grey copy should colour turn out not to be there, and what the decoders hold meanwhile.
    needed = count * (channels + (channels == 3)) * side * side + _THREADS * largest * 8
    check_memory(needed, f"{count:,} images from {root}, brought to {side} x {side} pixels,")
    images = np.empty((count, channels, side, side), np.uint8)

    def decode(index: int) -> str | None:
        try:
            images[index] = square_pixels(survey.files[index].path, side, config.fit, channels)
        except UNREADABLE as error:
            return reason(error)
        return None

    used: list[int] = []
    for index, problem in _in_threads(decode, count, loading, lambda: _still_there(root)):
        if problem is not None:
            survey.skipped.append(SkippedFile(survey.files[index].name, problem))
            continue
        images[len(used)] = images[index]  # close the gaps that unreadable files leave
        used.append(index)
    _still_there(root)
    images = images[: len(used)]
    if config.colour == "auto" and channels == 3 and not _any_colour(images):
        images = grey(images)
    return images, used


def _in_threads(
    work: Callable[[int], str | None], count: int, loading: Loading, between: Callable[[], None]
) -> Iterator[tuple[int, str | None]]:
    """(item, result) for items 0 to `count` - 1 in order, with progress, cancellation and `between` at times."""
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="images") as pool:
        for start in range(0, count, _BATCH):
            between()
            futures = [pool.submit(work, item) for item in range(start, min(start + _BATCH, count))]
            try:
                for item, future in enumerate(futures, start=start):
                    if item % _REPORT == 0:
                        loading.advance(item, count, "images", "Reading images")
                    yield item, future.result()
                    loading.check()
            finally:
                for future in futures:
                    future.cancel()  # those not begun: a large picture may take a second each


def _any_colour(images: np.ndarray) -> bool:
    """Whether any pixel of uint8 (N, 3, H, W) is not grey."""
    return any(
        bool((block[:, :1] != block[:, 1:]).any())
        for block in (images[start : start + _BATCH] for start in range(0, len(images), _BATCH))
    )


def _labels(files: list[FoundImage], surveyed: list[FoundImage]) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """int64 (n,) labels of `files` and the class names, or None and no names if there are no class folders.

    Classes come from all surveyed files, so that a class does not vanish with its last damaged picture.
    """
    folders = [file.parts[:-1] for file in surveyed]
    shared = 0
    while all(len(parts) > shared and parts[shared] == folders[0][shared] for parts in folders):
        shared += 1
    names = tuple(sorted({parts[shared] for parts in folders if len(parts) > shared}))
    if not names:
        return None, ()
    place = {name: index for index, name in enumerate(names)}
    labels = [place[file.parts[shared]] if len(file.parts) - 1 > shared else -1 for file in files]
    return np.array(labels, np.int64), names


def _still_there(root: Path) -> None:
    if not root.is_dir():
        raise DataError(f"The folder {root} vanished while it was being read; choose it again once it is back.")


def _too_few(root: Path, usable: int, survey: _Survey) -> str:
    have = "no image that can be used" if usable == 0 else "only one image that can be used"
    sentence = f"{root} holds {have}; at least two are needed"
    if survey.skipped:
        first = survey.skipped[0]
        more = f" and {len(survey.skipped) - 1:,} more" if len(survey.skipped) > 1 else ""
        sentence += f" (left out: {first.path}{more}: {first.reason})"
    return sentence + "."


SOURCES = (Source(name="folder", load=load_folder),)
