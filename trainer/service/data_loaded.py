"""What the service tells the window of a data set that it has loaded. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import SkippedFile
from trainer.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class DataLoaded:
    """A resident data set as the window sees it.

    `images` is a .npy file in a temporary folder of the session, opened with `mmap_mode="r"`: uint8
    (N, C, H, W), shared by the system's page cache instead of copied. Other attributes as in `ImageData`.
    """

    config: DataConfig
    title: str
    images: Path
    train_count: int
    labels: np.ndarray | None = field(repr=False)
    label_names: tuple[str, ...]
    factors: np.ndarray | None = field(repr=False)
    factor_names: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    fingerprint: str
    remarks: tuple[Sentence, ...] = ()
    source_rows: np.ndarray | None = field(default=None, repr=False)
    files: tuple[str, ...] = field(default=(), repr=False)
