"""The exact ln p(x) for one or two latent dimensions, and the gaps of the bounds to it. Imports torch only to
measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.bound import bound_of, check_density, some_rows
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.measures.rate import NATS
from trainer.metrics.standard_error import standard_error
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.metrics.exact import ExactPosterior

#: Maximum number of images, a seeded random choice; draws of each posterior for the IWAE bound compared with it.
MOST_IMAGES, DRAWS = 100, 1_000

EVIDENCE = Measure(
    key="exact_log_likelihood",
    title=Sentence("ln p(x)"),
    unit=NATS,
    better="higher",
    about=Sentence(
        "ln ∫ p(x|z) p(z) dz, the log-likelihood of an image itself, summed over a grid that is refined where the "
        "true posterior p(z|x) is: for one or two latent dimensions."
    ),
)
ELBO_GAP = Measure(
    key="exact_gap",
    title=Sentence("ln p(x) − ELBO"),
    unit=NATS,
    about=Sentence(
        "KL(q(z|x) || p(z|x)): by how much the encoder's posterior misses the true one, and the ELBO ln p(x)."
    ),
    source="Cremer et al. 2018",
)
IWAE_GAP = Measure(
    key="exact_iwae_gap",
    title=Sentence("ln p(x) − IWAE bound, K = 1,000"),
    unit=NATS,
    about=Sentence("What the IWAE bound of 1,000 draws lacks to ln p(x): near 0 unless q misses part of p(z|x)."),
    source="Burda et al. 2016",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them on the same images."""
    from trainer.metrics.exact import MOST_DIMENSIONS

    if subject.latent > MOST_DIMENSIONS:
        raise NotAvailableError(
            "A grid covers one or two latent dimensions, and this model has {latent:,}.", latent=subject.latent
        )
    check_density(subject, posterior=False)
    rows, images = some_rows(subject, MOST_IMAGES)
    found = _found(subject, rows, monitor)
    evidence = np.array([one.log_evidence for one in found])
    worst = max(one.error for one in found)
    said = Sentence("{images}, each to {error:.1g} nats or better", images=images, error=worst)
    if subject.posterior_kind is None:
        yield Figure.of("exact_log_likelihood", evidence.mean(), said, error=standard_error(evidence))
        raise NotAvailableError("This model has no posterior.")
    elbo = np.array([one.elbo for one in found])
    reference = (float(elbo.mean()), Sentence("ELBO of the same images"))
    yield Figure.of(
        "exact_log_likelihood",
        float(evidence.mean()),
        said,
        error=standard_error(evidence),
        reference=reference,
        each=tuple(evidence.tolist()),
    )
    gaps = evidence - elbo
    yield Figure.of("exact_gap", float(gaps.mean()), said, error=standard_error(gaps), each=tuple(gaps.tolist()))
    left = evidence - bound_of(subject, rows, DRAWS, monitor).each[0]
    drawn = Sentence("{images}, {count:,} draws of q(z|x) each", images=images, count=DRAWS)
    yield Figure.of(
        "exact_iwae_gap", float(left.mean()), drawn, error=standard_error(left), each=tuple(left.tolist())
    )


def _found(subject: Subject, rows: np.ndarray, monitor: Monitor) -> list[ExactPosterior]:
    """The exact posterior of each image at `rows`. Raises `NotAvailableError` for a model that has overflowed."""
    from trainer.metrics.block_threads import BlockThreads
    from trainer.metrics.exact import ExactError, exact
    from trainer.metrics.joint_density import of_model
    from trainer.metrics.likelihood import batches, outside_training

    found: dict[int, ExactPosterior] = {}

    def quadrature(place: int) -> None:
        row = next(batches(subject.model, subject.images[[place]], 1))
        joint = of_model(subject.model, row, subject.variance)
        assert joint is not None
        found[place] = exact(joint, monitor=Monitor(is_cancelled=monitor.is_cancelled))

    def check() -> None:
        monitor.at(len(found), len(rows), Sentence("images"), Sentence("Integrating over codes"))

    try:
        with outside_training(subject.model), BlockThreads(subject.device) as threads:
            threads.run(quadrature, rows.tolist(), check)
    except ExactError as error:
        raise NotAvailableError.of(error.sentence) from error
    return [found[place] for place in rows.tolist()]


GROUP = Group(
    name="exact",
    title=Sentence("Likelihood by quadrature"),
    measures=(EVIDENCE, ELBO_GAP, IWAE_GAP),
    measure=measure,
    slow=True,
)
