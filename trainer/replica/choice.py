"""Which replica runs a model: plain models on the CPU run in NumPy, all others in torch.

So a window without training never imports torch (seconds and hundreds of megabytes). Torch-free until a torch
replica is created.
"""

from __future__ import annotations

from trainer.config import ModelConfig
from trainer.posteriors import GaussianPosterior, Posterior
from trainer.replica.replica import Replica


def make_replica(
    config: ModelConfig,
    device: str = "cpu",
    plain: bool = True,
    posterior: type[Posterior] = GaussianPosterior,
) -> Replica:
    """A replica without weights. `plain` and `posterior` are the family's traits; `device` is "cpu" or of torch.

    Raises `ConfigError` for an unknown family (torch replicas only).
    """
    if plain and device == "cpu":
        from trainer.replica.numpy_replica import NumpyReplica

        return NumpyReplica(config, posterior)
    from trainer.replica.torch_replica import TorchReplica

    return TorchReplica(config, device)
