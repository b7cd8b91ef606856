"""A quick look at how many pictures a folder holds, before it is read."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

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
    # Knows which endings count; brings Pillow with it, which the window does not need before this moment.
    from trainer.data.image_file import SUFFIXES

    if not Path(folder).is_dir():
        return FolderSurvey(0, 0, True, "not a folder")
    pictures, inside = 0, set()
    end = time.monotonic() + seconds
    problems: list[OSError] = []
    for place, _, names in os.walk(folder, onerror=problems.append):
        found = sum(os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith(".") for name in names)
        pictures += found
        below = Path(place).relative_to(folder).parts
        if found and below:
            inside.add(below[0])
        if time.monotonic() > end:
            return FolderSurvey(pictures, len(inside), False)
    problem = (problems[0].strerror or "") if problems and not pictures else ""
    return FolderSurvey(pictures, len(inside), True, problem)
