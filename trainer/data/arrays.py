"""Loads images from a NumPy file: .npy with images alone, .npz also with labels or generating factors.

`trainer.data.array_roles` decides which array of a .npz is which. `x_train` and `x_test` (or `train_images` and
`test_images`, or validation images) with their labels form an official split; the second part is held out.
dSprites' published file is read as it is, except its metadata, which is a pickled object: objects are never
unpickled. `trainer.data.pixel_scale` lists the accepted shapes, `trainer.data.white_level` the value ranges.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.array_columns import columns_of
from trainer.data.array_members import array_members
from trainer.data.array_roles import Part, not_used, roles_of
from trainer.data.colour import with_colour
from trainer.data.images import DataError, ImageData
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.data.npy_stream import read_rows, read_whole
from trainer.data.pixel_scale import Layout, layout_of, to_bytes, value_range
from trainer.data.split import official_rows, shuffled, source_rows, train_rows
from trainer.data.white_level import PixelScale, scale_of
from trainer.sentences import Sentence

SUFFIXES = (".npy", ".npz")


def load_array(config: DataConfig, loading: Loading) -> ImageData:
    """Load the array file `config.path`; `config.count` limits it to a seeded random subset of that size.

    Raises `DataError` if the file, its shapes or its values cannot be used.
    """
    path = _path(config)
    members = array_members(path)
    # The rules of the first version ignore validation images.
    roles = roles_of(members, path, ("test",) if config.rules == 1 else ("test", "val"))
    parts = roles.parts
    layout = layout_of(parts[0].images.shape, parts[0].images.where)
    _check_room(parts, layout, config)
    if len(parts) == 2:
        orders = list(official_rows(parts[0].rows, parts[1].rows, config))
        train_count = len(orders[0])
    else:
        orders = [shuffled(parts[0].rows, config.seed)[: config.count]]
        train_count = train_rows(len(orders[0]), config.held_out)
    images, scale = _images(parts, orders, layout, config, loading)
    columns = columns_of(parts, orders, loading)
    left = {one.name for one in roles.unused} - set(columns.used) | set(columns.given_up)
    unused = not_used([one for one in members if one.name in left])
    return ImageData(
        config=config.replace(white=scale.white) if scale.guessed else config,
        title=path.stem,
        images=images,
        train_count=train_count,
        labels=columns.labels,
        label_names=columns.names,
        factors=columns.factors,
        factor_names=columns.factor_names,
        remarks=(*scale.remarks, *roles.remarks, *columns.remarks, *unused),
        source_rows=source_rows(orders, [part.rows for part in parts]),
    )


def _path(config: DataConfig) -> Path:
    if not config.path:
        raise DataError("No array was chosen; choose a .npy or .npz file.")
    path = Path(os.path.expanduser(config.path))
    if path.is_dir():
        raise DataError("{path} is a folder, not an array; choose a .npy or .npz file.", path=path)
    if not path.exists():
        raise DataError("The array file {path} does not exist; choose another.", path=path)
    return path


def _rows(parts: Sequence[Part], config: DataConfig) -> int:
    total = sum(part.rows for part in parts)
    return total if config.count is None else min(total, config.count)


def _check_room(parts: Sequence[Part], layout: Layout, config: DataConfig) -> None:
    """Check the free memory before any allocation whose size the file declares, row permutations included."""
    first = parts[0].images
    for part in parts[1:]:
        if part.images.shape[1:] != first.shape[1:] or part.images.dtype != first.dtype:
            raise DataError(
                "{array} and {other} differ in shape or type; save them alike.",
                array=part.images.where,
                other=first.where,
            )
    if first.dtype.kind not in "buif":
        raise DataError("{array} holds text, not pixel values; choose an array of numbers.", array=first.where)
    rows = _rows(parts, config)
    kept_as_is = first.dtype == np.uint8 and not layout.last
    needed = rows * (first.row_bytes + (0 if kept_as_is else layout.pixels))
    needed += rows * layout.pixels * 3 if config.colour == "colour" and layout.channels == 1 else 0
    needed += sum(part.images.resident_bytes for part in parts if part.images.fortran)
    needed += sum(part.rows for part in parts) * np.dtype(np.int64).itemsize
    what = Sentence(
        "{array} ({count:,} images of {height} x {width})",
        array=first.where,
        count=rows,
        height=layout.height,
        width=layout.width,
    )
    check_memory(needed, what)


def _images(
    parts: Sequence[Part], orders: Sequence[np.ndarray], layout: Layout, config: DataConfig, loading: Loading
) -> tuple[np.ndarray, PixelScale]:
    """uint8 (n, C, H, W): the rows `orders` of each part, concatenated; and the scale of their values."""
    first = parts[0].images
    raw = np.empty((sum(map(len, orders)), *first.shape[1:]), first.dtype.newbyteorder("="))
    start = 0
    for part, order in zip(parts, orders, strict=True):
        target = raw[start : start + len(order)]
        if part.images.fortran:
            target[...] = read_whole(part.images, loading)[order]
        else:
            read_rows(part.images, order, target, loading)
        start += len(order)
    loading.check()
    if raw.dtype == np.bool_:
        raw = (raw.view(np.uint8) != 0).view(np.uint8)  # a boolean in a file may be stored as any byte
    low, high = value_range(raw)
    scale = scale_of(first.dtype, low, high, first.where, config.white, guess=config.rules > 1)
    return with_colour(to_bytes(raw, layout, scale), config.colour), scale


SOURCES = (Source(name="array", load=load_array),)
