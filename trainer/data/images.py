"""A data set in memory: images, labels or factors, split. Imports torch only in `ImageData.tensor`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trainer.config import DataConfig
from trainer.sentences import Sentence, SentenceError
from trainer.storage.names import as_text

if TYPE_CHECKING:
    import torch


class DataError(SentenceError):
    """Data that cannot be used; the message is one sentence that names the problem and what to do."""


class MissingDataError(DataError):
    """A published data set that is missing or incomplete in the data folder and can be downloaded."""


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file left out of a folder of images, with the reason in a few words."""

    path: str
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class ImageData:
    """Images with their split.

    Attributes:
        config: the requested configuration.
        title: display name, such as "MNIST" or the folder's name.
        images: uint8 (N, C, H, W), C-contiguous, read-only. Rows below `train_count` are for training, the rest
            are held out.
        train_count: number of training rows, 1 to N. With N none is held out, and figures are of training rows.
        labels: int64 (N,) indices into `label_names`, -1 where unknown; None for data without classes.
        label_names: class names, in label order.
        factors: float32 (N, F), the exact generating factors; None if there are none.
        factor_names: one per column of `factors`.
        skipped: files that could not be used.
        remarks: sentences for the user about what was guessed or left out.
        source_rows: int64 (N,), index of each row in the source (the row of an array; of a published data set the
            row counted with the test part after the training part); None if the order is the source's own.
        files: the file of each row, relative to the chosen folder; () if the data are not files.
    """

    config: DataConfig
    title: str
    images: np.ndarray = field(repr=False)
    train_count: int
    labels: np.ndarray | None = field(default=None, repr=False)
    label_names: tuple[str, ...] = ()
    factors: np.ndarray | None = field(default=None, repr=False)
    factor_names: tuple[str, ...] = ()
    skipped: tuple[SkippedFile, ...] = field(default=(), repr=False)
    remarks: tuple[Sentence, ...] = ()
    source_rows: np.ndarray | None = field(default=None, repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if self.images.dtype != np.uint8 or self.images.ndim != 4 or not self.images.flags.c_contiguous:
            raise ValueError("images must be a C-contiguous uint8 array of shape (N, C, H, W)")
        count = len(self.images)
        if not 1 <= self.train_count <= count:
            raise ValueError("at least one training row is needed, and no more than there are")
        for extra in (self.labels, self.factors, self.source_rows, self.files or None):
            if extra is not None and len(extra) != count:
                raise ValueError("labels, factors, source rows and files need one row an image")
        # File names may contain bytes that are not text; escape them once, here, for every display and file.
        object.__setattr__(self, "title", as_text(self.title))
        for names in ("label_names", "factor_names", "files"):
            object.__setattr__(self, names, tuple(map(as_text, getattr(self, names))))
        for array in (self.images, self.labels, self.factors, self.source_rows):
            if array is not None:
                array.setflags(write=False)

    @property
    def count(self) -> int:
        """N, the number of training and held-out rows together."""
        return len(self.images)

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W) of one image."""
        _, channels, height, width = self.images.shape
        return channels, height, width

    def places(self, rows: np.ndarray) -> np.ndarray:
        """int64: the indices of the rows `rows` in the source, by which images are named to the user."""
        return rows if self.source_rows is None else self.source_rows[rows]

    @cached_property
    def fingerprint(self) -> str:
        """Hex digest of pixels and split, to check whether a checkpoint was trained on this data."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(repr((self.images.shape, self.train_count)).encode())
        digest.update(self.images.data)
        return digest.hexdigest()

    def tensor(self) -> torch.Tensor:
        """The images as a uint8 tensor that shares memory with `images`; callers must not write to it."""
        import warnings

        import torch

        with warnings.catch_warnings():
            # The array is read-only on purpose, and no caller writes to the tensor.
            warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
            return torch.from_numpy(self.images)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataInfo:
    """Description of a data set that can be chosen by name.

    Attributes:
        name: registry name.
        title: display name.
        shape: (C, H, W).
        count: number of images.
        present: whether it can be loaded without a network.
        download_bytes: size of the download if not present; 0 for bundled and rendered data.
        factor_names: of the factors of its images.
    """

    name: str
    title: str
    shape: tuple[int, int, int]
    count: int
    present: bool
    download_bytes: int
    factor_names: tuple[str, ...] = ()

    @classmethod
    def rendered(cls, name: str, title: str, size: int, count: int, factor_names: tuple[str, ...]) -> DataInfo:
        """Of `count` grey images of `size` x `size` pixels that the program draws itself."""
        shape = (1, size, size)
        return cls(
            name=name,
            title=title,
            shape=shape,
            count=count,
            present=True,
            download_bytes=0,
            factor_names=factor_names,
        )


def default_data_folder() -> Path:
    """The folder for data sets and downloads: `LATENT_EXPLORER_DATA`, or the platform's user data folder."""
    import os

    import platformdirs

    chosen = os.environ.get("LATENT_EXPLORER_DATA")
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_data_dir("latent-explorer", appauthor=False)) / "data"
