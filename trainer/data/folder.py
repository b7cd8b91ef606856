"""Loads a folder of pictures; class subfolders become labels.

`trainer.data.folder_layout` defines what the folders mean. Unusable files are skipped and listed with a reason;
remarks report what was guessed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trainer.config import CONV_SIDES, DataConfig
from trainer.data.images import DataError, ImageData, SkippedFile
from trainer.data.loading import Loading, Source
from trainer.data.picture_names import FORMATS
from trainer.data.split import train_rows

if TYPE_CHECKING:
    from trainer.data.folder_layout import FolderLayout
    from trainer.data.folder_survey import Survey, Surveyed
    from trainer.data.image_search import FoundImage


def load_folder(config: DataConfig, loading: Loading) -> ImageData:
    """The pictures below `config.path`, resized to one size, in a seeded order that is the same on every system.

    `config.size` None takes 28, 32 or 64, whichever is nearest to the median picture's side. Colour "auto" means
    grey if no picture contains colour. `config.count` limits the set to a seeded random subset of that size.
    Folders for training and testing define the split; without them it is random and seeded.

    Raises `DataError` if the folder is missing, empty or has fewer than two usable pictures.
    """
    from trainer.data.folder_pixels import FolderPixels
    from trainer.data.folder_survey import survey
    from trainer.data.picture_opening import careful_pillow

    root = _root(config)
    chosen = root / config.only[0] if len(config.only) == 1 else root
    with careful_pillow():
        found = survey(root, config, loading)
        if not found.pictures:
            raise DataError(_nothing(chosen) if not found.skipped else _too_few(chosen, 0, found.skipped))
        pixels = FolderPixels(found.pictures, root, config, loading)
        images, used = pixels.read(config.size or _side(found.pictures, config.fit))
    skipped = sorted({*found.skipped, *pixels.skipped}, key=lambda file: file.path)
    if len(used) < 2:
        raise DataError(_too_few(chosen, len(used), skipped))
    train, split_remarks = _split(found, used, config)
    files = [found.pictures[place].file for place in used]
    labels, names = _labels(files, found.layout)
    return ImageData(
        config=config if pixels.white is None else config.replace(white=pixels.white),
        title=chosen.name or str(chosen),
        images=images,
        train_count=train,
        labels=labels,
        label_names=names,
        skipped=tuple(skipped),
        remarks=(*split_remarks, *_frame_remarks(found), *pixels.remarks),
        files=tuple(file.name for file in files),
    )


def _root(config: DataConfig) -> Path:
    if not config.path:
        raise DataError("No folder was chosen; choose the folder of the images.")
    root = Path(os.path.expanduser(config.path))
    if root.is_file():
        raise DataError(f"{root} is a file, not a folder of images; choose the folder that it lies in.")
    if not root.is_dir():
        raise DataError(f"The folder {root} does not exist; choose another.")
    return Path(os.path.abspath(root))  # gives "." a name to use as title


def _side(pictures: list[Surveyed], fit: str) -> int:
    """28, 32 or 64: the nearest to the median of the side that `fit` preserves; ties go to the smaller."""
    decides = min if fit == "crop" else max
    median = float(np.median([decides(picture.header.width, picture.header.height) for picture in pictures]))
    return min(CONV_SIDES, key=lambda side: (abs(side - median), side))


def _split(found: Survey, used: list[int], config: DataConfig) -> tuple[int, list[str]]:
    """Number of training rows among those used, and remarks about the split."""
    layout, count = found.layout, len(used)
    if found.train is None:
        if not (layout.train or layout.held):
            return train_rows(count, config.held_out), []
        folders = " and ".join(layout.train or layout.held)
        return train_rows(count, config.held_out), [
            f"There is no folder to {'test' if layout.train else 'train'} on beside {folders}, so a random part "
            "of their images is held out."
        ]
    train = sum(place < found.train for place in used)
    if not 0 < train < count:
        return train_rows(count, config.held_out), [
            f"Of the folders {', '.join(layout.train)} and {', '.join(layout.held)} only some hold images that "
            "can be used, so a random part is held out."
        ]
    return train, [
        f"The folders are the split: {train:,} images of {' and '.join(layout.train)} are trained on, "
        f"{count - train:,} of {' and '.join(layout.held)} are held out."
    ]


def _frame_remarks(found: Survey) -> list[str]:
    remarks = []
    if found.stacks == 1:
        remarks.append(f"One file has {found.pages:,} pages, and each is an image.")
    elif found.stacks:
        remarks.append(f"{found.stacks:,} files have {found.pages:,} pages, and each is an image.")
    if found.animations == 1:
        remarks.append(
            f"One file is an animation: its first frame is an image, {found.frames:,} more are left out."
        )
    elif found.animations:
        remarks.append(
            f"{found.animations:,} files are animations: their first frames are images, {found.frames:,} more are "
            "left out."
        )
    return remarks


def _labels(files: list[FoundImage], layout: FolderLayout) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """int64 (n,) labels of `files` and the class names, or None and no names if there are no classes.

    The classes come from all files found, so that a class does not vanish with its last damaged picture.
    """
    if not layout.classes:
        return None, ()
    numbers = {name: number for number, name in enumerate(layout.classes)}
    labels = [numbers.get(layout.places[file.parts[:-1]].label, -1) for file in files]
    return np.array(labels, np.int64), layout.classes


def _nothing(root: Path) -> str:
    return f"{root} holds no images ({', '.join(FORMATS)}); choose another folder."


def _too_few(root: Path, usable: int, skipped: list[SkippedFile]) -> str:
    have = "no image that can be used" if usable == 0 else "only one image that can be used"
    sentence = f"{root} holds {have}; at least two are needed"
    if skipped:
        first = skipped[0]
        more = f" and {len(skipped) - 1:,} more" if len(skipped) > 1 else ""
        sentence += f" (left out: {first.path}{more}: {first.reason})"
    return sentence + "."


SOURCES = (Source(name="folder", load=load_folder),)
