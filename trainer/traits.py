"""Properties that a model family declares, so that no code tests for a model's type. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from trainer.posteriors import POSTERIORS, GaussianPosterior, Posterior
from trainer.records import Record

#: The kind for a model without a posterior, or without a prior.
NONE = "none"
#: Entries of the first version: whether the model had the only kind that it supported.
_FORMER = {"has_posterior": ("posterior", "gaussian"), "has_prior": ("prior", "normal")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits(Record):
    """Declarations of a family.

    Attributes:
        title: display name, such as "Variational autoencoder".
        short: abbreviation, such as "VAE"; "" in older checkpoints without it.
        uses_beta: whether β enters the loss.
        posterior: the kind of q(z|x), a name in `trainer.posteriors`; "none" if the encoder is deterministic.
        prior: the kind of p(z), a name in `trainer.priors`; "none" for a model without a prior.
        stochastic: whether a training step draws random numbers.
        plain: whether encoder and decoder are the networks of `trainer.networks.description`, which the torch-free
        replica
            can run.
        training_only: name prefixes of tensors that only training needs, such as "critic.": stored in checkpoints,
            absent from snapshots and replicas.
    """

    title: str = ""
    short: str = ""
    uses_beta: bool
    posterior: str
    prior: str
    stochastic: bool
    plain: bool
    training_only: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Any) -> Self:
        if isinstance(data, dict):
            data = dict(data)
            for former, (name, kind) in _FORMER.items():
                if isinstance(data.get(former), bool) and name not in data:
                    data[name] = kind if data.pop(former) else NONE
        # Named explicitly, because a dataclass with slots is a different class from the one this method was
        # defined in.
        return super(Traits, cls).from_json(data)

    @property
    def has_posterior(self) -> bool:
        """Whether an image is encoded as a distribution."""
        return self.posterior != NONE

    @property
    def posterior_kind(self) -> type[Posterior]:
        """The class of q(z|x). Raises `KeyError` for an unknown kind."""
        return POSTERIORS[self.posterior] if self.has_posterior else GaussianPosterior

    @property
    def has_prior(self) -> bool:
        """Whether the model has a prior."""
        return self.prior != NONE

    def is_training_only(self, name: str) -> bool:
        """Whether only training needs the tensor `name`."""
        return name.startswith(self.training_only)
