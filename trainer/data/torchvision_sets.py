"""Loads MNIST and its relatives, CIFAR-10 and SVHN from torchvision's folder layout.

The official test part is held out. The four sets in IDX files are read by `trainer.data.idx`, the other two by
torchvision. Importing torchvision takes 5 s, so it is imported only for those two and for downloads.
"""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.colour import with_colour
from trainer.data.download import md5_of
from trainer.data.idx import IdxFile, open_idx, read_idx
from trainer.data.images import DataError, DataInfo, ImageData, MissingDataError
from trainer.data.loading import Loading, Source
from trainer.data.memory import check_memory, format_bytes
from trainer.data.set_places import SetPlace, place_of
from trainer.data.split import official_rows, source_rows
from trainer.data.torchvision_files import FILES, download, torchvision_set
from trainer.regular_file import open_regular
from trainer.sentences import Sentence

_DIGITS = tuple("0123456789")
#: EMNIST "balanced" merges lower-case letters that look like their capitals.
_BALANCED = (*_DIGITS, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"abdefghnqrt")


@dataclass(frozen=True, slots=True)
class KnownSet:
    """Known facts about a set before it is loaded: (C, H, W), official counts, label names, download in bytes."""

    name: str
    title: str
    shape: tuple[int, int, int]
    train: int
    test: int
    labels: tuple[str, ...]
    download_bytes: int
    sideways: bool = False


KNOWN_SETS = (
    KnownSet("mnist", "MNIST", (1, 28, 28), 60_000, 10_000, _DIGITS, 11_594_722),
    KnownSet(
        "fashion-mnist",
        "Fashion-MNIST",
        (1, 28, 28),
        60_000,
        10_000,
        (
            *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
            *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
        ),
        30_878_645,
    ),
    KnownSet(
        "kmnist",
        "Kuzushiji-MNIST",
        (1, 28, 28),
        60_000,
        10_000,
        ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        21_240_888,
    ),
    # EMNIST's files store every picture transposed, as they were written by a column-major program.
    KnownSet("emnist", "EMNIST", (1, 28, 28), 112_800, 18_800, _BALANCED, 561_753_746, sideways=True),
    KnownSet(
        "cifar10",
        "CIFAR-10",
        (3, 32, 32),
        50_000,
        10_000,
        ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
        170_498_071,
    ),
    KnownSet("svhn", "SVHN", (3, 32, 32), 73_257, 26_032, _DIGITS, 246_316_178),
)


#: Images (N, C, H, W), labels int64 (N,), chosen rows of the training and test part, rows of the training part.
Read = tuple[np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray], int]


def load_known(known: KnownSet, config: DataConfig, loading: Loading) -> ImageData:
    """Load `known` from the data folder; download it first if it is missing and `loading.download` allows."""
    place = place_of(known.name, loading.folder)
    if not place.is_whole and not loading.download:
        raise _missing(known, place, loading.folder)
    if not place.is_whole:
        download(known.name, known.title, loading)
        place = place_of(known.name, loading.folder)
    reader = _read_idx_set if FILES[known.name].idx else _read_with_torchvision
    images, labels, chosen, train_rows = reader(known, config, place, loading)
    loading.check()
    if known.sideways:
        images = np.ascontiguousarray(images.transpose(0, 1, 3, 2))
    if labels.min() < 0 or labels.max() >= len(known.labels):
        raise DataError(
            "{title} in {folder} has labels that it cannot have; download it again.",
            title=known.title,
            folder=loading.folder,
        )
    return ImageData(
        config=config,
        title=known.title,
        images=with_colour(images, config.colour),
        train_count=len(chosen[0]),
        labels=labels,
        label_names=known.labels,
        remarks=_remarks(known, place),
        source_rows=source_rows(chosen, (train_rows, known.test)),
    )


def _read_idx_set(known: KnownSet, config: DataConfig, place: SetPlace, loading: Loading) -> Read:
    paths = [file or expected for file, expected in zip(place.files, place.expected, strict=True)]
    train_x, train_y, test_x, test_y = (
        open_idx(path, dimensions) for path, dimensions in zip(paths, (3, 1, 3, 1), strict=True)
    )
    _check_agreement(known, train_x, train_y)
    _check_agreement(known, test_x, test_y)
    parts = official_rows(train_x.shape[0], test_x.shape[0], config)
    train, test = map(len, parts)
    _, height, width = known.shape
    copies = (1 if not known.sideways else 2) + (4 if config.colour == "colour" else 0)
    check_memory((train + test) * (height * width * copies + 9), known.title)
    images = np.empty((train + test, 1, height, width), np.uint8)
    labels = np.empty(train + test, np.uint8)
    loading.advance(0, train + test, Sentence("images"), Sentence("Reading {name}", name=known.title))
    read_idx(train_x, images[:train, 0], parts[0], loading.cancelled)
    read_idx(train_y, labels[:train], parts[0], loading.cancelled)
    loading.advance(train, train + test, Sentence("images"), Sentence("Reading {name}", name=known.title))
    read_idx(test_x, images[train:, 0], parts[1], loading.cancelled)
    read_idx(test_y, labels[train:], parts[1], loading.cancelled)
    return images, labels.astype(np.int64), parts, train_x.shape[0]


