"""Estimates whether memory suffices for models and their training, before they are built. Torch-free."""

from __future__ import annotations

from trainer.config import ModelConfig, RunConfig
from trainer.data.memory import RESERVE, format_bytes
from trainer.machine_limits import free_memory, parallel_members
from trainer.networks.description import PlainNetwork, plain_network
from trainer.records import ConfigError
from trainer.sentences import Sentence

#: Values per weight: itself, its gradient, Adam's two moments, the last good copy of it and its moments
#: (twice while a new one is made), and a snapshot on its way to the window.
_COPIES = 11
#: Values per output value of a layer: itself, after its activation, and their gradients.
_ACTIVATIONS = 4


def check_model_memory(config: RunConfig, train_count: int) -> None:
    """Raise `ConfigError` if the models of `config` cannot be trained in the free memory.

    Estimated for plain models; other families get the same estimate, which is about right if they are built from
    the same layers. `train_count`: number of training rows, an upper limit of the batch.
    """
    batch = min(config.train.batch, train_count)
    weights = sum(_network(model).weights for model in config.models) * 4 * _COPIES
    # Members train in parallel, so that several of the largest hold their activations at once.
    values = sorted((_network(model).values for model in config.models), reverse=True)
    layers = sum(values[: parallel_members(len(values))]) * 4 * _ACTIVATIONS * batch
    free = int(free_memory() * (1 - RESERVE))
    if weights + layers <= free:
        return
    remedies = (
        Sentence("smaller layers or smaller images"),
        Sentence("smaller layers or smaller images, or fewer models"),
        Sentence("a smaller batch"),
        Sentence("a smaller batch, or fewer models"),
    )
    remedy = remedies[2 * (weights <= layers) + (len(config.models) > 1)]
    raise ConfigError(
        "These models need about {needed} of memory and only {free} are free; choose {what}.",
        needed=format_bytes(weights + layers),
        free=format_bytes(free),
        what=remedy,
    )


def check_weights_memory(config: ModelConfig) -> None:
    """Raise `ConfigError` if the weights of `config`, and a copy while they are loaded, do not fit in memory."""
    needed = _network(config).weights * 4 * 2
    free = int(free_memory() * (1 - RESERVE))
    if needed > free:
        raise ConfigError(
            "This model needs {needed} of memory and only {free} are free; close other programs or choose a "
            "smaller one.",
            needed=format_bytes(needed),
            free=format_bytes(free),
        )


def _network(model: ModelConfig) -> PlainNetwork:
    return plain_network(model, posterior=True)
