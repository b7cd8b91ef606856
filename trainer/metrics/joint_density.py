"""ln p(x, z) of one image as a function of its code, from a replica or from a model. Torch-free at import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from trainer.posteriors import Posterior
from trainer.prior import Prior
from trainer.replica.replica import Replica

if TYPE_CHECKING:
    from torch import Tensor

    from trainer.models.latent_model import LatentModel

#: Initial range around the means of the prior and of q(z|x), in their standard deviations.
_PRIOR_REACH, _REACH = 7.0, 8.0
#: Pixel values that are decoded in about 20 ms.
_VALUES = 800_000


@dataclass(frozen=True, slots=True, eq=False)
class JointDensity:
    """ln p(x, z) of one image x, in NumPy.

    Attributes:
        log_density: codes float64 (k, d) -> ln p(x|z) + ln p(z) in nats, float64 (k,).
        low, high: float64 (d,), corners of the box where the search for its mass starts.
        posterior: q(z|x), parameters float64 (1, d); None for a model without a posterior.
        block: number of codes to evaluate at once: about 20 ms.
    """

    log_density: Callable[[np.ndarray], np.ndarray]
    low: np.ndarray = field(repr=False)
    high: np.ndarray = field(repr=False)
    posterior: Posterior | None = field(default=None, repr=False)
    block: int = 1_000

    @classmethod
    def around(
        cls,
        log_density: Callable[[np.ndarray], np.ndarray],
        prior_mean: np.ndarray,
        prior_spread: np.ndarray,
        posterior: Posterior | None,
        values: int = 784,
    ) -> JointDensity:
        """A density with the box around the prior and, if there is one, the posterior. `values`: per image."""
        low, high = prior_mean - _PRIOR_REACH * prior_spread, prior_mean + _PRIOR_REACH * prior_spread
        if posterior is not None:
            mean, spread = posterior.mean[0], posterior.spread[0]
            low, high = np.minimum(low, mean - _REACH * spread), np.maximum(high, mean + _REACH * spread)
        return cls(log_density, low, high, posterior, block=min(1_000, max(16, _VALUES // values)))


def of_replica(
    replica: Replica, prior: Prior, image: np.ndarray, variance: float | None = None
) -> JointDensity | None:
    """The density of uint8 `image` (C, H, W), grey levels unchanged; None without a density p(x|z).

    `prior`: in NumPy. `variance`: the learned σ² of likelihood "gaussian-learned".
    """
    images = image[None]
    if replica.reconstruction(np.zeros((1, replica.config.latent), np.float32), images, variance) is None:
        return None

    def log_density(codes: np.ndarray) -> np.ndarray:
        losses = replica.reconstruction(codes.astype(np.float32), images, variance)
        assert losses is not None
        return np.asarray(prior.log_density(codes), np.float64) - losses

    found = replica.posterior(images)
    posterior = None if found is None else type(found)(*(np.asarray(part, np.float64) for part in found))
    return JointDensity.around(
        log_density, np.asarray(prior.mean), np.asarray(prior.spread), posterior, image.size
    )


def of_model(model: LatentModel, row: Tensor, variance: float | None = None) -> JointDensity | None:
    """The density of one image float32 (1, C, H, W) on the model's device; None without a prior or a density
    p(x|z).

    The model must be outside training. `variance`: the learned σ² of likelihood "gaussian-learned".
    """
    import torch

    prior = model.prior_distribution()
    with torch.no_grad():
        first = row.new_zeros(1, model.config.latent)
        if prior is None or model.reconstruction(first, row, variance) is None:
            return None
        found = model.posterior(row)

    @torch.no_grad()
    def log_density(codes: np.ndarray) -> np.ndarray:
        given = torch.from_numpy(codes).to(row.device)
        loss = model.reconstruction(given.to(row.dtype), row, variance)
        assert loss is not None
        return (prior.log_density(given) - loss).double().cpu().numpy()

    posterior = None if found is None else type(found)(*(part.double().cpu().numpy() for part in found))
    mean, spread = (torch.as_tensor(part).detach().double().cpu().numpy() for part in (prior.mean, prior.spread))
    return JointDensity.around(log_density, mean, spread, posterior, row.numel())
