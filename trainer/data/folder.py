"""Loads a folder of pictures; class subfolders become labels, or a CSV file lists them.

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
from trainer.data.labels_file import FileLabels, place_of, read_labels
from trainer.data.loading import Loading, Source
from trainer.data.picture_names import FORMATS
from trainer.data.split import train_rows
from trainer.sentences import Sentence

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
    from trainer.data.picture_opening import strict_pillow

    root = _root(config)
    chosen = root / config.only[0] if len(config.only) == 1 else root
    with strict_pillow():
        found = survey(root, config, loading)
        if not found.pictures:
            raise _too_few(chosen, 0, found.skipped) if found.skipped else _nothing(chosen)
        pixels = FolderPixels(found.pictures, root, config, loading)
        images, used = pixels.read(config.size or _side(found.pictures, config.fit))
    skipped = sorted({*found.skipped, *pixels.skipped}, key=lambda file: file.path)
    if len(used) < 2:
        raise _too_few(chosen, len(used), skipped)
    train, split_remarks = _split(found, used, config)
    files = [found.pictures[place].file for place in used]
    labels, names = _labels(files, found.layout)
    told = FileLabels()
    if config.labels is not None:
        told = read_labels(place_of(config.labels, root), ["/".join(file.parts) for file in files])
        if told.labels is not None:
            labels, names = told.labels, told.label_names
    return ImageData(
        config=config if pixels.white is None else config.replace(white=pixels.white),
        title=chosen.name or str(chosen),
        images=images,
        train_count=train,
        labels=labels,
        label_names=names,
        factors=told.factors,
        factor_names=told.factor_names,
        skipped=tuple(skipped),
        remarks=(*told.remarks, *split_remarks, *_frame_remarks(found), *pixels.remarks),
        files=tuple(file.name for file in files),
    )


def _root(config: DataConfig) -> Path:
    if not config.path:
        raise DataError("No folder was chosen; choose the folder of the images.")
    root = Path(os.path.expanduser(config.path))
    if root.is_file():
        raise DataError("{path} is a file, not a folder of images; choose the folder that it lies in.", path=root)
    if not root.is_dir():
        raise DataError("The folder {path} does not exist; choose another.", path=root)
    return Path(os.path.abspath(root))  # gives "." a name to use as title


def _side(pictures: list[Surveyed], fit: str) -> int:
    """28, 32 or 64: the nearest to the median of the side that `fit` preserves; ties go to the smaller."""
    decides = min if fit == "crop" else max
    median = float(np.median([decides(picture.header.width, picture.header.height) for picture in pictures]))
    return min(CONV_SIDES, key=lambda side: (abs(side - median), side))


def _split(found: Survey, used: list[int], config: DataConfig) -> tuple[int, list[Sentence]]:
    """Number of training rows among those used, and remarks about the split."""
    layout, count = found.layout, len(used)
    if found.train is None:
        if not (layout.train or layout.held):
            return train_rows(count, config.held_out), []
        if layout.train:
            remark = Sentence(
                "There is no folder to test on beside {folders}, so a random part of their images is held out.",
                folders=" and ".join(layout.train),
            )
        else:
            remark = Sentence(
                "There is no folder to train on beside {folders}, so a random part of their images is held out.",
                folders=" and ".join(layout.held),
            )
        return train_rows(count, config.held_out), [remark]
    train = sum(place < found.train for place in used)
    if not 0 < train < count:
        return train_rows(count, config.held_out), [
            Sentence(
                "Of the folders {train} and {held} only some hold images that can be used, so a random part is "
                "held out.",
                train=", ".join(layout.train),
                held=", ".join(layout.held),
            )
        ]
    return train, [
        Sentence(
            "The folders are the split: {count:,} images of {train} are trained on, {rest:,} of {held} are held "
            "out.",
            count=train,
            train=" and ".join(layout.train),
            rest=count - train,
            held=" and ".join(layout.held),
        )
    ]


def _frame_remarks(found: Survey) -> list[Sentence]:
    remarks = []
    if found.stacks == 1:
        remarks.append(Sentence("One file has {count:,} pages, and each is an image.", count=found.pages))
    elif found.stacks:
        remarks.append(
            Sentence(
                "{files:,} files have {count:,} pages, and each is an image.",
                files=found.stacks,
                count=found.pages,
            )
        )
    if found.animations == 1:
        remarks.append(
            Sentence(
                "One file is an animation: its first frame is an image; further frames left out: {count:,}.",
                count=found.frames,
            )
        )
    elif found.animations:
        remarks.append(
            Sentence(
                "{files:,} files are animations: their first frames are images, {count:,} more are left out.",
                files=found.animations,
                count=found.frames,
            )
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


def _nothing(root: Path) -> DataError:
    formats = ", ".join(FORMATS)
    return DataError("{path} holds no images ({formats}); choose another folder.", path=root, formats=formats)


def _too_few(root: Path, usable: int, skipped: list[SkippedFile]) -> DataError:
    have = Sentence("only one image that can be used") if usable else Sentence("no image that can be used")
    if not skipped:
        return DataError("{path} holds {have}; at least two are needed.", path=root, have=have)
    first, more = skipped[0], len(skipped) - 1
    if not more:
        return DataError(
            "{path} holds {have}; at least two are needed (left out: {file}: {reason}).",
            path=root,
            have=have,
            file=first.path,
            reason=first.reason,
        )
    return DataError(
        "{path} holds {have}; at least two are needed (left out: {file} and {count:,} more: {reason}).",
        path=root,
        have=have,
        file=first.path,
        count=more,
        reason=first.reason,
    )


SOURCES = (Source(name="folder", load=load_folder),)
