"""The parts of a data set by their names, and which images are measured."""

from __future__ import annotations

import numpy as np

from trainer.data.images import DataError, ImageData
from trainer.data.split import subset

#: Names of parts.
WHICH = ("all", "train", "held-out")


def rows(which: str, data: ImageData) -> range:
    """Row numbers of the "all", "train" or "held-out" images. Raises `DataError` if there are none."""
    if which == "held-out" and data.train_count == data.count:
        raise DataError(
            "No image of {title} is held out, all are trained on; choose --which train.", title=data.title
        )
    return range(
        data.train_count if which == "held-out" else 0, data.train_count if which == "train" else data.count
    )


def usual_part(data: ImageData) -> str:
    """The part that is measured by default: held-out images, or all if there are none."""
    return "held-out" if data.train_count < data.count else "train"


def measured_rows(data: ImageData, which: str, most: int | None, seed: int) -> np.ndarray:
    """int64 (n,), ascending: a seeded random choice of at most `most` rows of a part. Raises `DataError`."""
    part = rows(which, data)
    return part.start + subset(len(part) if most is None else most, len(part), seed)
