"""Data sets that tests of real pictures use: uint8 (n, C, H, W) in random order; those of a data folder skip."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from trainer.config import DataConfig
from trainer.data import registry

NAMES = ("digits", "moons", "mnist", "photographs")


def real_images(name: str) -> np.ndarray:
    """At most 10,000 images of one of `NAMES`; skips with a reason where they are not available."""
    folder = _folder(name)
    own = name == "photographs"
    config = DataConfig(name="folder", path=str(folder / name)) if own else DataConfig(name=name)
    images = registry.load(config, folder).images
    rows = np.random.default_rng(0).permutation(len(images))[:10_000]
    return np.ascontiguousarray(images[rows])


def _folder(name: str) -> Path:
    """The data folder, with what `name` needs of it."""
    part = {"mnist": "MNIST/raw/train-images-idx3-ubyte", "photographs": "photographs"}.get(name)
    if part is None:
        return Path()
    chosen = os.environ.get("LATENT_EXPLORER_DATA")
    if not chosen or not (Path(chosen).expanduser() / part).exists():
        pytest.skip(f"LATENT_EXPLORER_DATA names no folder with {part}")
    return Path(chosen).expanduser().resolve()
