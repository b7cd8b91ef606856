"""Replicas: copies of a model for inference that decode and encode with the weights of a snapshot. Torch-free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from trainer.config import ModelConfig
from trainer.likelihoods import Likelihood
from trainer.posteriors import Posterior
from trainer.reports import Snapshot
from trainer.sentences import SentenceError


class ReplicaError(SentenceError):
    """Weights that do not fit a replica, or a replica used without weights; the message is one sentence."""


class Replica(Protocol):
    """An encoder and a decoder with fixed weights. Used by one thread at a time.

    Attributes:
        config: the model's configuration.
        number: number of the last loaded snapshot; -1 before the first.
    """

    @property
    def config(self) -> ModelConfig: ...

    @property
    def number(self) -> int: ...

    def load(self, snapshot: Snapshot) -> None:
        """Load a snapshot's weights. Raises `ReplicaError` and keeps the old ones if they do not fit the model."""

    def decode(self, codes: np.ndarray) -> np.ndarray:
        """Decode codes float32 (n, d) to uint8 (n, H, W, C) = round(255 · clip(p, 0, 1)); NaN becomes black."""

    def decode_float(self, codes: np.ndarray) -> np.ndarray:
        """The mean pictures of p(x|z) for codes float32 (n, d): float32 (n, C, H, W), not clipped."""

    def draw(self, codes: np.ndarray, seed: int, variance: float | None = None) -> np.ndarray | None:
        """One random draw of p(x|z) for each of codes (n, d), in the format of `decode`: uint8 (n, H, W, C).

        `seed` determines the noise, which is the same for all codes: pictures of near codes differ little.
        `variance`: the learned σ² of likelihood "gaussian-learned". None if there is no such density or the σ² is
        unknown.
        """

    def reconstruction(
        self, codes: np.ndarray, images: np.ndarray, variance: float | None = None
    ) -> np.ndarray | None:
        """-ln p(x|z) of uint8 images (n, C, H, W) given codes (n, d), in nats per image: float64 (n,).

        `images` may be (1, C, H, W): one image for all codes.
        `variance`: the learned σ² of likelihood "gaussian-learned". None if there is no such density or
        the σ² is unknown.
        """

    def encode(self, images: np.ndarray) -> np.ndarray:
        """Encode uint8 images (n, C, H, W): float32 (n, d), z or the posterior mean μ."""

    def posterior(self, images: np.ndarray) -> Posterior | None:
        """q(z|x) of uint8 images, float32 (n, d) each; None for a model without a posterior."""


def likelihood_draw(likelihood: Likelihood, outputs: Sequence[np.ndarray], seed: int) -> np.ndarray:
    """One draw of p(x|z) for each of the decoder's `outputs`, (n, C, H, W) each: uint8 (n, H, W, C)."""
    noise = likelihood.noise_of(np.random.default_rng(seed), (1, *outputs[0].shape[1:]))
    return to_bytes(np.asarray(likelihood.sample(outputs, noise), np.float32))


def to_bytes(pictures: np.ndarray) -> np.ndarray:
    """Convert float pictures (n, C, H, W) to uint8 (n, H, W, C) with the fixed intensity range [0, 1].

    Contrast is never stretched per picture, because that would hide a collapsed decoder.
    """
    # fmax and fmin return the other operand for NaN: the picture of a diverged model is black, not an error.
    scaled = np.fmax(pictures, np.float32(0))
    np.fmin(scaled, np.float32(1), out=scaled)
    scaled *= np.float32(255)
    np.rint(scaled, out=scaled)
    seen = scaled.astype(np.uint8)
    count, channels, height, width = seen.shape
    result = np.empty((count, height, width, channels), np.uint8)
    # Channel by channel: a transposed copy takes three times as long.
    for channel in range(channels):
        result[..., channel] = seen[:, channel]
    return result
