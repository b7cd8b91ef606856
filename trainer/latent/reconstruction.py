"""Reconstruction loss of one code for one image, in nats and as squared error, with its gradient. Torch-free.

-ln p(x|z), summed over pixels, with all constants, equal to the model's own `reconstruction` in torch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from trainer.likelihoods import FixedGaussian, likelihood_of
from trainer.replica.derivatives import Pull, decode_vjp, output_vjp
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import Replica


@dataclass(frozen=True, slots=True, eq=False)
class Reconstruction:
    """The decoded picture of a code compared with an image.

    Attributes:
        picture: mean picture, float32 (C, H, W).
        loss: -ln p(x|z) in nats; for grey levels under a Bernoulli likelihood a cross-entropy; with a single
            learned σ² at its learned value. None if that value is unknown or the replica gives only pictures.
        squared_error: mean over the image's values in [0, 1].
        objective: the function that `gradient` belongs to: the loss, or without one the summed squared error.
        gradient: () -> float64 (d,), gradient of the objective with respect to the code.
    """

    picture: np.ndarray = field(repr=False)
    loss: float | None
    squared_error: float
    objective: float
    gradient: Callable[[], np.ndarray] = field(repr=False)


def reconstruct(
    replica: Replica, code: np.ndarray, image: np.ndarray, variance: float | None = None
) -> Reconstruction:
    """Decode `code` (d,) and compare it with `image`, uint8 (C, H, W).

    `variance` is the learned σ² of likelihood "gaussian-learned"; other likelihoods ignore it. Raises `ValueError`
    for a wrong shape, `ReplicaError` without weights.
    """
    if image.dtype != np.uint8 or image.shape != replica.config.shape:
        raise ValueError(f"the image must be uint8 of shape {replica.config.shape}, not {image.shape}")
    pixels = image.astype(np.float32) / np.float32(255)
    codes, likelihood = np.asarray(code, np.float32)[None], likelihood_of(replica.config, variance)
    with np.errstate(invalid="ignore", over="ignore"):
        if isinstance(replica, NumpyReplica):
            heads = [output_vjp(replica, codes, name) for name in likelihood.outputs]
            outputs = [head[0][0].astype(np.float64) for head in heads]
            picture, pulls = likelihood.mean(outputs).astype(np.float32), [pull for _, pull in heads]
        else:
            # The replica gives pictures only: enough if the likelihood reads nothing else of the decoder's output.
            pictures, pull = decode_vjp(replica, codes)
            outputs, picture, pulls = [pictures[0].astype(np.float64)], pictures[0], [pull]
            if not isinstance(likelihood, FixedGaussian):
                return _without_density(picture, pixels, pull)
        if not likelihood.known:
            return _without_density(picture, pixels, pulls[0])
        batch = [output[None] for output in outputs]
        loss = -float(likelihood.log_density(batch, pixels[None])[0])

    def gradient() -> np.ndarray:
        with np.errstate(invalid="ignore", over="ignore"):
            each = likelihood.cotangents(batch, pixels[None])
            return sum(
                pull(part.astype(np.float32))[0].astype(np.float64) for pull, part in zip(pulls, each, strict=True)
            )

    return Reconstruction(picture, loss, _squared(picture, pixels), loss, gradient)


def _without_density(picture: np.ndarray, pixels: np.ndarray, pull: Pull) -> Reconstruction:
    """A comparison by squared error only."""
    squared, difference = _squared(picture, pixels), 2 * (picture - pixels)
    return Reconstruction(
        picture, None, squared, squared * pixels.size, lambda: pull(difference[None])[0].astype(np.float64)
    )


def _squared(picture: np.ndarray, pixels: np.ndarray) -> float:
    return float(np.square(picture - pixels, dtype=np.float64).mean())
