"""Images in a NumPy file: .npy with the images alone, .npz with labels or generating factors beside them.

In a .npz the arrays are found by name: images under one of `IMAGE_KEYS`, labels under one of `LABEL_KEYS`,
factors under one of `FACTOR_KEYS`; `x_train` and `x_test` (or `train_images` and `test_images`) with their
labels are an official split, the second held out. dSprites' file is read as published, apart from its metadata,
which are objects and stay closed.

Shapes and values are those of `trainer.data.pixel_scale`; objects are never unpickled.
"""

from __future__ import annotations

import os
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from trainer.config import DataConfig
from trainer.data.array_columns import factor_columns, label_column
from trainer.data.colour import with_colour
from trainer.data.images import DataError, ImageData
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory
from trainer.data.npy_stream import ArrayFile, open_array, read_rows, read_whole, readable
from trainer.data.pixel_scale import Layout, layout_of, to_bytes
from trainer.data.split import official_rows, shuffled, train_rows

SUFFIXES = (".npy", ".npz")
IMAGE_KEYS = ("imgs", "images", "image", "x", "data", "arr_0")
LABEL_KEYS = ("labels", "label", "y", "targets", "target")
FACTOR_KEYS = ("factors", "latents_values", "latents")
#: (training images, training labels, held-out images, held-out labels)
SPLIT_KEYS = (
    ("x_train", "y_train", "x_test", "y_test"),
    ("train_images", "train_labels", "test_images", "test_labels"),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Images with what lies beside them, all with equally many rows."""

    images: ArrayFile
    labels: ArrayFile | None
    factors: ArrayFile | None
    shapes: ArrayFile | None  # dSprites' classes, of which the second column is the shape

    @property
    def rows(self) -> int:
        return self.images.shape[0]


def load_array(config: DataConfig, loading: Loading) -> ImageData:
    """The images of the array file `config.path`; `config.count` reads a seeded choice of so many.

    Raises `DataError` for whatever is wrong with the file, its shapes or its values.
    """
    path = _path(config)
    parts = _parts(path)
    layout = layout_of(parts[0].images.shape, parts[0].images.where)
    if len(parts) == 2:
        orders = list(official_rows(parts[0].rows, parts[1].rows, config))
        train_count = len(orders[0])
    else:
        order = shuffled(parts[0].rows, config.seed)[: config.count]
        train_count = train_rows(len(order), config.held_out)
        orders = [order]
    images = _images(parts, orders, layout, config, loading)
    labels, label_names = label_column(
        [part.labels for part in parts], [part.shapes for part in parts], orders, loading
    )
    factors, factor_names = factor_columns([part.factors for part in parts], orders, loading)
    return ImageData(
        config=config,
        title=path.stem,
        images=images,
        train_count=train_count,
        labels=labels,
        label_names=label_names,
        factors=factors,
        factor_names=factor_names,
    )


def _path(config: DataConfig) -> Path:
    if not config.path:
        raise DataError("No array was chosen; choose a .npy or .npz file.")
    path = Path(os.path.expanduser(config.path))
    if path.is_dir():
        raise DataError(f"{path} is a folder, not an array; choose a .npy or .npz file.")
    if not path.is_file():
        raise DataError(f"The array file {path} does not exist; choose another.")
    return path


def _parts(path: Path) -> list[_Part]:
    """One part, or an official training and held-out part."""
    with path.open("rb") as file:
        archive = file.read(2) == b"PK"
    if not archive:
        opener = cast("partial[BinaryIO]", partial(path.open, "rb"))
        return [_Part(open_array(str(path), opener, path.stat().st_size), None, None, None)]
    with readable(str(path)), zipfile.ZipFile(path) as packed:
        members = {
            member.filename.removesuffix(".npy").lower(): member
            for member in packed.infolist()
            if member.filename.endswith(".npy")
        }
    for train_x, train_y, test_x, test_y in SPLIT_KEYS:
        if train_x in members and test_x in members:
            return [
                _part(path, members, train_x, (train_y,), ()),
                _part(path, members, test_x, (test_y,), ()),
            ]
    images = [key for key in (*IMAGE_KEYS, "x_train", "train_images") if key in members] or (
        list(members) if len(members) == 1 else []
    )
    if not images:
        names = ", ".join(sorted(members)[:8]) or "none"
        raise DataError(f"{path} has no array called images (it has {names}); save the images under that name.")
    labels = {"x_train": ("y_train",), "train_images": ("train_labels",)}.get(images[0], LABEL_KEYS)
    return [_part(path, members, images[0], labels, FACTOR_KEYS)]


def _part(
    path: Path,
    members: dict[str, zipfile.ZipInfo],
    image_key: str,
    label_keys: tuple[str, ...],
    factor_keys: tuple[str, ...],
) -> _Part:
    def first(keys: tuple[str, ...]) -> ArrayFile | None:
        found = [key for key in keys if key in members]
        return _member(path, found[0], members[found[0]]) if found else None

    images = _member(path, image_key, members[image_key])
    part = _Part(images, first(label_keys), first(factor_keys), first(("latents_classes",) if factor_keys else ()))
    for column in (part.labels, part.factors, part.shapes):
        if column is not None and column.shape[0] != part.rows:
            raise DataError(
                f"{column.where} has {column.shape[0]:,} rows for {part.rows:,} images; save one row an image."
            )
    return part


def _member(path: Path, key: str, member: zipfile.ZipInfo) -> ArrayFile:
    return open_array(f"{key} in {path}", partial(_open_member, path, member), member.file_size)


def _open_member(path: Path, member: zipfile.ZipInfo) -> BinaryIO:
    # The archive's own file is closed with the last member that was opened from it.
    with zipfile.ZipFile(path) as packed:
        return cast(BinaryIO, packed.open(member))


def _images(
    parts: list[_Part], orders: list[np.ndarray], layout: Layout, config: DataConfig, loading: Loading
) -> np.ndarray:
    """uint8 (n, C, H, W): rows `orders` of the parts, one part after the other."""
    first = parts[0].images
    for part in parts[1:]:
        if part.images.shape[1:] != first.shape[1:] or part.images.dtype != first.dtype:
            raise DataError(f"{part.images.where} and {first.where} differ in shape or type; save them alike.")
    rows = sum(len(order) for order in orders)
    kept_as_is = first.dtype == np.uint8 and not layout.last
    needed = rows * (first.row_bytes + (0 if kept_as_is else layout.pixels))
    needed += rows * layout.pixels * 3 if config.colour == "colour" and layout.channels == 1 else 0
    needed += sum(part.images.resident_bytes for part in parts if part.images.fortran)
    check_memory(needed, f"{first.where} ({rows:,} images of {layout.height} x {layout.width})")
    raw = np.empty((rows, *first.shape[1:]), first.dtype.newbyteorder("="))
    start = 0
    for part, order in zip(parts, orders, strict=True):
        target = raw[start : start + len(order)]
        if part.images.fortran:
            target[...] = read_whole(part.images, loading)[order]
        else:
            read_rows(part.images, order, target, loading, "Reading images")
        start += len(order)
    loading.check()
    if raw.dtype == np.bool_:
        raw = (raw.view(np.uint8) != 0).view(np.uint8)  # a file's booleans may be any byte
    return with_colour(to_bytes(raw, layout, first.where), config.colour)


SOURCES = (Source(name="array", load=load_array),)
