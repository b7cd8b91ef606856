"""A copy of a model for looking: decodes and encodes with the weights of a snapshot, away from training.

`make_replica` picks the kind: plain models on the CPU run in NumPy, so that a window that only looks never imports
torch (seconds and hundreds of megabytes); everything else runs in torch. Torch-free until a torch replica is made.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from trainer.config import ModelConfig
from trainer.reports import Snapshot
from trainer.sentences import SentenceError


class ReplicaError(SentenceError):
    """Weights that do not fit a replica, or one used without weights; its message is one sentence."""


class Replica(Protocol):
    """An encoder and a decoder with frozen weights. Belongs to one thread at a time.

    Attributes:
        config: the model.
        number: of the snapshot loaded last; -1 before the first.
    """

    @property
    def config(self) -> ModelConfig: ...

    @property
    def number(self) -> int: ...

    def load(self, snapshot: Snapshot) -> None:
        """Take over a snapshot's weights; `ReplicaError`, and the old ones stay, if they are not this model's."""

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Pictures of codes float32 (n, d): uint8 (n, H, W, C), round(255 · clip(p, 0, 1)); NaN is black."""

    def decode_float(self, codes: np.ndarray) -> np.ndarray:
        """The mean pictures of p(x|z), float32 (n, C, H, W), not clipped."""

    def encode(self, images: np.ndarray) -> np.ndarray:
        """The codes the map shows of uint8 images (n, C, H, W): float32 (n, d), z or the posterior mean μ."""

    def posterior(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
        """Mean and log-variance of q(z|x), each float32 (n, d); None for a model whose codes are points."""


def make_replica(config: ModelConfig, device: str = "cpu", plain: bool = True) -> Replica:
    """A replica without weights yet. `plain` is the family's trait; `device` "cpu" or a torch device.

    Raises `ConfigError` for an unknown family (torch replicas only).
    """
    if plain and device == "cpu":
        from trainer.replica.numpy_replica import NumpyReplica

        return NumpyReplica(config)
    from trainer.replica.torch_replica import TorchReplica

    return TorchReplica(config, device)


def to_bytes(pictures: np.ndarray) -> np.ndarray:
    """Float pictures (n, C, H, W) as uint8 (n, H, W, C) on the one fixed intensity range [0, 1].

    Never stretched per picture: that would make a dead decoder look alive.
    """
    # fmax and fmin give the number where the other is NaN: a diverged model's picture is black, not an error.
    scaled = np.fmax(pictures, np.float32(0))
    np.fmin(scaled, np.float32(1), out=scaled)
    scaled *= np.float32(255)
    np.rint(scaled, out=scaled)
    seen = scaled.astype(np.uint8)
    count, channels, height, width = seen.shape
    result = np.empty((count, height, width, channels), np.uint8)
    # One channel after the other: a transposed copy takes three times as long.
    for channel in range(channels):
        result[..., channel] = seen[:, channel]
    return result
