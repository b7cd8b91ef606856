"""A quick look at how many pictures a folder holds, before it is read."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from trainer.data.image_search import SUFFIXES

#: Longer than this the window does not wait; the rest of the folder is then not counted.
_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class FolderSurvey:
    """What was found: pictures, the folders directly inside that hold some, and whether all were counted."""

    pictures: int
    classes: int
    complete: bool
    problem: str = ""


def survey_folder(folder: str, seconds: float = _SECONDS) -> FolderSurvey:
    """Count the pictures below `folder` for at most `seconds`. Never raises; `problem` is the system's reason."""
    if not Path(folder).is_dir():
        return FolderSurvey(0, 0, True, QCoreApplication.translate("folder_survey", "not a folder"))
    pictures, inside = 0, set()
    end = time.monotonic() + seconds
    problems: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    # Links are followed as the reader follows them; no folder is entered twice, so loops of links end.
    for place, folders, names in os.walk(folder, onerror=problems.append, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        status = os.stat(place)
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        found = sum(os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith(".") for name in names)
        pictures += found
        below = Path(place).relative_to(folder).parts
        if found and below:
            inside.add(below[0])
        if time.monotonic() > end:
            return FolderSurvey(pictures, len(inside), False)
    problem = (problems[0].strerror or "") if problems and not pictures else ""
    return FolderSurvey(pictures, len(inside), True, problem)
