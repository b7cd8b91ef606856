"""The rows of a report, and which model is better: only where better has a meaning and chance gives less.

The rule: two models differ where the 95 % interval of their difference leaves out zero. Where each image has a
value in both models the difference is taken image by image (paired, mean ± t standard errors, Student). Otherwise
it is made of the two figures' own intervals, as if they were independent: the distance of the values against the
root of the sum of squares of the two interval halves that face each other (square-and-add, Newcombe 1998; Zou &
Donner 2008). Figures of the same images are not independent, as a rule they go together, so that this one errs
towards a tie. Among m models the level is that of m (m − 1) / 2 comparisons together (Bonferroni).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from trainer.measures import rate
from trainer.measures.measure import NORMAL_95, Figure, Group, Measure
from trainer.report.report import Report, ReportedModel
from trainer.sentences import Sentence

RULE = Sentence(
    "A model is marked as better only where better has a meaning and the 95 % interval of the difference leaves "
    "out zero; all others are ties. The difference is taken image by image where every image has a value in both "
    "models, else from the two intervals as if they were independent, which for figures of the same images errs "
    "towards a tie. With more than two models the 95 % are of all comparisons together (Bonferroni)."
)
#: Figures in these units depend on the likelihood: only those of one density on the same pixels compare.
_OF_DENSITY = (rate.NATS, rate.BITS.unit)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who is better in one row.

    Attributes:
        best: places of the models that no other is better than beyond chance; () where nothing is compared. One
            alone is better than all others.
        said: the same in words.
        paired: whether all differences were taken image by image.
    """

    best: tuple[int, ...]
    said: Sentence
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of all models: a figure of each, in their order."""

    group: Group
    measure: Measure
    figures: tuple[Figure, ...]
    verdict: Verdict


def rows(report: Report) -> tuple[Row, ...]:
    """A row a measure, in the order of the groups."""
    found = []
    names = [model.name for model in report.models]
    by_key = [{figure.key: figure for figure in model.figures} for model in report.models]
    for group in report.groups:
        for measure in group.measures:
            missing = Figure(key=measure.key, reason=Sentence("It was not measured."))
            figures = tuple(one.get(measure.key, missing) for one in by_key)
            if of_density(measure) and measure.better and not _one_density(report.models, figures):
                verdict = Verdict((), Sentence("not compared: other likelihoods, or other pixels"))
            else:
                verdict = compared(measure, names, figures)
            found.append(Row(group, measure, figures, verdict))
    return tuple(found)


def of_density(measure: Measure) -> bool:
    """Whether its figures compare only for one kind of likelihood on the same pixels."""
    return measure.unit in _OF_DENSITY


def compared(measure: Measure, names: Sequence[str], figures: Sequence[Figure]) -> Verdict:
    """Who is better, by the rule above."""
    if not measure.better:
        return Verdict((), Sentence("neither direction is better"))
    values = {place: one.value for place, one in enumerate(figures) if one.value is not None}
    if len(values) < 2:
        return Verdict((), Sentence("nothing to compare"))
    sign = -1 if measure.better == "lower" else 1
    first = max(values, key=lambda place: sign * values[place])
    tail = tail_of(len(values))
    best, paired = [first], True
    for place in values:
        if place == first:
            continue
        found = _paired(figures[first].images, figures[place].images, sign, tail)
        if found is None:
            paired = False
            found = _apart(figures[first], figures[place], sign, tail)
        if found is None:
            return Verdict((), Sentence("not compared: no interval"))
        if not found:
            best.append(place)
    best.sort()
    if len(best) == 1:
        said = Sentence("{name} is better", name=names[first])
        if len(values) > 2:
            said = Sentence("{name} is best", name=names[first])
    elif len(best) == len(values):
        said = Sentence("tie: within chance")
    else:
        said = Sentence("tie: {names}", names="; ".join(names[place] for place in best))
    return Verdict(tuple(best), said, paired)


def tail_of(models: int) -> float:
    """The share beyond each end of 95 % intervals of all differences among so many models together."""
    return 0.05 / (2 * max(1, models * (models - 1) // 2))


def _paired(one: np.ndarray | None, other: np.ndarray | None, sign: int, tail: float) -> bool | None:
    """Whether `one` is better image by image; None where that cannot be said."""
    if one is None or other is None or len(one) != len(other) or len(one) < 2:
        return None
    difference = sign * (np.asarray(one, np.float64) - np.asarray(other, np.float64))
    if not np.isfinite(difference).all():
        return None
    error = float(difference.std(ddof=1)) / math.sqrt(len(difference))
    return float(difference.mean()) > _student(len(difference) - 1, 1 - tail) * error


def _student(degrees: int, share: float) -> float:
    """The quantile of Student's distribution."""
    if degrees < 30:
        from scipy.special import stdtrit

        return float(stdtrit(degrees, share))
    # Its expansion in powers of 1 / degrees (Fisher & Cornish 1960), here right to seven digits: scipy takes a
    # moment to import, which a window would feel.
    z = NormalDist().inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
        (27 * z**11 + 339 * z**9 + 930 * z**7 - 1782 * z**5 - 765 * z**3 + 17_955 * z) / 368_640,
    )
    return z + sum(term / degrees**power for power, term in enumerate(terms, start=1))


def _apart(one: Figure, other: Figure, sign: int, tail: float) -> bool | None:
    """Whether `one` is better by the two intervals; None without them."""
    if one.limits is None or other.limits is None or one.value is None or other.value is None:
        return None
    # The end of each interval that faces the other value.
    facing = (one.limits[0] if sign > 0 else one.limits[1]) - one.value
    opposite = (other.limits[1] if sign > 0 else other.limits[0]) - other.value
    wider = NormalDist().inv_cdf(1 - tail) / NORMAL_95
    return sign * (one.value - other.value) > wider * math.hypot(facing, opposite)


def _one_density(models: Sequence[ReportedModel], figures: Sequence[Figure]) -> bool:
    """Whether the figures that there are, are of one kind of density on the same pixels."""
    there = [model for model, figure in zip(models, figures, strict=True) if figure.value is not None]
    return len({(model.config.likelihood == "bernoulli", model.pixels) for model in there}) <= 1


def as_json(row: Row, models: Sequence[ReportedModel]) -> Mapping[str, object]:
    """The row's verdict, with the models' names."""
    return {
        "measure": row.measure.key,
        "best": [models[place].name for place in row.verdict.best],
        "comparison": str(row.verdict.said),
        "paired": row.verdict.paired if row.verdict.best else None,
    }
