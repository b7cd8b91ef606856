"""Random plain models for tests of their derivatives: weights, and the same decoder in torch."""

from __future__ import annotations

import numpy as np
import torch

from trainer.config import ModelConfig
from trainer.networks import torch_stacks
from trainer.networks.description import plain_network
from trainer.replica.numpy_replica import NumpyReplica
from trainer.reports import Snapshot

STACKS = [
    ("mlp", (), 3, (1, 8, 8)),
    ("mlp", (64, 32), 2, (3, 12, 10)),
    ("mlp", (32, 24), 1, (1, 28, 28)),
    ("conv", (6,), 2, (1, 28, 28)),
    ("conv", (4, 8, 6), 3, (3, 32, 32)),
]


def replica_of(stack: tuple, likelihood: str = "bernoulli", seed: int = 0) -> NumpyReplica:
    """A replica with random weights."""
    replica = NumpyReplica(config_of(stack, likelihood))
    replica.load(snapshot_of(replica.config, seed))
    return replica


def config_of(stack: tuple, likelihood: str = "bernoulli") -> ModelConfig:
    network, widths, latent, shape = stack
    return ModelConfig(network=network, widths=widths, latent=latent, shape=shape, likelihood=likelihood)


def snapshot_of(config: ModelConfig, seed: int = 0, posterior: bool = True) -> Snapshot:
    random = np.random.default_rng(seed)
    weights = {}
    for name, shape in plain_network(config, posterior=posterior).shapes.items():
        fan = max(1, int(np.prod(shape[1:])))
        weights[name] = (random.standard_normal(shape) * (1.5 / np.sqrt(fan))).astype(np.float32)
    return Snapshot(number=0, step=0, config=config, weights=weights)


def torch_decoder(config: ModelConfig, snapshot: Snapshot) -> torch.nn.Module:
    """Codes -> pictures (n, C, H, W), in float64."""
    network = plain_network(config, posterior=False)
    parts = {
        "decoder": torch_stacks.stack(network.decoder),
        "output": torch_stacks.layer(network.outputs[0]),
    }
    for prefix, module in parts.items():
        module.load_state_dict(
            {
                name[len(prefix) + 1 :]: torch.from_numpy(array.copy())
                for name, array in snapshot.weights.items()
                if name.startswith(f"{prefix}.")
            }
        )
    tail = [torch.nn.Sigmoid()] if config.likelihood == "bernoulli" else []
    stack = torch.nn.Sequential(parts["decoder"], parts["output"], torch.nn.Unflatten(1, config.shape), *tail)
    if config.network == "conv":
        stack = torch.nn.Sequential(parts["decoder"], parts["output"], *tail)
    return stack.double()
