"""Arithmetic with codes: directions of classes and factors, and analogies. Imports torch only to measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.apart import Apart, Part, apart, measured_part
from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.metrics.share_interval import share_interval
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: Maximum numbers of classes whose direction is measured and of images that are moved: seeded random choices.
MOST_CLASSES, MOST_MOVED = 20, 1_000
#: Share of real images that a classifier must recognise to be used on decoded ones.
RECOGNISED = 0.9

CLASSES = Measure(
    key="class_directions",
    title=Sentence("Directions of classes"),
    unit=Sentence("AUROC"),
    better="higher",
    about=Sentence(
        "How well the vector from the mean code of all other images to the mean code of a class tells images of "
        "the class from the others, averaged over classes: 1 always, 0.5 as chance would."
    ),
    source="Larsen et al. 2016",
)
FACTORS = Measure(
    key="factor_directions",
    title=Sentence("Directions of factors"),
    unit=Sentence("AUROC"),
    better="higher",
    about=Sentence(
        "How well the vector from the mean code of images in the lower third of a factor to that in the upper "
        "third tells the two apart, averaged over factors: 1 always, 0.5 as chance would."
    ),
    source="Larsen et al. 2016",
)
ANALOGIES = Measure(
    key="analogies",
    title=Sentence("Analogies"),
    unit=Sentence("share of images"),
    better="higher",
    about=Sentence(
        "Share of images whose picture a classifier takes for the class it is to become when the mean code of its "
        "own class is subtracted from its code and that of the other class is added."
    ),
    source="Larsen et al. 2016",
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them: vectors come from training images, scores from other images."""
    if subject.data.labels is None and subject.data.factors is None:
        raise NotAvailableError("The data have neither classes nor known factors.")
    split = apart(subject, measured_part(subject, monitor), images_measured(subject), monitor)
    for key, found in ((CLASSES.key, _classes), (FACTORS.key, _factors), (ANALOGIES.key, _analogies)):
        try:
            yield found(subject, split, monitor)
        except NotAvailableError as error:
            yield Figure(key=key, reason=error.sentence)


def _classes(subject: Subject, split: Apart, monitor: Monitor) -> Figure:
    from trainer.metrics.attributes import of_classes, usable

    fit, score = subject.labels[split.fit.rows], subject.labels[split.score.rows]
    classes = np.unique(fit[fit >= 0])
    if len(classes) < 2:
        raise NotAvailableError("It needs images of two classes or more.")
    chosen = np.sort(np.random.default_rng([subject.seed, 6]).permutation(classes)[:MOST_CLASSES])
    signs = of_classes(fit, chosen), of_classes(score, chosen)
    kept = usable(*signs)
    if not len(kept):
        raise NotAvailableError("Every class has too few images to fit on, or to score on.")
    if len(kept) < len(classes):
        said = Sentence(
            "{count} of {of} classes; {images}", count=len(kept), of=len(classes), images=split.conditions
        )
    else:
        said = Sentence("{count} classes; {images}", count=len(kept), images=split.conditions)
    return _directions(CLASSES.key, subject, split, signs[0][:, kept], signs[1][:, kept], said, monitor)


def _factors(subject: Subject, split: Apart, monitor: Monitor) -> Figure:
    from trainer.metrics.attributes import of_thirds, usable

    fit, score = subject.factors[split.fit.rows], subject.factors[split.score.rows]
    signs = of_thirds(fit, fit), of_thirds(score, fit)
    kept = usable(*signs)
    if not len(kept):
        raise NotAvailableError("Every factor has too few images in its upper or lower third.")
    if len(kept) < fit.shape[1]:
        said = Sentence(
            "{count} of {of} factors; {images}", count=len(kept), of=fit.shape[1], images=split.conditions
        )
    elif len(kept) == 1:
        said = Sentence("one factor; {images}", images=split.conditions)
    else:
        said = Sentence("{count} factors; {images}", count=len(kept), images=split.conditions)
    return _directions(FACTORS.key, subject, split, signs[0][:, kept], signs[1][:, kept], said, monitor)


def _directions(
    key: str,
    subject: Subject,
    split: Apart,
    fit_signs: np.ndarray,
    signs: np.ndarray,
    conditions: Sentence,
    monitor: Monitor,
) -> Figure:
    from trainer.metrics.attributes import attributes

    found = attributes(split.fit.codes, fit_signs, split.score.codes, signs, seed=subject.seed, monitor=monitor)
    chance = (found.chance, Sentence("random directions, 1 in 20 above"))
    score = found.score
    return Figure.of(key, score.value, conditions, error=score.error, reference=chance, each=score.each)


def _analogies(subject: Subject, split: Apart, monitor: Monitor) -> Figure:
    from trainer.metrics.analogies import moves
    from trainer.metrics.classifier import ClassifierError, digits

    digit = _digits_of(subject)
    fit = subject.labels[split.fit.rows]
    classes = np.unique(fit[fit >= 0])
    if len(classes) < 2:
        raise NotAvailableError("It needs images of two classes or more.")
    known = np.isin(subject.labels[split.score.rows], classes)
    if not known.any():
        raise NotAvailableError("No image to score on has a class that others to fit on have.")
    some = Part(split.score.codes[known], split.score.rows[known]).some(MOST_MOVED, subject.seed)
    labels = subject.labels[some.rows]
    try:
        real = float((digits(subject.data.images[some.rows].astype(np.float32) / 255) == digit[labels]).mean())
        if real < RECOGNISED:
            raise NotAvailableError(
                "The classifier of digits recognises only {share:.0%} of these images.", share=real
            )
        made = moves(some.codes, labels, split.fit.codes, fit, seed=subject.seed, monitor=monitor)
        wanted = digit[made.targets]
        share, random = (
            float((digits(subject.decode(codes, monitor)) == wanted).mean())
            for codes in (made.moved, made.at_random)
        )
    except ClassifierError as error:
        raise NotAvailableError.of(error.sentence) from error
    return Figure.of(
        ANALOGIES.key,
        share,
        Sentence(
            "{count:,} images, one other class each, judged by a classifier right about {real:.1%} of the real "
            "ones; {images}",
            count=len(some),
            real=real,
            images=split.conditions,
        ),
        interval=share_interval(share, len(some)),
        reference=(random, Sentence("moved as far in random directions")),
    )


def _digits_of(subject: Subject) -> np.ndarray:
    """The digit of each label: intp (C,). Raises `NotAvailableError` for other classes than digits."""
    assert subject.labels is not None
    names = subject.data.label_names
    if (
        subject.data.shape[0] != 1
        or not names
        or not all(len(name) == 1 and name in "0123456789" for name in names)
    ):
        raise NotAvailableError("No classifier of these classes comes with the program, only one of grey digits.")
    return np.array([int(name) for name in names])


GROUP = Group(
    name="arithmetic",
    title=Sentence("Arithmetic with codes"),
    measures=(CLASSES, FACTORS, ANALOGIES),
    measure=measure,
)
