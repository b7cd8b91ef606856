"""A data set in memory: one resident array, labels or factors, a split. Torch-free until asked for a tensor."""

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
    """Data that cannot be used; its message is one sentence naming the thing and what to do."""


class MissingDataError(DataError):
    """A published data set that is not in the data folder, or not whole, and can be downloaded."""


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file left out of a folder of images, and why, in a few words."""

    path: str
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class ImageData:
    """Images with their split.

    Attributes:
        config: what was asked for.
        title: how people call it, such as "MNIST" or the folder's name.
        images: uint8 (N, C, H, W), C-contiguous, read-only. Rows below `train_count` are for training, the rest
            are held out.
        train_count: number of training rows, 1 to N - 1.
        labels: int64 (N,) indices into `label_names`, -1 where unknown; None for data without classes.
        label_names: in label order.
        factors: float32 (N, F), the exact generating factors; None where there are none.
        factor_names: one a column of `factors`.
        skipped: files that could not be used.
        remarks: what was guessed about the source and what of it was left out, a sentence each, for the person
            who chose it.
        source_rows: int64 (N,), where each row stands in the source (an array's own row, a published data set's
            row with the test part after the training part); None where the order is the source's own.
        files: the file of each row, relative to the chosen folder; () for data that are not files.
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
        if not 1 <= self.train_count < count:
            raise ValueError("at least one training row and one held-out row are needed")
        for extra in (self.labels, self.factors, self.source_rows, self.files or None):
            if extra is not None and len(extra) != count:
                raise ValueError("labels, factors, source rows and files need one row an image")
        # Names of files need not be text; from here on they are, in every file and on every screen.
        object.__setattr__(self, "title", as_text(self.title))
        for names in ("label_names", "factor_names", "files"):
            object.__setattr__(self, names, tuple(map(as_text, getattr(self, names))))
        for array in (self.images, self.labels, self.factors, self.source_rows):
            if array is not None:
                array.setflags(write=False)

    @property
    def count(self) -> int:
        """N, training and held-out rows together."""
        return len(self.images)

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W) of one image."""
        _, channels, height, width = self.images.shape
        return channels, height, width

    def places(self, rows: np.ndarray) -> np.ndarray:
        """int64: where the rows `rows` stand in the source, which is what people call them by."""
        return rows if self.source_rows is None else self.source_rows[rows]

    @cached_property
    def fingerprint(self) -> str:
        """Hex digest of the pixels and the split, to tell whether a checkpoint's data is the data at hand."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(repr((self.images.shape, self.train_count)).encode())
        digest.update(self.images.data)
        return digest.hexdigest()

    def tensor(self) -> torch.Tensor:
        """The images as a uint8 tensor sharing memory with `images`; not to be written to."""
        import warnings

        import torch

        with warnings.catch_warnings():
            # The array is read-only on purpose, and nothing here writes to the tensor.
            warnings.filterwarnings("ignore", message="The given NumPy array is not writable")
            return torch.from_numpy(self.images)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataInfo:
    """A data set that can be chosen by name.

    Attributes:
        name: registry name.
        title: for people.
        shape: (C, H, W).
        count: images in all.
        present: whether it can be loaded now, without a network.
        download_bytes: size of the download if not present; 0 for bundled and rendered data.
    """

    name: str
    title: str
    shape: tuple[int, int, int]
    count: int
    present: bool
    download_bytes: int


def default_data_folder() -> Path:
    """Where data sets are looked for and downloaded to: `LATENT_EXPLORER_DATA`, or the platform's data folder."""
    import os

    import platformdirs

    chosen = os.environ.get("LATENT_EXPLORER_DATA")
    if chosen:
        return Path(chosen).expanduser()
    return Path(platformdirs.user_data_dir("latent-explorer", appauthor=False)) / "data"
