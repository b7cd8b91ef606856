"""Counts the pictures in a folder before it is imported, by the rules of the reader."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.data.folder_layout import layout_of
from trainer.data.image_search import FoundImage, ImageSearch
from trainer.data.picture_names import FORMATS, suffix_of
from trainer.sentences import reason_of

#: Time limit in seconds; the rest of the folder is then not counted.
_SECONDS = 0.25
#: Maximum number of files that are opened to count their pages: a single file may be a stack of pages.
_FEW = 3


@dataclass(frozen=True, slots=True)
class FolderSurvey:
    """The result of a survey.

    Attributes:
        pictures: number of pictures that will be read; each page of a file counts.
        classes: number of classes defined by the folders.
        complete: whether all files were counted.
        problem: the system's error message if the folder cannot be listed; else "".
        train, held: number of pictures in folders for training and for testing; 0 if the folders define no split.
        left_out: number of files that look like pictures and will not be read.
    """

    pictures: int
    classes: int
    complete: bool
    problem: str = ""
    train: int = 0
    held: int = 0
    left_out: int = 0


def survey_folder(folder: str, only: tuple[str, ...] = (), seconds: float = _SECONDS) -> FolderSurvey:
    """Count the pictures below `folder`, or in its entries `only`, for at most `seconds`. Never raises."""
    root = Path(folder)
    if not root.is_dir():
        return FolderSurvey(0, 0, True, QCoreApplication.translate("folder_survey", "not a folder"))
    end = time.monotonic() + seconds
    search = ImageSearch(root, only)
    complete = True
    try:
        for _ in search.steps():
            if time.monotonic() > end:
                complete = False
                break
    except OSError as error:
        return FolderSurvey(0, 0, True, shown_sentence(reason_of(error)))
    layout = layout_of([file.parts[:-1] for file in search.found])
    train = held = other = outside = 0
    for file in search.found:
        place = layout.places[file.parts[:-1]]
        pages = _pages(file) if len(search.found) <= _FEW else 1
        if place.left_out:
            outside += pages
        elif place.held is None:
            other += pages
        elif place.held:
            held += pages
        else:
            train += pages
    return FolderSurvey(
        pictures=train + held + other,
        classes=len(layout.classes),
        complete=complete,
        train=train,
        held=held,
        left_out=len(search.skipped) + outside,
    )


def _pages(file: FoundImage) -> int:
    if suffix_of(file.path.name) not in FORMATS["TIFF"]:
        return 1
    from trainer.data.image_file import pictures_in  # imports Pillow, which is slow; not needed at start

    return max(1, pictures_in(file.path))
