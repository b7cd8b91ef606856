"""Information of the codes about the images: dimensions in use, and the decomposition of the KL. Imports torch
only to measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure
from trainer.metrics.active_units import active_units, in_prior_units
from trainer.metrics.effective_rank import effective_rank, effective_rank_error
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: Maximum number of posteriors for the decomposition: the work grows with their square.
MOST_SURGERY = 2_000

ACTIVE = Measure(
    key="active_units",
    title=Sentence("Active units"),
    unit=Sentence("latent dimensions"),
    about=Sentence(
        "Latent dimensions whose posterior mean varies over the images by more than 0.01 of the prior's variance."
    ),
    source="Burda et al. 2016",
)
RANK = Measure(
    key="effective_rank",
    title=Sentence("Effective rank"),
    unit=Sentence("latent dimensions"),
    about=Sentence(
        "exp of the entropy of the normalised singular values of the centred codes: how many dimensions the cloud "
        "of codes uses."
    ),
    source="Roy & Vetterli 2007",
)
INFORMATION = Measure(
    key="mutual_information",
    title=Sentence("Information about the image"),
    unit=Sentence("nats"),
    about=Sentence(
        "E[ln q(z|x) − ln q(z)], the part of the KL by which codes of different images differ. An estimate over N "
        "images cannot exceed ln N."
    ),
    source="Hoffman & Johnson 2016",
)
MARGINAL = Measure(
    key="marginal_kl",
    title=Sentence("Aggregated posterior against prior"),
    unit=Sentence("nats"),
    better="lower",
    about=Sentence("KL(q(z) || p(z)), the rest of the KL: how far all codes together are from the prior."),
    source="Hoffman & Johnson 2016",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them."""
    import torch

    from trainer.metrics.surgery import surgery

    codes, images = subject.codes(monitor), images_measured(subject)
    rank = effective_rank(codes)
    if rank is None:
        yield Figure(key="effective_rank", reason=Sentence("It needs two images or more, with finite codes."))
    else:
        yield Figure.of("effective_rank", rank, images, error=effective_rank_error(codes))
    sigmas, prior, kind = subject.sigmas(monitor), subject.prior, subject.posterior_kind
    if sigmas is None or prior is None or kind is None:
        none = Sentence("This model has no posterior and no prior.")
        yield from (Figure(key=one.key, reason=none) for one in (ACTIVE, INFORMATION, MARGINAL))
        return
    if len(codes) < 2:
        few = Sentence("It needs two images or more.")
        yield from (Figure(key=one.key, reason=few) for one in (ACTIVE, INFORMATION, MARGINAL))
        return
    if not np.isfinite(codes).all() or not np.isfinite(sigmas).all():
        wild = Sentence("Some codes are not finite numbers.")
        yield from (Figure(key=one.key, reason=wild) for one in (ACTIVE, INFORMATION, MARGINAL))
        return
    variances = in_prior_units(codes.var(axis=0, dtype=np.float64), prior)
    yield Figure(
        key="active_units",
        value=active_units(variances),
        conditions=images,
        each=tuple(variances.tolist()),
    )
    some = np.sort(np.random.default_rng(subject.seed).permutation(len(codes))[:MOST_SURGERY])
    monitor.check()
    mean, spread = (torch.from_numpy(array[some]).to(subject.device) for array in (codes, sigmas))
    found = surgery(kind.of_sigmas(mean, spread), prior, seed=subject.seed)
    said = Sentence("{count:,} of them, one draw of q(z|x) each", count=len(some))
    if len(some) == len(codes):
        said = Sentence("{images}, one draw of q(z|x) each", images=images)
    ceiling = (found.ceiling, Sentence("ln N, above which no estimate over these images can be"))
    yield Figure.of(
        "mutual_information", found.mutual_information, said, error=found.standard_error, reference=ceiling
    )
    yield Figure.of("marginal_kl", found.marginal_kl, said, error=found.standard_error)


GROUP = Group(
    name="information",
    title=Sentence("What the codes say"),
    measures=(ACTIVE, RANK, INFORMATION, MARGINAL),
    measure=measure,
)
