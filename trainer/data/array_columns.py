"""Labels and generating factors stored in the same file as an array of images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from trainer.data.array_labels import classes_of, one_hot_classes
from trainer.data.array_roles import Part
from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.data.memory import check_memory
from trainer.data.npy_stream import ArrayFile, read_whole, times
from trainer.sentences import Sentence

_DSPRITES_FACTORS = ("color", "shape", "scale", "orientation", "x position", "y position")
#: A table with more columns is treated as another array of images, not as labels.
_MOST_COLUMNS = 100
_DSPRITES_SHAPES = ("square", "ellipse", "heart")


@dataclass(slots=True)
class Columns:
    """Labels and factors of the images, one row per image.

    Attributes:
        labels: int64 (n,), -1 where unknown; None without classes. names: class names, in label order.
        factors: float32 (n, F), finite, or None. factor_names: one per column.
        remarks: sentences for the user about what was guessed or left out.
        used: names of arrays that were recognised as labels. given_up: names of arrays that were tried as labels
            or factors and rejected.
    """

    labels: np.ndarray | None = None
    names: tuple[str, ...] = ()
    factors: np.ndarray | None = None
    factor_names: tuple[str, ...] = ()
    remarks: list[Sentence] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)

    def add_factors(self, table: np.ndarray, names: Sequence[str], where: str) -> None:
        """Append the columns of `table` (n, F) that vary, as float32; a remark reports the columns left out."""
        with np.errstate(over="ignore"):
            table = table.astype(np.float32)
        usable = np.isfinite(table).all(axis=0)
        varying = usable & (table != table[:1]).any(axis=0)
        if not usable.all():
            gaps = ", ".join(name for name, whole in zip(names, usable, strict=True) if not whole)
            self.remarks.append(
                Sentence(
                    "{name} has gaps or infinite values in {columns}, which is left out.", name=where, columns=gaps
                )
            )
        still = int((usable & ~varying).sum())
        if still == 1:
            self.remarks.append(Sentence("1 column of {name} never varies and is left out.", name=where))
        elif still:
            self.remarks.append(
                Sentence("{count:,} columns of {name} never vary and are left out.", count=still, name=where)
            )
        if not varying.any():
            return
        kept = np.ascontiguousarray(table[:, varying])
        self.factors = kept if self.factors is None else np.concatenate([self.factors, kept], axis=1)
        self.factor_names += tuple(name for name, chosen in zip(names, varying, strict=True) if chosen)


def columns_of(parts: Sequence[Part], orders: Sequence[np.ndarray], loading: Loading) -> Columns:
    """Read the labels and factors of each part, for the rows given in `orders`.

    Raises `DataError` if an array is named like labels or factors but cannot be used as either.
    """
    columns = Columns()
    _add_factor_arrays(columns, parts, orders, loading)
    if any(part.labels is not None for part in parts):
        _add_labels(columns, parts, orders, loading)
    elif parts[0].shapes is not None:
        _add_shapes(columns, parts[0].shapes, orders[0], loading)
    elif parts[0].guessed is not None:
        _add_guessed(columns, parts[0], orders[0], loading)
    return columns


def _add_labels(columns: Columns, parts: Sequence[Part], orders: Sequence[np.ndarray], loading: Loading) -> None:
    given = [(part.labels, order) for part, order in zip(parts, orders, strict=True) if part.labels is not None]
    first = given[0][0]
    assert first is not None
    for array, _ in given:
        most = _MOST_COLUMNS if array.dtype.kind in "buif" else 1
        if len(array.shape) > 2 or _width(array) > most:
            columns.remarks.append(
                Sentence(
                    "{name} has the shape {shape}, which is neither a label an image nor a table of up to {most} "
                    "numbers.",
                    name=array.name,
                    shape=times(array.shape),
                    most=_MOST_COLUMNS,
                )
            )
            columns.given_up += [one.name for one, _ in given]
            return
        if _width(array) != _width(first) or (array.dtype.kind in "SU") != (first.dtype.kind in "SU"):
            raise DataError(
                "{array} and {other} differ in shape or type; save them alike.",
                array=array.where,
                other=first.where,
            )
    values = np.concatenate([_whole(array, loading).reshape(array.shape[0], -1)[order] for array, order in given])
    if values.shape[1] > 1:
        one_hot = one_hot_classes(values)
        if one_hot is None:
            heads = [f"label {place + 1}" for place in range(values.shape[1])]
            columns.remarks.append(
                Sentence("{name} has {count:,} columns, which become factors.", name=first.name, count=len(heads))
            )
            columns.add_factors(_rows_of_all(values, parts, orders), heads, first.name)
            return
        labels, names = one_hot
        columns.remarks.append(
            Sentence(
                "{name} marks one of {count:,} columns a row (one-hot): its classes.",
                name=first.name,
                count=len(names),
            )
        )
    else:
        found = classes_of(values[:, 0], first)
        columns.remarks += found.remarks
        if found.factor is not None:
            columns.add_factors(_rows_of_all(found.factor[:, None], parts, orders), ["label"], first.name)
        if found.labels is None:
            return
        labels, names = found.labels, found.names
    for part in parts:
        if part.labels is None:
            columns.remarks.append(
                Sentence(
                    "{name} has no labels; its {count:,} images are of no class.",
                    name=part.images.name,
                    count=part.rows,
                )
            )
    columns.labels = _rows_of_all(labels, parts, orders, -1)
    columns.names = names


def _rows_of_all(
    values: np.ndarray, parts: Sequence[Part], orders: Sequence[np.ndarray], filler: float = np.nan
) -> np.ndarray:
    """`values` of the parts that have labels, with `filler` for the rows of the others."""
    dtype = values.dtype if filler == -1 else float
    pieces, start = [], 0
    for part, order in zip(parts, orders, strict=True):
        if part.labels is None:
            pieces.append(np.full((len(order), *values.shape[1:]), filler, dtype))
        else:
            pieces.append(values[start : start + len(order)])
            start += len(order)
    return np.concatenate(pieces)


def _add_shapes(columns: Columns, classes: ArrayFile, order: np.ndarray, loading: Loading) -> None:
    """Take the labels from dSprites' class table, whose second column is the shape."""
    usable = len(classes.shape) == 2 and classes.shape[1] == len(_DSPRITES_FACTORS) and classes.dtype.kind in "iuf"
    column = _whole(classes, loading)[order, 1].astype(np.int64) if usable else np.array([-1])
    if column.min() < 0 or column.max() >= len(_DSPRITES_SHAPES):
        columns.given_up.append(classes.name)
        return
    columns.labels, columns.names = column, _DSPRITES_SHAPES


