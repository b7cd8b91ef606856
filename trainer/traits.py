"""Properties that a model family declares, so that no code tests for a model's type. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits(Record):
    """Declarations of a family.

    Attributes:
        title: display name, such as "Variational autoencoder".
        short: abbreviation, such as "VAE"; "" in older checkpoints without it.
        uses_beta: β enters the loss.
        has_posterior: `posterior` gives a mean and a log-variance; otherwise the encoder is deterministic.
        has_prior: sampling codes from N(0, I) is part of the model.
        stochastic: a training step draws random numbers of its own.
        plain: encoder and decoder are the networks of `trainer.networks.description`, which the torch-free replica
            can run.
        training_only: name prefixes of tensors that only training needs, such as "critic.": stored in checkpoints,
            absent from snapshots and replicas.
    """

    title: str = ""
    short: str = ""
    uses_beta: bool
    has_posterior: bool
    has_prior: bool
    stochastic: bool
    plain: bool
    training_only: tuple[str, ...] = ()

    def is_training_only(self, name: str) -> bool:
        """Whether only training needs the tensor `name`."""
        return name.startswith(self.training_only)
