"""Initial weights from a seed and each parameter's name, so that two models have equal weights where their shapes
agree.
"""

from __future__ import annotations

import hashlib
import math

import torch
from torch import nn
from torch.nn.modules.conv import _ConvNd

from trainer.config import ModelConfig
from trainer.models.family import family, with_all_options
from trainer.models.latent_model import LatentModel


def initialise(model: LatentModel, seed: int) -> None:
    """Draw new weights for every linear and convolutional layer, in place.

    Distribution: PyTorch's default, uniform within 1/√fan_in (He et al. 2015 with a = √5). Each parameter has
    its own generator, seeded by `seed` and its name, so that the order of layers and additional layers have no
    effect. Parameters of other kinds of layers are left as the family built them.
    """
    for path, module in model.named_modules():
        if not isinstance(module, nn.Linear | _ConvNd):
            continue
        bound = 1 / math.sqrt(module.weight[0].numel())
        for name, parameter in module.named_parameters(recurse=False):
            generator = _generator(seed, f"{path}.{name}")
            drawn = torch.empty(parameter.shape).uniform_(-bound, bound, generator=generator)
            with torch.no_grad():
                parameter.copy_(drawn)


def build(config: ModelConfig, seed: int) -> LatentModel:
    """A model with its initial weights, on the CPU. The same config and seed always give the same weights.

    Options missing in `config`, as in older files, get their defaults. Raises `ConfigError`
    for an unknown family or option.
    """
    with torch.random.fork_rng(devices=[]):
        # For parameters that a family draws in `build`.
        torch.manual_seed(seed)
        model = family(config.family).build(with_all_options(config))
    initialise(model, seed)
    return model


def _generator(seed: int, name: str) -> torch.Generator:
    digest = hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).digest()
    return torch.Generator().manual_seed(int.from_bytes(digest, "little") >> 1)
