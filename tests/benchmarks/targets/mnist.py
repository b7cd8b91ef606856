"""MNIST, as the targets train on it and measure on its test images."""

from __future__ import annotations

from functools import cache

from torch import Tensor

from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import registry
from trainer.data.images import ImageData, default_data_folder


@cache
def digits() -> ImageData:
    """60,000 images to train on and 10,000 held out. Raises `DataError` where they are not in the data folder."""
    return registry.load(DataConfig(name="mnist"), default_data_folder())


def held_out() -> Tensor:
    """The test images: uint8 (10,000, 1, 28, 28)."""
    data = digits()
    return data.tensor()[data.train_count :]


def run_of(train: TrainConfig, *models: ModelConfig) -> RunConfig:
    """A run of `models`, whatever their shape says, on MNIST: on one processor thread a model, hence exact."""
    data = digits()
    fitted = tuple(model.replace(shape=data.shape) for model in models)
    return RunConfig(data=data.config, models=fitted, train=train.replace(device="cpu", threads=1))
