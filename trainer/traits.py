"""What a model family declares about its models, so that nobody asks for their type. Torch-free."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits(Record):
    """Declarations of a family.

    Attributes:
        title: what people call such a model, such as "Variational autoencoder".
        short: the same in a few letters, such as "VAE"; "" in checkpoints from before it was kept.
        uses_beta: β enters the loss.
        has_posterior: `posterior` gives a mean and a log-variance; without one a code is a point.
        has_prior: sampling codes from N(0, I) is part of the model.
        stochastic: a training step draws noise of its own.
        plain: encoder and decoder are the networks of `trainer.networks.description`, which the torch-free
            replica can run.
        training_only: prefixes of the names of tensors that only training needs, such as "critic.": checkpoints
            keep them, snapshots and replicas do without.
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
        """Whether only training needs the tensor called `name`."""
        return name.startswith(self.training_only)