def _add_guessed(columns: Columns, part: Part, order: np.ndarray, loading: Loading) -> None:
    """Take an array of matching shape for labels if its values repeat often enough to be classes."""
    member = part.guessed
    assert member is not None
    try:
        found = classes_of(_whole(member.array, loading).reshape(-1)[order], member.array)
    except DataError:
        found = None
    if found is None or found.labels is None or len(found.names) > len(order) // 2:
        columns.given_up.append(member.name)
        return
    columns.labels, columns.names = found.labels, found.names
    columns.used.append(member.name)
    columns.remarks.append(
        Sentence("No array is called labels; {name} is taken for them by its shape.", name=member.name)
    )
    columns.remarks += found.remarks


def _add_factor_arrays(
    columns: Columns, parts: Sequence[Part], orders: Sequence[np.ndarray], loading: Loading
) -> None:
    given = [part.factors for part in parts if part.factors is not None]
    if not given:
        return
    where = given[0].where
    if len(given) < len(parts):
        columns.given_up.append(given[0].name)
        return
    if any(array.dtype.kind not in "buif" or len(array.shape) > 2 for array in given):
        raise DataError("{array} is not a table of numbers; save one row of factors an image.", array=where)
    if len({_width(array) for array in given}) > 1:
        raise DataError(
            "{array} and {other} differ in shape or type; save them alike.", array=given[1].where, other=where
        )
    tables = [_whole(array, loading).reshape(array.shape[0], -1) for array in given]
    table = np.concatenate([table[order] for table, order in zip(tables, orders, strict=True)])
    with np.errstate(over="ignore"):
        finite = np.isfinite(table.astype(np.float32)).all()
    if not finite:
        raise DataError("{array} holds factors that are not finite; replace them first.", array=where)
    published = given[0].name.endswith("latents_values") and table.shape[1] == len(_DSPRITES_FACTORS)
    names = _DSPRITES_FACTORS if published else tuple(f"factor {i + 1}" for i in range(table.shape[1]))
    columns.add_factors(table, names, given[0].name)


def _whole(array: ArrayFile, loading: Loading) -> np.ndarray:
    copies = 7 if array.dtype.kind == "S" else 3  # decoding bytes to str takes four times their size
    check_memory(copies * array.resident_bytes + 32 * array.shape[0], array.where)
    values = read_whole(array, loading)
    # A boolean in a file may be stored as any byte, not only 0 or 1.
    return values.view(np.uint8) != 0 if values.dtype == np.bool_ else values


def _width(array: ArrayFile) -> int:
    return array.shape[1] if len(array.shape) == 2 else 1
