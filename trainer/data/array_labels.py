"""Class labels from the forms they are saved in: numbers, text, booleans, one-hot tables, with missing values."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.data.images import DataError
from trainer.data.npy_stream import ArrayFile
from trainer.sentences import Sentence

_MOST_CLASSES = 10_000
#: Above this, a float64 can no longer represent every integer.
_EXACT = 2.0**53


@dataclass(slots=True)
class Classes:
    """Class labels int64 (n,), -1 where unknown, with class names; or labels None and a `factor` float64 (n,)."""

    labels: np.ndarray | None
    names: tuple[str, ...] = ()
    factor: np.ndarray | None = None
    remarks: list[Sentence] = field(default_factory=list)


def classes_of(values: np.ndarray, array: ArrayFile) -> Classes:
    """Classes from one label per image: (n,) of bool, numbers or text; NaN, -1 and empty text mean unknown.

    Fractions, and numbers with too many distinct values, become a factor instead. Raises `DataError` naming the
    `array` for negative numbers, for invalid Unicode and for text with too many distinct values.
    """
    where, name = array.where, array.name
    if values.dtype.kind in "SU":
        values = _text(values, where)
    elif values.dtype.kind == "f":
        values = values.astype(np.float64)
    unknown = _unknown(values)
    remarks: list[Sentence] = []
    if unknown.any():
        remarks.append(
            Sentence(
                "{count:,} of {all:,} rows of {name} are of no known class.",
                count=unknown.sum(),
                all=len(values),
                name=name,
            )
        )
    known = values[~unknown]
    if not len(known):
        remarks.append(Sentence("{name} holds no known label, so there are no classes.", name=name))
        return Classes(None, remarks=remarks)
    if values.dtype.kind == "f" and ((known != np.rint(known)).any() or np.abs(known).max() > _EXACT):
        remarks.append(Sentence("{name} holds fractions, so it becomes a factor instead of classes.", name=name))
        return Classes(None, factor=values, remarks=remarks)
    if values.dtype.kind == "f":
        known = known.astype(np.int64)
    if known.dtype.kind == "i" and known.min() < -1:
        raise DataError(
            "{array} holds the label {label}; only -1, for unknown, may be negative.",
            array=where,
            label=known.min(),
        )
    kinds, places = np.unique(known, return_inverse=True)
    if len(kinds) > _MOST_CLASSES:
        if kinds.dtype.kind not in "iu":
            raise DataError(
                "{array} holds {count:,} different labels; at most {most:,} can be used.",
                array=where,
                count=len(kinds),
                most=_MOST_CLASSES,
            )
        remarks.append(
            Sentence(
                "{name} holds {count:,} different numbers, too many for classes, and becomes a factor.",
                name=name,
                count=len(kinds),
            )
        )
        return Classes(None, factor=values.astype(np.float64), remarks=remarks)
    labels = np.full(len(values), -1, np.int64)
    labels[~unknown] = places
    return Classes(labels, tuple(str(kind) for kind in kinds), remarks=remarks)


def one_hot_classes(values: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]] | None:
    """Labels int64 (n,) and class names of a one-hot table (n, K); None if the table is not one-hot."""
    ones = values == 1
    if not ((values == 0) | ones).all() or not (ones.sum(axis=1) == 1).all():
        return None
    return ones.argmax(axis=1).astype(np.int64), tuple(str(place) for place in range(values.shape[1]))


def _unknown(values: np.ndarray) -> np.ndarray:
    """bool (n,): which labels mean that the class is unknown."""
    if values.dtype.kind in "if":
        gaps = ~np.isfinite(values) if values.dtype.kind == "f" else np.zeros(len(values), bool)
        minus = values == -1
        # With only -1 and 1 present these are two classes, as support vector machines use them.
        return gaps if set(np.unique(values[~gaps]).tolist()) == {-1, 1} else gaps | minus
    return values == "" if values.dtype.kind == "U" else np.zeros(len(values), bool)


def _text(values: np.ndarray, where: str) -> np.ndarray:
    """`values` as str. Raises `DataError` for invalid Unicode."""
    if values.dtype.kind == "S":
        return np.char.decode(values, "utf-8", "replace")
    points = np.ascontiguousarray(values).view(np.uint32 if values.dtype.isnative else values.dtype.str[0] + "u4")
    if (points > 0x10FFFF).any() or ((points >= 0xD800) & (points <= 0xDFFF)).any():
        raise DataError("{array} holds text that is not Unicode; save the labels again.", array=where)
    return values.astype(values.dtype.newbyteorder("="))
