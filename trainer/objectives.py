"""Objectives: the regularisers that training minimises in addition to the reconstruction loss, by name.
Torch-free.

Every one reports its penalty *and* the true KL, so that runs with different objectives can be compared. To add one
write a subclass of `Objective` with `register` above it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from trainer.arrays import Array
from trainer.card import KL, RECONSTRUCTION, TOTAL, Term
from trainer.posteriors import Posterior
from trainer.prior import Divergence, Prior
from trainer.records import ConfigError

PENALTY = Term(
    name="penalty",
    title="Penalty",
    unit="",
    help="What the objective adds to the reconstruction, before its weight β; the KL beside it is the true one.",
)


class Objective(ABC):
    """A regulariser of the codes.

    Attributes:
        name: in configurations and files.
        title: display name.
        terms: loss terms of the card of a family with this objective, the training objective last.
        weighted: whether it is weighted by β.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    terms: ClassVar[tuple[Term, ...]] = (RECONSTRUCTION, KL, PENALTY, TOTAL)
    weighted: ClassVar[bool] = True

    @abstractmethod
    def penalty(self, divergence: Divergence, posterior: Posterior, prior: Prior) -> Array | None:
        """A differentiable scalar, mean over images; None without a penalty. `divergence`: KL(posterior ||
        prior).
        """

    def losses(
        self,
        reconstruction: Array,
        divergence: Divergence,
        posterior: Posterior,
        prior: Prior,
        weight: Array | float,
    ) -> dict[str, Array]:
        """Scalars by the names of `terms`; `reconstruction`: -ln p(x|z), mean over images; `weight`: β."""
        penalty = self.penalty(divergence, posterior, prior)
        found = {"reconstruction": reconstruction, "kl": divergence.mean}
        if PENALTY in self.terms:
            found["penalty"] = penalty
        return found | {"total": reconstruction if penalty is None else reconstruction + weight * penalty}


_OBJECTIVES: dict[str, Objective] = {}


def register(kind: type[Objective]) -> type[Objective]:
    """Make an objective available under its name. Raises `ValueError` if the name is taken."""
    if kind.name in _OBJECTIVES:
        raise ValueError(f"an objective called {kind.name!r} is registered already")
    _OBJECTIVES[kind.name] = kind()
    return kind


def objective(name: str) -> Objective:
    """The objective called `name`. Raises `ConfigError` listing the known ones."""
    try:
        return _OBJECTIVES[name]
    except KeyError:
        known = ", ".join(sorted(_OBJECTIVES))
        raise ConfigError(
            "There is no objective called {name}; known are {known}.", name=f"{name!r:.80}", known=known
        ) from None


@register
class KlObjective(Objective):
    """β KL(q(z|x) || p(z)) (Higgins et al. 2017); at β = 1 the total is the negative ELBO."""

    name = "kl"
    title = "KL divergence"
    terms = (RECONSTRUCTION, KL, TOTAL)

    def penalty(self, divergence: Divergence, posterior: Posterior, prior: Prior) -> Array:
        return divergence.mean


@register
class NoPenalty(Objective):
    """Sampling without any penalty; the KL is reported and not minimised."""

    name = "none"
    title = "No penalty"
    terms = (RECONSTRUCTION, KL, TOTAL)
    weighted = False

    def penalty(self, divergence: Divergence, posterior: Posterior, prior: Prior) -> None:
        return None
