"""Fixtures: small data sets on disk, created for each test."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.config import DataConfig
from trainer.data import registry
from trainer.data.images import ImageData
from trainer.progress import Progress


def idx_bytes(array: np.ndarray) -> bytes:
    """`array` (uint8) encoded as an IDX file, independently of the reader."""
    return bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def write_mnist(
    folder: Path, *, train: int = 20, test: int = 5, packed: bool = False, seed: int = 0
) -> ImageArrays:
    """A small MNIST in torchvision's layout below `folder`."""
    random = np.random.default_rng(seed)
    raw = folder / "MNIST" / "raw"
    raw.mkdir(parents=True)
    arrays = {}
    for part, count in (("train", train), ("t10k", test)):
        arrays[f"{part}-images-idx3-ubyte"] = random.integers(0, 256, (count, 28, 28), np.uint8)
        arrays[f"{part}-labels-idx1-ubyte"] = random.integers(0, 10, count, np.uint8)
    for name, array in arrays.items():
        if packed:
            (raw / f"{name}.gz").write_bytes(gzip.compress(idx_bytes(array)))
        else:
            (raw / name).write_bytes(idx_bytes(array))
    return arrays


ImageArrays = dict[str, np.ndarray]


@pytest.fixture
def load_folder(tmp_path: Path) -> Callable[..., ImageData]:
    """Loads the folder of images `tmp_path`, or another, with any settings of `DataConfig`."""

    def load(path: Path | None = None, **settings: object) -> ImageData:
        config = DataConfig(name="folder", path=str(path or tmp_path), **settings)  # type: ignore[arg-type]
        return registry.load(config, tmp_path)

    return load


@pytest.fixture
def load_array(tmp_path: Path) -> Callable[..., ImageData]:
    """Loads an array file with any settings of `DataConfig`."""

    def load(path: Path, **settings: object) -> ImageData:
        config = DataConfig(name="array", path=str(path), **settings)  # type: ignore[arg-type]
        return registry.load(config, tmp_path)

    return load


@pytest.fixture
def picture() -> Callable[..., Image.Image]:
    """Makes a seeded colour or grey picture."""

    def make(width: int = 32, height: int = 32, mode: str = "RGB", seed: int = 0) -> Image.Image:
        random = np.random.default_rng(seed)
        shape = (height, width, 3) if mode == "RGB" else (height, width)
        return Image.fromarray(random.integers(0, 256, shape, np.uint8))

    return make


Load = Callable[..., ImageData]


class Watch:
    """Collects progress reports, and cancels at the `stop`-th check."""

    def __init__(self, stop: int | None = None) -> None:
        self.reports: list[Progress] = []
        self._questions_left = stop

    def report(self, progress: Progress) -> None:
        self.reports.append(progress)

    def cancelled(self) -> bool:
        if self._questions_left is None:
            return False
        self._questions_left -= 1
        return self._questions_left < 0
