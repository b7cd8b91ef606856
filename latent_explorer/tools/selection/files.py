"""Copies of images in a new folder: their own files, or PNG files named by their numbers."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from latent_explorer.core.explorer import DataView
from trainer.export.png import write_png
from trainer.progress import Progress
from trainer.sentences import Sentence, SentenceError, reason_of

_UNRULY = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class CopyError(SentenceError):
    """Why images could not be copied."""


@dataclass(frozen=True, slots=True)
class Copied:
    """folder: the new folder. files: number of copied files. drawn: number of images written as PNG."""

    folder: str
    files: int
    drawn: int


def copy_images(data: DataView, rows: np.ndarray, place: Path, name: str) -> Iterator[object]:
    """Copy `rows` into a new folder of this name in `place`; yields progress, and a `Copied` at the end.

    Nothing is overwritten. If cancelled, or after an error, the new folder is removed. Raises `CopyError`.
    """
    folder = _new_folder(place, name)
    done = files = 0
    try:
        try:
            for row in rows.tolist():
                files += _copy_one(data, row, folder)
                done += 1
                yield Progress(done, len(rows), Sentence("images"), Sentence("Copying"))
        except OSError as error:
            raise CopyError(
                "The images could not be copied to {path} ({reason}); choose another place.",
                path=folder,
                reason=reason_of(error),
            ) from error
        yield Copied(str(folder), files, done - files)
        done = -1
    finally:
        if done >= 0:
            shutil.rmtree(folder, ignore_errors=True)


def _new_folder(place: Path, name: str) -> Path:
    stem = _UNRULY.sub(" ", name).strip(" .")[:80] or "selection"
    for number in range(1, 10_000):
        folder = place / (stem if number == 1 else f"{stem} {number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise CopyError(
                "No folder can be made in {path} ({reason}); choose another place.",
                path=place,
                reason=reason_of(error),
            ) from error
        return folder
    raise CopyError("{path} holds too many folders of this name; choose another place.", path=place)


def _copy_one(data: DataView, row: int, folder: Path) -> bool:
    """Copy one image; returns whether its own file was copied."""
    file = data.file(row)
    parts = [_UNRULY.sub("_", part) for part in file.split("/") if part not in ("", ".", "..")]
    if parts and data.config.path is not None:
        source = Path(data.config.path).joinpath(*file.split("/"))
        target = folder.joinpath(*parts)
        # Displayed names are composed and without control characters, so a file's real name may differ.
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, _free(target))
            return True
        target = target.with_name(f"{target.name.replace('#', ' ')}.png")
    else:
        target = folder / f"{data.place(row):06d}.png"
    picture = data.picture(row)
    if picture is None:
        raise CopyError("The images themselves are not at hand; load the data set first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.ascontiguousarray(np.repeat(picture, 3, axis=2) if picture.shape[2] == 1 else picture[:, :, :3])
    settings = {"data": data.title, "image": data.place(row), "class": data.label(row)}
    for _ in write_png(_free(target), pixels, settings):
        pass
    return False


def _free(target: Path) -> Path:
    """`target`, or a similar unused name: different characters may be replaced by the same one."""
    number, free = 2, target
    while os.path.lexists(free):
        free, number = target.with_stem(f"{target.stem} {number}"), number + 1
    return free