def _check_agreement(known: KnownSet, images: IdxFile, labels: IdxFile) -> None:
    if images.shape[1:] != known.shape[1:]:
        raise DataError(
            "{path} holds images of {height} x {width} pixels, not those of {title}; delete it and download "
            "it again.",
            path=images.path,
            height=images.shape[1],
            width=images.shape[2],
            title=known.title,
        )
    if images.shape[0] != labels.shape[0]:
        raise DataError(
            "{path} labels {labels:,} images but {images} holds {count:,}; delete both and download them again.",
            path=labels.path,
            labels=labels.shape[0],
            images=images.path.name,
            count=images.shape[0],
        )


def _read_with_torchvision(known: KnownSet, config: DataConfig, place: SetPlace, loading: Loading) -> Read:
    loading.advance(0, None, Sentence("images"), Sentence("Reading {name}", name=known.title))
    set_class = torchvision_set(known.name)
    for path, md5 in FILES[known.name].checksums(set_class, place.home):
        # CIFAR-10's batches are pickles, and unpickling an untrusted file can run arbitrary code. Only files whose
        # checksum matches the published one are passed to torchvision.
        if md5_of(path, loading) != md5:
            raise DataError(
                "{path} is not the original file of {title}; delete it and download it again.",
                path=path,
                title=known.title,
            )
    channels, height, width = known.shape
    rows = known.train + known.test
    check_memory(3 * rows * channels * height * width, known.title)  # 3: torchvision makes temporary copies
    train_chosen, test_chosen = official_rows(known.train, known.test, config)
    train, test = len(train_chosen), len(test_chosen)
    images = np.empty((train + test, channels, height, width), np.uint8)
    labels = np.empty(train + test, np.int64)
    for part, start, chosen in (("train", 0, train_chosen), ("test", train, test_chosen)):
        loading.advance(start, train + test, Sentence("images"), Sentence("Reading {name}", name=known.title))
        with _quiet():
            pixels, targets = FILES[known.name].read(set_class, place.home, part)
        if len(pixels) <= chosen[-1] or pixels.shape[1:] != known.shape or len(targets) != len(pixels):
            raise DataError(
                "{title} in {folder} is not as it should be; download it again.",
                title=known.title,
                folder=loading.folder,
            )
        images[start : start + len(chosen)] = pixels[chosen]
        labels[start : start + len(chosen)] = targets[chosen]
    return images, labels, (train_chosen, test_chosen), known.train


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        # The files are from 2009; current numpy deprecates their spelling of a dtype.
        warnings.filterwarnings("ignore", message=r"dtype\(\): align should be passed")
        yield


def _missing(known: KnownSet, place: SetPlace, folder: Path) -> MissingDataError:
    if not folder.is_dir():
        return MissingDataError(
            "The data folder {folder} does not exist; choose another, or download {title} into it.",
            folder=folder,
            title=known.title,
        )
    absent = next(path for path, file in zip(place.expected, place.files, strict=True) if file is None)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        open_regular(absent).close()  # says what there is in its place
    values = {"title": known.title, "folder": folder, "path": absent, "size": format_bytes(known.download_bytes)}
    if any(place.files):
        return MissingDataError(
            "{title} in {folder} is incomplete ({path} is missing); download it ({size}) or choose another data "
            "folder.",
            **values,
        )
    return MissingDataError(
        "{title} is not in {folder} ({path} is missing); download it ({size}) or choose another data folder.",
        **values,
    )


def _remarks(known: KnownSet, place: SetPlace) -> tuple[Sentence, ...]:
    if place.usual:
        return ()
    where = os.path.commonpath([file.parent for file in place.files if file is not None])
    if not place.identified:
        return (
            Sentence(
                "The files in {place} are taken for {title}, as nothing says whose they are.",
                place=where,
                title=known.title,
            ),
        )
    return (Sentence("{title} is read from {place}.", title=known.title, place=where),)


def _info(known: KnownSet, folder: Path) -> DataInfo:
    present = place_of(known.name, folder).is_whole
    return DataInfo(
        name=known.name,
        title=known.title,
        shape=known.shape,
        count=known.train + known.test,
        present=present,
        download_bytes=0 if present else known.download_bytes,
    )


SOURCES = tuple(
    Source(name=known.name, load=partial(load_known, known), info=partial(_info, known)) for known in KNOWN_SETS
)
