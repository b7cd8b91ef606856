"""Whether single latent dimensions know the factors that the images were made of. Torch-free until it measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.apart import Part, apart
from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject
    from trainer.metrics.factor_score import FactorScore

#: Images that are fitted on, and that are scored on, at least: five a bin.
LEAST = 100

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
        "1 where every latent dimension matters for one factor only, 0 where all matter for all alike; what matters "
        "is how much boosted trees that predict the factors use it."
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
        "How well boosted trees predict the factors of images that they were not fitted on, averaged over factors: "
        "share right of a category, R² of a quantity."
    ),
    source="Eastwood & Williams 2018",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """All of them, each beside that of the same codes and the factors of other images."""
    from trainer.metrics.dci import MOST_FITTED, TREES, dci
    from trainer.metrics.factor_values import BINS, varying
    from trainer.metrics.mutual_information_gap import mutual_information_gap
    from trainer.metrics.separated_attribute import separated_attribute

    known = subject.factors
    _check_count(len(subject.rows))
    split = apart(subject, monitor)
    whole = Part(subject.codes(monitor), subject.rows)
    if not np.isfinite(known[np.concatenate([split.fit.rows, whole.rows])]).all():
        raise NotAvailableError("Some factors are not finite numbers.")
    names = varying(known[whole.rows])
    if not len(names):
        raise NotAvailableError("No factor varies over these images.")
    factors = known[whole.rows][:, names]
    said = _of_factors(len(names), known.shape[1], images_measured(subject))
    binned = Sentence("{images}; codes and quantities in {bins} bins", images=said, bins=BINS)
    found = mutual_information_gap(whole.codes, factors, monitor)
    chance = mutual_information_gap(whole.codes, _shuffled(factors, subject.seed), monitor)
    yield _figure("mig", found, chance, binned)

    _check_count(len(split.fit))
    _check_count(len(split.score))
    fit, score = split.fit.some(len(split.fit), subject.seed), split.score
    names = varying(known[fit.rows[:MOST_FITTED]], known[score.rows])
    if not len(names):
        raise NotAvailableError("No factor varies over these images.")
    parts = fit.codes, known[fit.rows][:, names], score.codes, known[score.rows][:, names]
    other = fit.codes, _shuffled(parts[1], subject.seed), score.codes, _shuffled(parts[3], subject.seed + 1)
    said = _of_factors(len(names), known.shape[1], split.conditions)
    yield _figure(
        "sap", separated_attribute(*parts, monitor), separated_attribute(*other, monitor), said
    )

    trees = Sentence(
        "{trees} trees a factor on {count:,} of the images; {images}",
        trees=TREES,
        count=min(MOST_FITTED, len(fit)),
        images=said,
    )
    grown, chances = (dci(*given, seed=subject.seed, monitor=monitor) for given in (parts, other))
    if grown.disentanglement is None or chances.disentanglement is None:
        yield Figure(key=DISENTANGLEMENT.key, reason=Sentence("It needs two factors or more that vary."))
    else:
        yield _figure(DISENTANGLEMENT.key, grown.disentanglement, chances.disentanglement, trees)
    if grown.completeness is None or chances.completeness is None:
        yield Figure(key=COMPLETENESS.key, reason=Sentence("It needs two latent dimensions or more."))
    else:
        yield _figure(COMPLETENESS.key, grown.completeness, chances.completeness, trees)
    yield _figure(INFORMATIVENESS.key, grown.informativeness, chances.informativeness, trees)


def _figure(key: str, found: FactorScore, chance: FactorScore, conditions: Sentence) -> Figure:
    of = (chance.value, Sentence("the same codes with the factors of other images"))
    return Figure.of(key, found.value, conditions, error=found.error, reference=of, each=found.each)


def _of_factors(count: int, of: int, images: Sentence) -> Sentence:
    if count == of:
        return Sentence("{count} factors; {images}", count=count, images=images)
    return Sentence("the {count} of {of} factors that vary; {images}", count=count, of=of, images=images)


def _shuffled(factors: np.ndarray, seed: int) -> np.ndarray:
    """The rows in a seeded random order."""
    return factors[np.random.default_rng([seed, 3]).permutation(len(factors))]


def _check_count(count: int) -> None:
    if count < LEAST:
        raise NotAvailableError(
            "It needs {least} images to fit on and {least} to score on; there are {count}.", least=LEAST, count=count
        )


GROUP = Group(
    name="factors",
    title=Sentence("Disentanglement"),
    measures=(MIG, SAP, DISENTANGLEMENT, COMPLETENESS, INFORMATIVENESS),
    measure=measure,
    slow=True,
)
