"""The interface of a prior p(z): samples, densities, divergences and what is drawn of it. Torch-free.

To add a prior (VampPrior, flow, ...) write one file in `trainer/priors`: a subclass of `Prior` with `register`
above it, and name the module in `trainer/priors/__init__.py`. Its tensors, if it has any, are tensors of its model
whose names begin with `PREFIX`: checkpoints and snapshots carry them, `read` makes the prior of them, in torch for
training and in NumPy for a window that never imports torch. Formulas are written for both (`trainer.arrays`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np

from trainer.arrays import Array, library
from trainer.config import ModelConfig
from trainer.noise import Noise
from trainer.posteriors import Posterior
from trainer.prior_place import PriorPlace, place_by_density

#: How the names of a prior's tensors among those of its model begin.
PREFIX = "prior."
#: Draws by which the place of a code in a prior without a closed form is estimated.
PLACE_DRAWS = 10_000
#: Draws looked at in one piece: a mixture of many components holds as many numbers for each.
_BLOCK = 500


@dataclass(frozen=True, eq=False)
class Divergence:
    """KL(q(z|x) || p(z)) of n images in nats; differentiable in torch.

    Attributes:
        each: (n, d), its summands where the prior factorises over dimensions; None where it does not.
        whole: (n,), where it does not; else None.
        errors: (n,), standard errors of a Monte Carlo estimate from several draws; else None.
        estimated: whether it is one; False for a closed form.
    """

    each: Array | None = None
    whole: Array | None = None
    errors: Array | None = None
    estimated: bool = False

    @cached_property
    def rows(self) -> Array:
        """The KL of each image, (n,)."""
        return self.whole if self.each is None else self.each.sum(-1)

    @cached_property
    def mean_each(self) -> Array | None:
        """Mean over images of each dimension's summand, (d,)."""
        return None if self.each is None else self.each.mean(0)

    @cached_property
    def mean(self) -> Array:
        """Mean over images: scalar."""
        return self.rows.mean() if self.mean_each is None else self.mean_each.sum()


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Σ_k w_k N(m_k, diag s_k²), float64: weights (K,), summing to one; means and sigmas (K, d)."""

    weights: np.ndarray
    means: np.ndarray = field(repr=False)
    sigmas: np.ndarray = field(repr=False)


class Prior(ABC):
    """A density over codes of d dimensions, with parameters in NumPy (float64) or in torch.

    Attributes:
        kind: its name in cards, traits and files.
        formula: in the language of mathematics, for people.
        factorises: over dimensions, so that there is a KL per dimension.
        closed: whether `kl` has a closed form and needs no noise, and `place` neither.
    """

    kind: ClassVar[str]
    formula: ClassVar[str]
    factorises: ClassVar[bool] = False
    closed: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def read(cls, config: ModelConfig, tensors: Mapping[str, Array]) -> Self:
        """The prior of a model with these tensors, which may be all of the model's, by their names in it."""

    @classmethod
    def shapes(cls, config: ModelConfig, found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        """Name -> shape of the tensors that it needs; `found`: those that there are, which may imply a size."""
        return {}

    @property
    @abstractmethod
    def latent(self) -> int:
        """d, the number of latent dimensions."""

    @property
    @abstractmethod
    def mean(self) -> Array:
        """The mean of each dimension, (d,)."""

    @property
    @abstractmethod
    def spread(self) -> Array:
        """Standard deviation of each dimension, (d,): the scale of standardised coordinates."""

    @abstractmethod
    def log_density(self, codes: Array) -> Array:
        """ln p(z) in nats of codes (..., d): (...)."""

    @abstractmethod
    def codes_of(self, noise: Noise) -> Array:
        """Codes (n, d), a function of `noise` (n, d) alone, in its precision."""

    def components(self) -> Components | None:
        """Itself as a mixture of Gaussians, whose marginals on a plane have a closed form; None if it is none."""
        return None

    @property
    def is_gaussian(self) -> bool:
        """Whether it is one Gaussian, whose regions of mass are ellipses."""
        parts = self.components()
        return parts is not None and len(parts.weights) == 1

    def sample(self, noise: Noise) -> np.ndarray:
        """Codes float32 (n, d) of `noise` in NumPy: a decoder takes them."""
        return np.asarray(self.codes_of(noise), np.float32)

    def draw(self, count: int, generator: np.random.Generator, dtype: Any = np.float64) -> np.ndarray:
        """`count` codes (n, d) of this `dtype`. Only their normal noise advances the generator's own stream."""
        (choices,) = generator.spawn(1)
        normal = generator.standard_normal((count, self.latent), dtype=dtype)
        return np.asarray(self.codes_of(Noise(normal, choices.random(count))), dtype)

    def log_ratio(self, posterior: Posterior, noise: Array) -> Array:
        """ln p(z) - ln q(z|x) of the codes that `posterior.sample(noise)` gives, noise (..., n, d): (..., n)."""
        return self.log_density(posterior.sample(noise)) - posterior.log_density_of(noise)

    def kl(self, posterior: Posterior, noise: Array | None = None) -> Divergence:
        """KL(q(z|x) || p(z)): in closed form where there is one, else estimated by Monte Carlo.

        `noise` (k, n, d) ~ N(0, I) makes k draws of each posterior; a closed form has no use for it. Raises
        `ValueError` where it is needed and missing.
        """
        if noise is None:
            raise ValueError(f"the KL divergence from the prior {self.kind!r} needs draws of the posterior")
        ratios = -self.log_ratio(posterior, noise)
        draws = len(noise)
        errors = ((ratios - ratios.mean(0)) ** 2).sum(0) / (draws * max(1, draws - 1))
        return Divergence(whole=ratios.mean(0), errors=errors**0.5 if draws > 1 else None, estimated=True)

    def place(self, code: np.ndarray) -> PriorPlace:
        """The place of `code` (d,) in it; NumPy only. By density unless a subclass knows a distance."""
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            here = float(self.log_density(np.asarray(code, np.float64)[None])[0])
        return place_by_density(here, self._densities)

    @property
    def places_at_once(self) -> bool:
        """Whether `place` answers at once: in closed form, or since the draws that it needs have been made."""
        return self.closed or "_densities" in vars(self)

    @cached_property
    def _densities(self) -> np.ndarray:
        """Log densities of seeded draws, ascending: float64 (m,)."""
        drawn = self.draw(PLACE_DRAWS, np.random.default_rng(0))
        parts = [self.log_density(drawn[start : start + _BLOCK]) for start in range(0, len(drawn), _BLOCK)]
        return np.sort(np.concatenate(parts))


def as_read(array: Array) -> Array:
    """A prior's tensor in the precision that it is used in: double precision in NumPy, as it is in torch."""
    return array.astype(np.float64) if library(array) is np else array


#: Kinds of priors by their names; ask `trainer.priors.registry`.
KINDS: dict[str, type[Prior]] = {}


def register(kind: type[Prior]) -> type[Prior]:
    """Make a kind of prior available under its name. Raises `ValueError` if the name is taken."""
    if kind.kind in KINDS:
        raise ValueError(f"a prior called {kind.kind!r} is registered already")
    KINDS[kind.kind] = kind
    return kind
