"""A choice among the rows of a data set, as text: "0-99,105" are rows 0 to 99 and row 105. Torch-free.

A choice among already chosen rows is a further step after "/": "0-99/3,5" are the fourth and the sixth of the
first hundred rows. Numbers refer to the rows that all other settings of `DataConfig` give.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import DataError, ImageData
from trainer.data.memory import check_memory
from trainer.data.split import shuffled, train_rows
from trainer.sentences import Sentence


def ranges(rows: np.ndarray) -> str:
    """`rows`, int64 (n,) and ascending, each once, as text."""
    if not len(rows):
        return ""
    breaks = np.flatnonzero(np.diff(rows) != 1)
    firsts, lasts = rows[np.concatenate([[0], breaks + 1])], rows[np.concatenate([breaks, [len(rows) - 1]])]
    pairs = zip(firsts.tolist(), lasts.tolist(), strict=True)
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in pairs)


def chosen(config: DataConfig, rows: np.ndarray) -> DataConfig:
    """`config` restricted to these rows (int64 (n,), ascending) of its data set."""
    return config.replace(rows="/".join(step for step in (config.rows, ranges(rows)) if step))


def taken(data: ImageData, config: DataConfig) -> ImageData:
    """The rows of `data` that `config.rows` names, with their labels, factors, files and split.

    Raises `DataError` for rows that do not exist, and for fewer than two.
    """
    whole = data
    for step in config.rows.split("/"):
        data = _step(data, step, config)
    return replace(
        data,
        config=whole.config.replace(rows=config.rows),
        title=f"{whole.title} · {data.count:,} / {whole.count:,}",
        remarks=(
            *data.remarks,
            Sentence(
                "{count:,} chosen images of the {all:,} of {title} are used.",
                count=data.count,
                all=whole.count,
                title=whole.title,
            ),
        ),
    )


def _step(data: ImageData, step: str, config: DataConfig) -> ImageData:
    rows = _rows(step, data)
    if len(rows) < 2:
        raise DataError("At least two images are needed.")
    train, remarks = int((rows < data.train_count).sum()), data.remarks
    if not 0 < train < len(rows) and data.train_count < data.count:
        part = Sentence("training images") if train else Sentence("held out")
        remarks = (
            *remarks,
            Sentence("All chosen images were {part}, so a random part of them is held out now.", part=part),
        )
        rows = rows[shuffled(len(rows), config.seed)]
        train = train_rows(len(rows), config.held_out)
    check_memory(len(rows) * data.images[0].nbytes, Sentence("{count:,} chosen images", count=len(rows)))
    return replace(
        data,
        images=data.images[rows],
        train_count=train,
        labels=None if data.labels is None else data.labels[rows],
        factors=None if data.factors is None else data.factors[rows],
        source_rows=data.places(rows),
        files=tuple(data.files[row] for row in rows.tolist()) if data.files else (),
        remarks=remarks,
    )


def _rows(step: str, data: ImageData) -> np.ndarray:
    """int64 (n,), ascending, each once."""
    used = np.zeros(data.count, bool)
    for part in step.split(","):
        first, _, last = part.partition("-")
        low, high = int(first), int(last or first)
        if not low <= high < data.count:
            raise DataError(
                "The chosen rows {rows} are not all among the {count:,} of {title}; the images may have changed.",
                rows=part,
                count=data.count,
                title=data.title,
            )
        used[low : high + 1] = True
    return np.flatnonzero(used)
