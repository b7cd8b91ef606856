"""Disjoint images for fitting and for scoring. Imports torch only to measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from trainer.latent.directions import halves
from trainer.measures.measure import NotAvailableError
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Codes float32 (n, d), finite, and the row of each in the data, int64 (n,)."""

    codes: np.ndarray = field(repr=False)
    rows: np.ndarray = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def some(self, most: int, seed: int) -> Part:
        """At most `most` of them, a seeded random choice, in random order."""
        return self.at(np.random.default_rng([seed, 2]).permutation(len(self.rows))[:most])

    def at(self, places: np.ndarray) -> Part:
        """Those at the indices `places`."""
        return Part(self.codes[places], self.rows[places])


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Images to fit on and to score on; `conditions` describes them: "fitted on 10,000 training images, scored on
    ...".
    """

    fit: Part
    score: Part
    conditions: Sentence


def measured_part(subject: Subject, monitor: Monitor) -> Part:
    """The measured images. Raises `NotAvailableError` for codes that are not finite."""
    return _checked(Part(subject.codes(monitor), subject.rows))


def apart(
    subject: Subject,
    score: Part,
    images: Sentence,
    monitor: Monitor,
    *,
    known: np.ndarray | None = None,
    most: int | None = None,
    most_scored: int | None = None,
) -> Apart:
    """Fit on training images and score on measured ones; on halves of the measured ones if they are training
    images.

    Args:
        score: the measured images, or some of them. images: a description of them.
        known: bool (N,) for all rows; training images where it is False are not used for fitting.
        most, most_scored: maximum number of images to fit and to score on, a seeded random choice in random order.

    Raises `NotAvailableError` for codes that are not finite.
    """
    halved = len(score) > 0 and score.rows[0] < subject.data.train_count
    if halved:
        fit, score = (score.at(places) for places in halves(len(score), subject.seed))
    else:
        fit = _checked(Part(subject.training_codes(monitor), subject.training_rows))
        if known is not None:
            fit = fit.at(np.flatnonzero(known[fit.rows]))
    if most is not None:
        fit = fit.some(most, subject.seed)
    if most_scored is not None and most_scored < len(score):
        score = score.some(most_scored, subject.seed)
        if not halved:
            images = Sentence("{count:,} of {images}", count=most_scored, images=images)
    if halved:
        said = Sentence(
            "fitted on {fit:,} and scored on {score:,} others of {images}",
            fit=len(fit),
            score=len(score),
            images=images,
        )
    else:
        said = Sentence("fitted on {fit:,} training images, scored on {images}", fit=len(fit), images=images)
    return Apart(fit, score, said)


def _checked(part: Part) -> Part:
    if not np.isfinite(part.codes).all():
        raise NotAvailableError("Some codes are not finite numbers.")
    return part
