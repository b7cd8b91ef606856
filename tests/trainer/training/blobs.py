"""Small synthetic images and runs for the engine's tests."""

from __future__ import annotations

import numpy as np

from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.training.engine import Trainer

SHAPE = (1, 8, 8)
AE = ModelConfig(family="autoencoder", widths=(16,), latent=3, shape=SHAPE)
VAE = ModelConfig(family="variational", widths=(16,), latent=3, shape=SHAPE)


def blob_data(count: int = 90, train_count: int = 70) -> ImageData:
    """Grey images of one bright spot each, at a seeded place."""
    generator = np.random.default_rng(5)
    centres = generator.uniform(1, 7, (count, 2, 1, 1))
    places = np.mgrid[:8, :8][None]
    squares = ((places - centres) ** 2).sum(1)
    images = np.round(255 * np.exp(-squares / 4)).astype(np.uint8)[:, None]
    return ImageData(
        config=DataConfig(name="array"),
        title="Blobs",
        images=np.ascontiguousarray(images),
        train_count=train_count,
    )


def run_config(*models: ModelConfig, **train: object) -> RunConfig:
    """A run on the CPU with one thread and batches of 16, unless `train` says otherwise."""
    settings = {"batch": 16, "device": "cpu", "threads": 1, **train}
    return RunConfig(data=DataConfig(name="array"), models=models, train=TrainConfig(**settings))


def make_trainer(*models: ModelConfig, knobs: Knobs | None = None, **train: object) -> Trainer:
    """A trainer on the blobs."""
    return Trainer(run_config(*(models or (AE, VAE)), **train), blob_data(), knobs or Knobs())


def weights(trainer: Trainer, index: int = 0) -> dict[str, np.ndarray]:
    """Copies of a member's weights."""
    return trainer.snapshot(index).weights


def assert_same(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> None:
    """Equal bit for bit."""
    assert first.keys() == second.keys()
    for name, array in first.items():
        assert array.tobytes() == second[name].tobytes(), name
