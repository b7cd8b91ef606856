"""Images to fit something on, and other ones to score it on. Torch-free until it measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from trainer.latent.directions import halves
from trainer.measures.conditions import images_measured
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
        """At most so many of them, a seeded random choice, in random order."""
        chosen = np.random.default_rng([seed, 2]).permutation(len(self.rows))[:most]
        return Part(self.codes[chosen], self.rows[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """Where to fit and where to score; `conditions` says it: "fitted on 10,000 training images, scored on ..."."""

    fit: Part
    score: Part
    conditions: Sentence


def apart(subject: Subject, monitor: Monitor) -> Apart:
    """Fit on training images and score on the measured ones; on halves of these if they are training images, too.

    Raises `NotAvailableError` for codes that are not finite.
    """
    measured = Part(subject.codes(monitor), subject.rows)
    _check(measured)
    images = images_measured(subject)
    if len(measured) and subject.rows[0] < subject.data.train_count:
        first, second = halves(len(measured), subject.seed)
        said = Sentence("fitted on one half of {images}, scored on the other", images=images)
        return Apart(*(Part(measured.codes[part], measured.rows[part]) for part in (first, second)), said)
    training = Part(subject.training_codes(monitor), subject.training_rows)
    _check(training)
    said = Sentence("fitted on {count:,} training images, scored on {images}", count=len(training), images=images)
    return Apart(training, measured, said)


def _check(part: Part) -> None:
    if not np.isfinite(part.codes).all():
        raise NotAvailableError("Some codes are not finite numbers.")
