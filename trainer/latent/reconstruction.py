"""Reconstruction loss of one code for one image, in nats and as squared error, with its gradient. Torch-free.

-ln p(x|z), summed over pixels, with all constants, equal to the model's own `reconstruction` in torch.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from trainer.replica.derivatives import Pull, decode_vjp, output_vjp
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import Replica

_LOG_TWO_PI = math.log(2 * math.pi)
#: The floor of log σ² in `trainer.training.losses`, which imports torch and hence cannot be imported here.
MIN_LOG_VARIANCE = -12.0


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
    codes = np.asarray(code, np.float32)[None]
    with np.errstate(invalid="ignore", over="ignore"):
        if isinstance(replica, NumpyReplica):
            return _exact(replica, codes, pixels, variance)
        pictures, pull = decode_vjp(replica, codes)
        return _from_picture(_variance(replica, variance), pictures[0], pixels, pull)


def _variance(replica: Replica, learned: float | None) -> float | None:
    """The single σ² of a Gaussian likelihood; None for others and for an unknown learned one."""
    return {"gaussian": replica.config.variance, "gaussian-learned": learned}.get(replica.config.likelihood)


def _exact(replica: NumpyReplica, codes: np.ndarray, pixels: np.ndarray, variance: float | None) -> Reconstruction:
    outputs, pull = output_vjp(replica, codes)
    value, likelihood = outputs[0], replica.config.likelihood
    if likelihood == "bernoulli":
        logits = value.astype(np.float64)
        # ln(1 + e^l) in a form that cannot overflow; for the same reason the sigmoid below is a tanh.
        terms = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits))) - pixels * logits
        picture = (0.5 * (1 + np.tanh(0.5 * logits))).astype(np.float32)
        return _with_loss(picture, float(terms.sum()), pixels, lambda: _pulled(pull, picture - pixels))
    if likelihood == "gaussian-pixel":
        return _with_variance_a_pixel(replica, codes, value, pixels, pull)
    return _from_picture(_variance(replica, variance), value, pixels, pull)


def _with_variance_a_pixel(
    replica: NumpyReplica, codes: np.ndarray, mean: np.ndarray, pixels: np.ndarray, pull: Pull
) -> Reconstruction:
    raw, pull_spread = output_vjp(replica, codes, "output_log_variance")
    above = raw[0].astype(np.float64) - MIN_LOG_VARIANCE
    log_variance = MIN_LOG_VARIANCE + np.maximum(above, 0) + np.log1p(np.exp(-np.abs(above)))
    precision = np.exp(-log_variance)
    difference = mean.astype(np.float64) - pixels
    loss = 0.5 * float((log_variance + difference**2 * precision).sum() + pixels.size * _LOG_TWO_PI)

    def gradient() -> np.ndarray:
        # The derivative of the softplus floor is a sigmoid.
        slope = 0.5 * (1 + np.tanh(0.5 * above))
        spread = 0.5 * (1 - difference**2 * precision) * slope
        return _pulled(pull, difference * precision) + _pulled(pull_spread, spread)

    return _with_loss(mean, loss, pixels, gradient)


def _from_picture(variance: float | None, picture: np.ndarray, pixels: np.ndarray, pull: Pull) -> Reconstruction:
    """The Gaussian loss with a single σ², which depends on the mean picture only; without σ² the squared error."""
    difference = picture - pixels
    squared = float(np.square(difference, dtype=np.float64).mean())
    if variance is not None:
        loss = 0.5 * pixels.size * (squared / variance + math.log(variance) + _LOG_TWO_PI)
        return _with_loss(picture, loss, pixels, lambda: _pulled(pull, difference / np.float32(variance)))
    total = squared * pixels.size
    return Reconstruction(picture, None, squared, total, lambda: _pulled(pull, 2 * difference))


def _with_loss(
    picture: np.ndarray, loss: float, pixels: np.ndarray, gradient: Callable[[], np.ndarray]
) -> Reconstruction:
    squared = float(np.square(picture - pixels, dtype=np.float64).mean())
    return Reconstruction(picture, loss, squared, loss, gradient)


def _pulled(pull: Pull, cotangent: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", over="ignore"):
        return pull(cotangent[None].astype(np.float32))[0].astype(np.float64)
