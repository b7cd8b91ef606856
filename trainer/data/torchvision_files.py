"""The files of each torchvision data set: names, locations and download.

URLs and checksums are read from torchvision's classes, so that updates of torchvision keep them current.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trainer.data.download import copy, fetched, md5_of, new_file
from trainer.data.images import DataError
from trainer.data.loading import Loading
from trainer.sentences import Sentence, reason_of

Part = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class SetFiles:
    """The files of one data set.

    Attributes:
        class_name: class in `torchvision.datasets`.
        folder: path below the data folder.
        names: file names; for IDX sets training images, training labels, test images, test labels.
        idx: whether they are IDX files.
        get: downloads missing files.
        checksums: (path, hex MD5) of each file; only for sets that torchvision reads.
        read: (class, data folder, "train" or "test") -> (uint8 (N, C, H, W), int64 (N,)); only for sets that
            torchvision reads.
    """

    class_name: str
    folder: str
    names: tuple[str, ...]
    idx: bool
    get: Callable[[Any, SetFiles, str, Loading], None]
    checksums: Callable[[Any, Path], list[tuple[Path, str]]] = lambda _class, _folder: []
    read: Callable[[Any, Path, str], Part] = lambda _class, _folder, _part: (np.empty(0), np.empty(0))

    def place(self, folder: Path) -> Path:
        """The folder of the files."""
        return folder / self.folder


def files_of(name: str, folder: Path) -> list[Path]:
    """Paths of the files of set `name` below the data folder, in the order of `SetFiles.names`."""
    files = FILES[name]
    return [files.place(folder) / file for file in files.names]


def torchvision_set(name: str) -> Any:
    """torchvision's class for set `name`. Raises `DataError` if torchvision cannot be imported."""
    try:
        from torchvision import datasets
    except (ImportError, RuntimeError) as error:  # RuntimeError: torchvision does not match torch
        raise DataError(
            "{name} needs torchvision, which cannot be imported here ({reason}).", name=name, reason=error
        ) from error
    return getattr(datasets, FILES[name].class_name)


def download(name: str, title: str, loading: Loading) -> None:
    """Download the missing files of set `name`; each appears complete and verified or not at all.

    Raises `DataError` if a file cannot be downloaded or written, `CancelledError` if cancelled.
    """
    loading.advance(0, None, Sentence("bytes"), Sentence("Downloading {name}", name=title))
    files = FILES[name]
    try:
        files.get(torchvision_set(name), files, title, loading)
    except OSError as error:
        raise DataError(
            "{title} could not be kept in {folder} ({reason}); make room or choose another data folder.",
            title=title,
            folder=loading.folder,
            reason=reason_of(error),
        ) from error
    except (zlib.error, EOFError, KeyError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise DataError(
            "The archive of {title} could not be unpacked ({reason}); try again later.", title=title, reason=error
        ) from error


def _get_packed_files(set_class: Any, files: SetFiles, title: str, loading: Loading) -> None:
    place = files.place(loading.folder)
    for number, (packed, md5) in enumerate(set_class.resources, start=1):
        target = place / packed.removesuffix(".gz")
        if target.is_file():
            continue
        what = Sentence(
            "{title}, file {number} of {count}", title=title, number=number, count=len(set_class.resources)
        )
        urls = [mirror + packed for mirror in set_class.mirrors]
        with (
            fetched(urls, md5, what, place, loading) as file,
            gzip.open(file, "rb") as source,
            new_file(target) as unpacked,
        ):
            copy(source, unpacked, loading)  # type: ignore[arg-type]


def _get_zip(set_class: Any, files: SetFiles, title: str, loading: Loading) -> None:
    place = files.place(loading.folder)
    with (
        fetched([set_class.url], set_class.md5, title, place, loading) as file,
        zipfile.ZipFile(file) as archive,
    ):
        for name in files.names:
            with (
                archive.open(f"gzip/{name}.gz") as member,
                gzip.open(member, "rb") as source,
                new_file(place / name) as unpacked,
            ):
                copy(source, unpacked, loading)  # type: ignore[arg-type]


def _get_tar(set_class: Any, files: SetFiles, title: str, loading: Loading) -> None:
    place = files.place(loading.folder)
    # The archive is stored in the data folder itself: its subfolder is created with the first extracted member.
    with (
        fetched([set_class.url], set_class.tgz_md5, title, loading.folder, loading) as file,
        tarfile.open(file) as archive,
    ):
        for name in files.names:
            # Only expected members are extracted, under our own names: paths in the archive are not trusted.
            source = archive.extractfile(f"{files.folder}/{name}")
            if source is None:
                raise KeyError(name)
            with source, new_file(place / name) as unpacked:
                copy(source, unpacked, loading)  # type: ignore[arg-type]


def _get_plain_files(set_class: Any, files: SetFiles, title: str, loading: Loading) -> None:
    for part in ("train", "test"):
        url, name, md5 = set_class.split_list[part]
        target = files.place(loading.folder) / name
        if target.is_file() and md5_of(target, loading) == md5:
            continue
        with fetched([url], md5, f"{title}, {part} part", target.parent, loading) as file:
            file.replace(target)


def _cifar_checksums(set_class: Any, folder: Path) -> list[tuple[Path, str]]:
    pairs = [*set_class.train_list, *set_class.test_list, (set_class.meta["filename"], set_class.meta["md5"])]
    return [(folder / set_class.base_folder / name, md5) for name, md5 in pairs]


def _read_cifar(set_class: Any, folder: Path, part: str) -> Part:
    loaded = set_class(folder, train=part == "train")
    return loaded.data.transpose(0, 3, 1, 2), np.asarray(loaded.targets, np.int64)


def _svhn_checksums(set_class: Any, folder: Path) -> list[tuple[Path, str]]:
    return [(folder / name, md5) for _, name, md5 in (set_class.split_list[part] for part in ("train", "test"))]


def _read_svhn(set_class: Any, folder: Path, part: str) -> Part:
    loaded = set_class(folder, split=part)
    return loaded.data, loaded.labels


def _idx_names(prefix: str, test: str) -> tuple[str, ...]:
    return tuple(
        f"{prefix}{part}-{kind}-ubyte" for part in ("train", test) for kind in ("images-idx3", "labels-idx1")
    )


_MNIST = _idx_names("", "t10k")
_CIFAR = (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch", "batches.meta")

FILES: dict[str, SetFiles] = {
    "mnist": SetFiles("MNIST", "MNIST/raw", _MNIST, True, _get_packed_files),
    "fashion-mnist": SetFiles("FashionMNIST", "FashionMNIST/raw", _MNIST, True, _get_packed_files),
    "kmnist": SetFiles("KMNIST", "KMNIST/raw", _MNIST, True, _get_packed_files),
    "emnist": SetFiles("EMNIST", "EMNIST/raw", _idx_names("emnist-balanced-", "test"), True, _get_zip),
    "cifar10": SetFiles("CIFAR10", "cifar-10-batches-py", _CIFAR, False, _get_tar, _cifar_checksums, _read_cifar),
    "svhn": SetFiles(
        "SVHN", ".", ("train_32x32.mat", "test_32x32.mat"), False, _get_plain_files, _svhn_checksums, _read_svhn
    ),
}
