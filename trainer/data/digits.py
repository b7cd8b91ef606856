"""The 1,797 handwritten digits of 8 x 8 pixels that scikit-learn ships: available offline, no download."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.colour import with_colour
from trainer.data.images import DataError, DataInfo, ImageData
from trainer.data.loading import Loading, Source
from trainer.data.split import shuffled, train_rows

TITLE = "Handwritten digits (8 x 8)"
COUNT = 1797
_SIDE = 8
_LEVELS = 16  # a value counts the inked pixels of a 4 x 4 block, 0 to 16


def load_digits(config: DataConfig, loading: Loading) -> ImageData:
    """The digits with values 0 to 16 scaled to 0 to 255; the held-out rows are a seeded random choice."""
    table = _read_table()
    loading.check()
    count = min(COUNT, config.count or COUNT)
    order = shuffled(COUNT, config.seed)[:count]
    pixels = np.rint(table[order, :-1] * (255 / _LEVELS)).astype(np.uint8)
    return ImageData(
        config=config,
        title=TITLE,
        images=with_colour(pixels.reshape(count, 1, _SIDE, _SIDE), config.colour),
        train_count=train_rows(count, config.held_out),
        source_rows=order,
        labels=table[order, -1].astype(np.int64),
        label_names=tuple(str(digit) for digit in range(10)),
    )


def _read_table() -> np.ndarray:
    """float64 (1797, 65): 64 pixels and the label of each image."""
    # `find_spec` locates a top-level package without importing it: reading the file takes 0.1 s, importing
    # sklearn.datasets 2.5 s.
    spec = importlib.util.find_spec("sklearn")
    for package in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(package) / "datasets" / "data" / "digits.csv.gz"
        if file.is_file():
            with gzip.open(file, "rt", encoding="ascii") as text:
                table = np.loadtxt(text, delimiter=",")
            if table.shape == (COUNT, _SIDE * _SIDE + 1) and table.min() >= 0 and table.max() <= _LEVELS:
                return table
    try:
        from sklearn import datasets
    except ImportError as error:
        raise DataError("The handwritten digits come with scikit-learn, which is not installed.") from error
    bunch = datasets.load_digits()
    return np.column_stack([bunch.data, bunch.target])


def _info(_folder: Path) -> DataInfo:
    return DataInfo(
        name="digits", title=TITLE, shape=(1, _SIDE, _SIDE), count=COUNT, present=True, download_bytes=0
    )


SOURCES = (Source(name="digits", load=load_digits, info=_info),)
