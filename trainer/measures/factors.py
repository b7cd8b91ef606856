"""Whether single latent dimensions encode the generating factors of the images. Imports torch only to measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.apart import Apart, apart, measured_part
from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.metrics.factor_score import FactorScore

#: Minimum number of images to fit on and to score on: five per bin.
LEAST = 100
#: Maximum number of images to fit on.
MOST_FITTED = 2_000

MIG = Measure(
    key="mig",
    title=Sentence("Mutual information gap"),
    better="higher",
    about=Sentence(
        "How much more the dimension that knows most of a factor knows of it than the second, in shares of the "
        "factor's entropy, averaged over factors: 1 where each factor has a dimension to itself, 0 where two know "
        "as much."
    ),
    source="Chen et al. 2018",
)
SAP = Measure(
    key="sap",
    title=Sentence("Separated attribute predictability"),
    better="higher",
    about=Sentence(
        "How much better the best single dimension predicts a factor by a straight line than the second, averaged "
        "over factors: R² of a quantity, share right of a linear support vector classifier of a category."
    ),
    source="Kumar et al. 2018",
)
DISENTANGLEMENT = Measure(
    key="dci_disentanglement",
    title=Sentence("DCI disentanglement"),
    better="higher",
    about=Sentence(
        "1 where every latent dimension matters for one factor only, 0 where all matter for all alike; what "
        "matters is how much boosted trees that predict the factors use it."
    ),
    source="Eastwood & Williams 2018",
)
COMPLETENESS = Measure(
    key="dci_completeness",
    title=Sentence("DCI completeness"),
    better="higher",
    about=Sentence("1 where for every factor one latent dimension only matters, 0 where all matter alike."),
    source="Eastwood & Williams 2018",
)
INFORMATIVENESS = Measure(
    key="dci_informativeness",
    title=Sentence("DCI informativeness"),
    better="higher",
    about=Sentence(
        "How well boosted trees predict the factors of images that they were not fitted on, averaged over "
        "factors: share right of a category, R² of a quantity."
    ),
    source="Eastwood & Williams 2018",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them; the reference is the figure of the same codes with shuffled factors."""
    factors = subject.factors
    known = np.isfinite(factors).all(axis=1)
    part, images = measured_part(subject, monitor), images_measured(subject)
    if not known[part.rows].all():
        part = part.at(np.flatnonzero(known[part.rows]))
        images = Sentence("the {count:,} with known factors of {images}", count=len(part), images=images)
    _check_count(len(part))
    yield _gap(part.codes, factors[part.rows], images, subject.seed, monitor)
    split = apart(subject, part, images, monitor, known=known, most=MOST_FITTED)
    _check_count(min(len(split.fit), len(split.score)))
    yield from _predicted(split, factors, subject.seed, monitor)


def _gap(codes: np.ndarray, factors: np.ndarray, images: Sentence, seed: int, monitor: Monitor) -> Figure:
    """MIG of all measured images; nothing is fitted."""
    from trainer.metrics.factor_values import BINS
    from trainer.metrics.mutual_information_gap import mutual_information_gap

    names = _varying(factors)
    said = Sentence(
        "{images}; codes and quantities in {bins} bins", images=_said(names, factors, images), bins=BINS
    )
    given = factors[:, names]
    found, chance = (mutual_information_gap(codes, values, monitor) for values in (given, _shuffled(given, seed)))
    return _figure(MIG.key, found, chance, said)


def _predicted(split: Apart, known: np.ndarray, seed: int, monitor: Monitor) -> Iterator[Figure]:
    """The measures that are fitted on some images and scored on others."""
    from trainer.metrics.dci import GROWN_ON, TREES, dci
    from trainer.metrics.separated_attribute import separated_attribute

    fit, score = known[split.fit.rows], known[split.score.rows]
    names = _varying(fit[:GROWN_ON], score)
    said = _said(names, known, split.conditions)
    fit, score = fit[:, names], score[:, names]
    given = split.fit.codes, fit, split.score.codes, score
    other = split.fit.codes, _shuffled(fit, seed), split.score.codes, _shuffled(score, seed + 1)
    yield _figure(SAP.key, separated_attribute(*given, monitor), separated_attribute(*other, monitor), said)

    trees = Sentence(
        "{trees} trees a factor, grown on {count:,} of the images that are fitted on; {images}",
        trees=TREES,
        count=min(GROWN_ON, len(fit)),
        images=said,
    )
    found, chance = (dci(*parts, seed=seed, monitor=monitor) for parts in (given, other))
    if found.disentanglement is None or chance.disentanglement is None:
        yield Figure(key=DISENTANGLEMENT.key, reason=Sentence("It needs two factors or more that vary."))
    else:
        yield _figure(DISENTANGLEMENT.key, found.disentanglement, chance.disentanglement, trees)
    if found.completeness is None or chance.completeness is None:
        yield Figure(key=COMPLETENESS.key, reason=Sentence("It needs two latent dimensions or more."))
    else:
        yield _figure(COMPLETENESS.key, found.completeness, chance.completeness, trees)
    yield _figure(INFORMATIVENESS.key, found.informativeness, chance.informativeness, trees)


def _varying(*parts: np.ndarray) -> np.ndarray:
    """The columns of factors that vary in each of these sets of images. Raises `NotAvailableError` without any."""
    from trainer.metrics.factor_values import varying

    names = varying(*parts)
    if not len(names):
        raise NotAvailableError("No factor varies over these images.")
    return names


def _figure(key: str, found: FactorScore, chance: FactorScore, conditions: Sentence) -> Figure:
    of = (chance.value, Sentence("the same codes with the factors of other images"))
    return Figure.of(key, found.value, conditions, error=found.error, reference=of, each=found.each)


def _said(names: np.ndarray, factors: np.ndarray, images: Sentence) -> Sentence:
    """A description of the factors and the images."""
    count, of = len(names), factors.shape[1]
    if count < of:
        return Sentence("the {count} of {of} factors that vary; {images}", count=count, of=of, images=images)
    if count == 1:
        return Sentence("one factor; {images}", images=images)
    return Sentence("{count} factors; {images}", count=count, images=images)


def _shuffled(factors: np.ndarray, seed: int) -> np.ndarray:
    """The rows in a seeded random order."""
    return factors[np.random.default_rng([seed, 3]).permutation(len(factors))]


def _check_count(count: int) -> None:
    if count < LEAST:
        raise NotAvailableError(
            "It needs {least} images or more with known factors to fit on, and as many to score on; there are "
            "{count}.",
            least=LEAST,
            count=count,
        )


GROUP = Group(
    name="factors",
    title=Sentence("Disentanglement"),
    measures=(MIG, SAP, DISENTANGLEMENT, COMPLETENESS, INFORMATIVENESS),
    measure=measure,
    slow=True,
)
