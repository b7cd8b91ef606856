"""The IWAE bound on ln p(x) and its gap to the ELBO. Imports torch only to measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.measures.rate import NATS
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.metrics.importance import Iwae

#: Number of draws of each posterior, and maximum number of images, a seeded random choice.
DRAWS, MOST_IMAGES = 5_000, 500

BOUND = Measure(
    key="iwae_bound",
    title=Sentence("IWAE bound, K = 5,000"),
    unit=NATS,
    better="higher",
    about=Sentence(
        "Mean of ln (1/K) Σ p(x|z) p(z) / q(z|x) over K draws z of each posterior: a lower bound on ln p(x) that "
        "rises with K from the ELBO, K = 1, to ln p(x) itself."
    ),
    source="Burda et al. 2016",
)
GAP = Measure(
    key="bound_gap",
    title=Sentence("IWAE bound − ELBO"),
    unit=NATS,
    about=Sentence(
        "What the ELBO lacks to the IWAE bound of the same draws: nearly KL(q(z|x) || p(z|x)), by which the "
        "encoder misses the true posterior."
    ),
    source="Burda et al. 2016",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure both on the same images and draws."""
    check_density(subject, posterior=True)
    rows, said = some_rows(subject, MOST_IMAGES)
    found = bound_of(subject, rows, DRAWS, monitor)
    conditions = Sentence("{images}, {count:,} draws of q(z|x) each", images=said, count=DRAWS)
    elbo = (found.elbo, Sentence("ELBO of the same draws"))
    yield Figure.of("iwae_bound", found.bounds[0], conditions, error=found.errors[0], reference=elbo)
    yield Figure.of("bound_gap", found.gaps[0], conditions, error=found.gap_errors[0])


def bound_of(subject: Subject, rows: np.ndarray, draws: int, monitor: Monitor) -> Iwae:
    """The IWAE bound with `draws` draws for the measured images at the indices `rows` (n,)."""
    from trainer.metrics.importance import iwae

    return iwae(
        subject.model,
        subject.images[rows],
        (draws,),
        seed=subject.seed,
        variance=subject.variance,
        monitor=monitor,
    )


def check_density(subject: Subject, *, posterior: bool) -> None:
    """Raise `NotAvailableError` without a prior, a density of images, or the `posterior` that is needed."""
    from trainer.likelihoods import likelihood_of

    if subject.prior is None:
        raise NotAvailableError("This model has no prior, and so no probability of an image.")
    if posterior and subject.posterior_kind is None:
        raise NotAvailableError("This model has no posterior.")
    if not likelihood_of(subject.model.config, subject.variance).known:
        raise NotAvailableError("The learned σ² of this model is not known.")
    if not np.isfinite(subject.codes()).all():
        raise NotAvailableError("Some codes are not finite numbers.")
    if not has_density(subject):
        raise NotAvailableError("This model has no likelihood of an image.")


def has_density(subject: Subject) -> bool:
    """Whether p(x|z) can be computed."""
    import torch

    from trainer.metrics.likelihood import batches, outside_training

    with torch.no_grad(), outside_training(subject.model):
        row = next(batches(subject.model, subject.images[:1], 1))
        code = row.new_zeros(1, subject.latent)
        return subject.model.reconstruction(code, row, subject.variance) is not None


def some_rows(subject: Subject, most: int) -> tuple[np.ndarray, Sentence]:
    """Ascending indices of at most `most` measured images, a seeded random choice, and a description of it."""
    count = len(subject.rows)
    if count <= most:
        return np.arange(count), images_measured(subject)
    chosen = np.sort(np.random.default_rng([subject.seed, 4]).permutation(count)[:most])
    return chosen, Sentence("{count:,} of {images}", count=most, images=images_measured(subject))


GROUP = Group(
    name="bound", title=Sentence("Bound on the likelihood"), measures=(BOUND, GAP), measure=measure, slow=True
)
