"""Labels and generating factors that lie beside an array of images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.data.memory import check_memory
from trainer.data.npy_stream import ArrayFile, read_whole

_DSPRITES_FACTORS = ("color", "shape", "scale", "orientation", "x position", "y position")
_DSPRITES_SHAPES = ("square", "ellipse", "heart")
_MAX_CLASSES = 10_000


def label_column(
    labels: Sequence[ArrayFile | None],
    shapes: Sequence[ArrayFile | None],
    orders: Sequence[np.ndarray],
    loading: Loading,
) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """int64 (n,) labels and their names, from whole numbers (-1 is unknown) or from text; None if there are none.

    Args:
        labels: (N,) or (N, 1), one array a part.
        shapes: dSprites' classes (N, 6), taken where there are no labels.
        orders: rows to take of each part.
        loading: of this load.
    """
    given = [column for column in labels if column is not None]
    if len(given) == len(labels):
        values = np.concatenate(
            [_single(column, loading)[order] for column, order in zip(given, orders, strict=True)]
        )
        return _classes(values, given[0].where)
    classes = shapes[0]
    if classes is None or len(classes.shape) != 2 or classes.shape[1] != len(_DSPRITES_FACTORS):
        return None, ()
    column = _whole(classes, loading)[orders[0], 1].astype(np.int64)
    if column.min() < 0 or column.max() >= len(_DSPRITES_SHAPES):
        return None, ()
    return column, _DSPRITES_SHAPES


def factor_columns(
    factors: Sequence[ArrayFile | None], orders: Sequence[np.ndarray], loading: Loading
) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """float32 (n, F) factors and their names, or None and no names. Columns that never vary are left out.

    `factors` are (N,) or (N, F), one array a part; `orders` the rows to take of each.
    """
    given = [column for column in factors if column is not None]
    if not given or len(given) < len(factors):
        return None, ()
    where = given[0].where
    if any(column.dtype.kind not in "buif" or len(column.shape) > 2 for column in given):
        raise DataError(f"{where} is not a table of numbers; save one row of factors an image.")
    tables = [_whole(column, loading).reshape(column.shape[0], -1) for column in given]
    table = np.concatenate([table[order] for table, order in zip(tables, orders, strict=True)])
    with np.errstate(over="ignore"):
        table = table.astype(np.float32)
    if not np.isfinite(table).all():
        raise DataError(f"{where} holds factors that are not finite; replace them first.")
    published = where.startswith("latents_values") and table.shape[1] == len(_DSPRITES_FACTORS)
    names = _DSPRITES_FACTORS if published else tuple(f"factor {i + 1}" for i in range(table.shape[1]))
    varying = np.flatnonzero((table != table[:1]).any(axis=0))
    if not len(varying):
        return None, ()
    return np.ascontiguousarray(table[:, varying]), tuple(names[index] for index in varying)


def _whole(array: ArrayFile, loading: Loading) -> np.ndarray:
    check_memory(2 * array.resident_bytes, array.where)
    return read_whole(array, loading)


def _single(array: ArrayFile, loading: Loading) -> np.ndarray:
    if len(array.shape) > 2 or (len(array.shape) == 2 and array.shape[1] != 1):
        raise DataError(f"{array.where} has the shape {array.shape}; save one label an image.")
    return _whole(array, loading).reshape(-1)


def _classes(values: np.ndarray, where: str) -> tuple[np.ndarray, tuple[str, ...]]:
    if values.dtype.kind == "f":
        if not np.isfinite(values).all() or (values != np.rint(values)).any():
            raise DataError(f"{where} holds labels that are not whole numbers; save classes as 0, 1, 2 and so on.")
        values = values.astype(np.int64)
    if values.dtype.kind == "S":
        values = np.char.decode(values, "utf-8", "replace")
    if values.dtype.kind in "iu" and values.min() < -1:
        raise DataError(f"{where} holds the label {values.min()}; only -1, for unknown, may be negative.")
    unknown = values == -1 if values.dtype.kind in "i" else np.zeros(len(values), bool)
    kinds = np.unique(values[~unknown])
    if len(kinds) > _MAX_CLASSES:
        raise DataError(f"{where} holds {len(kinds):,} different labels; at most {_MAX_CLASSES:,} can be used.")
    labels = np.searchsorted(kinds, values).astype(np.int64)
    labels[unknown] = -1
    return labels, tuple(str(kind) for kind in kinds)
