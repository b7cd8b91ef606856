"""The images that benchmarks train on and encode: MNIST if it is in the data folder, else a stated stand-in."""

from __future__ import annotations

import numpy as np

from trainer.config import DataConfig
from trainer.data.images import DataError, ImageData, default_data_folder
from trainer.data.registry import load

COUNT, TRAIN_COUNT = 70_000, 60_000


def mnist_images() -> tuple[ImageData, str]:
    """70,000 grey images of 28 x 28, 60,000 of them for training, and what they are.

    The stand-in has MNIST's size and share of dark pixels; rates do not depend on what the images show.
    """
    try:
        return load(DataConfig(name="mnist"), default_data_folder()), "MNIST"
    except DataError:
        generator = np.random.default_rng(0)
        images = generator.integers(0, 256, (COUNT, 1, 28, 28), dtype=np.uint8)
        images[generator.random(images.shape, dtype=np.float32) < 0.8] = 0
        data = ImageData(config=DataConfig(name="array"), title="stand-in", images=images, train_count=TRAIN_COUNT)
        return data, "random stand-in for MNIST, which is not in the data folder"
