"""A mixture of Gaussians."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Self

from trainer.arrays import Array, library, log_sum_exp
from trainer.config import ModelConfig
from trainer.noise import Noise
from trainer.prior import PREFIX, Components, Prior, as_read, register

_LOG_TWO_PI = math.log(2 * math.pi)
_NAMES = ("logits", "means", "log_sigmas")
#: Maximum number of components: a file may contain any number.
_MOST = 4096


@register
class GaussianMixture(Prior):
    """Σ_k w_k N(m_k, diag s_k²).

    Tensors: "prior.logits" (K,), whose softmax are the weights; "prior.means" (K, d); "prior.log_sigmas"
    (K, d), ln of the standard deviations. It does not factorise: its KL is estimated, without values per
    dimension.
    """

    kind = "mixture"
    formula = "Σ w N(m, s²)"

    def __init__(self, logits: Array, means: Array, log_sigmas: Array) -> None:
        self._log_weights = logits - log_sum_exp(logits[None])
        self._means, self._log_sigmas = means, log_sigmas

    @classmethod
    def read(cls, config: ModelConfig, tensors: Mapping[str, Array]) -> Self:
        return cls(*(as_read(tensors[PREFIX + name]) for name in _NAMES))

    @classmethod
    def shapes(cls, config: ModelConfig, found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        there = found.get(PREFIX + "logits", (1,))
        count = there[0] if len(there) == 1 and 1 <= there[0] <= _MOST else 1
        sizes = ((count,), (count, config.latent), (count, config.latent))
        return {PREFIX + name: size for name, size in zip(_NAMES, sizes, strict=True)}

    @property
    def latent(self) -> int:
        return self._means.shape[1]

    @property
    def weights(self) -> Array:
        """(K,), summing to one."""
        return library(self._log_weights).exp(self._log_weights)

    @property
    def sigmas(self) -> Array:
        """Standard deviations of the components, (K, d)."""
        return library(self._log_sigmas).exp(self._log_sigmas)

    @property
    def mean(self) -> Array:
        return self.weights @ self._means

    @property
    def spread(self) -> Array:
        """The spread of the whole mixture: within components and between them."""
        return (self.weights @ (self.sigmas**2 + (self._means - self.mean) ** 2)) ** 0.5

    def log_density(self, codes: Array) -> Array:
        standardised = (codes[..., None, :] - self._means) / self.sigmas
        parts = -0.5 * (standardised**2 + 2 * self._log_sigmas + _LOG_TWO_PI).sum(-1)
        return log_sum_exp(parts + self._log_weights)

    def codes_of(self, noise: Noise) -> Array:
        edges = self.weights.cumsum(0)
        # Rounding may put the last edge below one.
        chosen = library(edges).searchsorted(edges[:-1], noise.uniform)
        return self._means[chosen] + self.sigmas[chosen] * noise.normal

    def components(self) -> Components:
        return Components(self.weights, self._means, self.sigmas)
