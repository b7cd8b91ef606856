"""The same model for images of another shape."""

from __future__ import annotations

from trainer.config import CONV_SIDES, ModelConfig
from trainer.records import ConfigError


def fitting(model: ModelConfig, shape: tuple[int, int, int]) -> ModelConfig:
    """`model` for images of `shape`; a convolutional network that cannot take them becomes an MLP."""
    try:
        return model.replace(shape=shape)
    except ConfigError:
        if model.network == "conv" and shape[1] in CONV_SIDES and shape[1] == shape[2]:
            return model.replace(shape=shape, widths=model.widths[:2])
        return model.replace(shape=shape, network="mlp", widths=(512, 256))
