"""The loss of every single image: its reconstruction loss and KL divergence, in nats. Torch-free.

The reconstruction loss is -ln p(x|z) at the code that the map shows: z, or the mean μ of the posterior. It needs
no random numbers, so the same weights always give the same figures; a training loss, which is computed at samples
of the posterior, is slightly higher on average.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from trainer.posteriors import Posterior
from trainer.prior import Prior
from trainer.progress import Progress
from trainer.replica.replica import Replica
from trainer.sentences import Sentence

#: Pixels between two progress reports: about 20 ms of work.
_PIECE = 400_000
#: Draws of each posterior for a prior whose KL divergence has no closed form.
_DRAWS = 16


@dataclass(frozen=True, slots=True, eq=False)
class ImageLosses:
    """The losses of n images: float64 (n,) each, in nats.

    Attributes:
        reconstruction: -ln p(x|z) at z or μ, summed over pixels; None if the model has no such density or its
            learned σ² is unknown.
        kl: KL(q(z|x) || p(z)), summed over latent dimensions; None for a model without a posterior.
    """

    reconstruction: np.ndarray | None = field(default=None, repr=False)
    kl: np.ndarray | None = field(default=None, repr=False)

    @property
    def total(self) -> np.ndarray | None:
        """Their sum: the negative ELBO of each image, except that z is not sampled."""
        if self.reconstruction is None or self.kl is None:
            return self.reconstruction
        return self.reconstruction + self.kl


def reconstruction_losses(
    replica: Replica, images: np.ndarray, rows: np.ndarray, codes: np.ndarray, variance: float | None
) -> Iterator[Progress | np.ndarray | None]:
    """Yield progress; return the losses float64 (n,) of `images[rows]` given `codes` (n, d), or None for none."""
    losses = np.empty(len(rows))
    step = max(1, _PIECE // max(1, replica.config.pixels))
    for start in range(0, len(rows), step):
        piece = slice(start, start + step)
        found = replica.reconstruction(codes[piece], images[rows[piece]], variance)
        if found is None:
            yield None
            return
        losses[piece] = found
        yield Progress(min(start + step, len(rows)), len(rows), Sentence("images"), Sentence("Measuring losses"))
    yield losses


def kl_of(posterior: Posterior, prior: Prior, seed: int = 0) -> np.ndarray:
    """KL(q(z|x) || p(z)) of each image: float64 (n,); by seeded Monte Carlo if it has no closed form."""
    mean, log_variance = (np.asarray(part, np.float64) for part in posterior)
    each = type(posterior)(mean, log_variance)
    if prior.closed:
        return np.asarray(prior.kl(each).rows, np.float64)
    noise = np.random.default_rng(seed).standard_normal((_DRAWS, *mean.shape))
    return np.asarray(prior.kl(each, noise).rows, np.float64)
