"""Compares all codes with the prior: draws of q(z|x), which the decoder is trained on, not its means.

Imports torch only to measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.metrics.discrepancy import Discrepancy
    from trainer.metrics.moments import Moment

#: Maximum number of codes for distances: the work grows with their square.
MOST_COMPARED = 2_000
#: Seeds of the prior's draws: those that codes are compared with, and those that replace codes in references.
_PRIOR, _IN_PLACE = 1, 2

SPREADS = Sentence("standard deviations of the prior")

# No direction is better for any of these: codes without information are nearest to the prior.
MEAN = Measure(
    key="aggregate_mean",
    title=Sentence("Mean of all codes"),
    unit=SPREADS,
    about=Sentence(
        "√(Σ m² / d), m the mean of each of d dimensions over codes drawn from the posteriors, counted from the "
        "prior's mean: how far the middle of all codes is from the prior's."
    ),
)
SPREAD = Measure(
    key="aggregate_spread",
    title=Sentence("Spread of all codes"),
    unit=SPREADS,
    about=Sentence(
        "Standard deviation over codes drawn from the posteriors, averaged over dimensions: 1 where they are as "
        "wide as the prior, more where they have outgrown it."
    ),
)
CORRELATION = Measure(
    key="code_correlation",
    title=Sentence("Correlation of dimensions"),
    about=Sentence(
        "Mean absolute correlation (Pearson) of two dimensions over all codes: 0 where none tells of another by a "
        "straight line."
    ),
)
MMD_SQUARED = Measure(
    key="mmd_squared",
    title=Sentence("MMD², unbiased"),
    about=Sentence(
        "E k(z, z') + E k(y, y') − 2 E k(z, y) of codes z and draws y of the prior, k the mean over s of "
        "C / (C + |z − y|²), C = 2 d s: 0 on average where the two are alike, so that an estimate may be negative."
    ),
    source="Gretton et al. 2012; Tolstikhin et al. 2018",
)
MMD = Measure(
    key="mmd",
    title=Sentence("MMD"),
    about=Sentence(
        "Maximum mean discrepancy of codes and draws of the prior: the root of MMD² of these two samples, above 0 "
        "for two samples of the prior, too."
    ),
    source="Gretton et al. 2012; Tolstikhin et al. 2018",
)
ENERGY = Measure(
    key="energy_distance",
    title=Sentence("Energy distance"),
    about=Sentence(
        "√(2 E|z − y| − E|z − z'| − E|y − y'|) of codes z and draws y of the prior, in standard deviations of the "
        "prior: 0 for the same distribution, but above it for two samples of the prior."
    ),
    source="Székely & Rizzo 2013",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them; for a model without a prior only the correlation of its dimensions."""
    codes, images = _codes(subject, monitor)
    yield _correlation(subject, codes, images)
    prior = subject.prior
    if prior is None:
        raise NotAvailableError("This model has no prior to compare its codes with.")
    from trainer.metrics.discrepancy import SCALES, discrepancies
    from trainer.metrics.moments import offset, spread

    middle, width = (np.asarray(_array(part), np.float64) for part in (prior.mean, prior.spread))
    codes, drawn, other = (
        (part - middle) / width
        for part in (codes, subject.prior_codes(len(codes), _PRIOR), subject.prior_codes(len(codes), _IN_PLACE))
    )
    of = Sentence("as many draws of the prior")
    yield _moment(MEAN.key, offset(codes), offset(drawn), of, images)
    yield _moment(SPREAD.key, spread(codes), spread(drawn), of, images)
    codes, drawn, other = (part[:MOST_COMPARED] for part in (codes, drawn, other))
    if len(codes) < len(subject.rows):
        images = Sentence("{count:,} of {images}", count=len(codes), images=images)
    images = Sentence("{images}, and as many draws of the prior", images=images)
    scales = Sentence("{images}; s = {scales}", images=images, scales=", ".join(f"{scale:g}" for scale in SCALES))
    of = Sentence("as many draws of the prior in place of codes")
    (mmd, energy), (mmd_prior, energy_prior) = (discrepancies(sample, drawn, monitor) for sample in (codes, other))
    yield Figure.of(
        MMD_SQUARED.key, mmd.squared, scales, error=mmd.squared_error, reference=(mmd_prior.squared, of)
    )
    yield _root(MMD.key, mmd, mmd_prior, of, scales)
    yield _root(ENERGY.key, energy, energy_prior, of, images)


def _codes(subject: Subject, monitor: Monitor) -> tuple[np.ndarray, Sentence]:
    """One draw of each posterior, in random order, float64 (n, d), and a description of them."""
    drawn, images = subject.drawn(monitor), images_measured(subject)
    if len(drawn) < len(subject.rows):
        raise NotAvailableError("Some codes are not finite numbers.")
    if len(drawn) < 2:
        raise NotAvailableError("It needs two images or more.")
    if subject.posterior_kind is not None:
        images = Sentence("{images}, one draw of q(z|x) each", images=images)
    return drawn.astype(np.float64), images


def _correlation(subject: Subject, codes: np.ndarray, images: Sentence) -> Figure:
    from trainer.metrics.moments import mean_absolute_correlation, varying_dimensions

    latent, kept = codes.shape[1], varying_dimensions(codes)
    if len(kept) < 2:
        reason = (
            Sentence("It needs two latent dimensions or more.")
            if latent < 2
            else Sentence("Fewer than two dimensions vary.")
        )
        return Figure(key=CORRELATION.key, reason=reason)
    if len(kept) < latent:
        images = Sentence(
            "the {count} of {of} dimensions that vary; {images}", count=len(kept), of=latent, images=images
        )
    drawn = subject.prior_codes(len(codes), _PRIOR)
    chance = mean_absolute_correlation(drawn[:, kept])
    of = Sentence("as many draws of the prior") if subject.prior else Sentence("as many draws of N(0, I)")
    return _moment(CORRELATION.key, mean_absolute_correlation(codes[:, kept]), chance, of, images)


def _moment(key: str, found: Moment, chance: Moment, of: Sentence, images: Sentence) -> Figure:
    return Figure.of(key, found.value, images, error=found.error, reference=(chance.value, of), each=found.each)


def _root(key: str, found: Discrepancy, chance: Discrepancy, of: Sentence, said: Sentence) -> Figure:
    return Figure.of(key, found.root, said, error=found.root_error, reference=(chance.root, of))


def _array(of_prior: object) -> np.ndarray:
    """A parameter of the prior, a torch tensor or a NumPy array, as a NumPy array."""
    return np.asarray(of_prior.detach().cpu() if hasattr(of_prior, "detach") else of_prior)


GROUP = Group(
    name="aggregate",
    title=Sentence("All codes against the prior"),
    measures=(MEAN, SPREAD, CORRELATION, MMD, MMD_SQUARED, ENERGY),
    measure=measure,
)
