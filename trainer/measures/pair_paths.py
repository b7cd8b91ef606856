"""Paths between the codes of pairs of images, and figures that are means over them. Torch-free."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.apart import Part, measured_part
from trainer.measures.conditions import images_measured
from trainer.measures.measure import Figure, NotAvailableError
from trainer.metrics.image_pairs import image_pairs
from trainer.metrics.standard_error import standard_error
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.subject import Subject

#: (first code (d,), second code (d,), shares (n,)) -> codes (n, d), like `trainer.latent.interpolation.lerp`.
Between = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]

#: Picture values per piece of work: 4 MB, about 20 ms.
_VALUES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of measured images.

    Attributes:
        subject: their model.
        part: codes and rows of the images.
        places: int64 (p, 2), p >= 1, indices into `part` of each pair.
        said: a description, such as "500 pairs of different classes; 10,000 held-out images".
    """

    subject: Subject
    part: Part
    places: np.ndarray = field(repr=False)
    said: Sentence

    def __len__(self) -> int:
        return len(self.places)

    def codes_at(self, between: Between, shares: np.ndarray) -> np.ndarray:
        """Codes at `shares` (p, n) of each path: float32 (p, n, d)."""
        ends = self.part.codes[self.places]
        return np.stack([between(pair[0], pair[1], at) for pair, at in zip(ends, shares, strict=True)])

    def decoded(self, codes: np.ndarray, monitor: Monitor, what: Sentence) -> Iterator[np.ndarray]:
        """Yield the pictures of codes (p, n, d) for a few paths at a time, in order: float32 (q, n, C, H, W)."""
        for part in self._parts(codes.shape[1], monitor, what):
            some = codes[part]
            pictures = self.subject.decode(some.reshape(-1, codes.shape[2]))
            if not np.isfinite(pictures).all():
                raise NotAvailableError("Some decoded pictures are not finite numbers.")
            yield pictures.reshape(*some.shape[:2], *self.subject.data.shape)

    def faded(self, shares: np.ndarray, monitor: Monitor) -> Iterator[np.ndarray]:
        """Like `decoded`, for cross-fades: weighted means of the two images, not binarised, at shares (p, n)."""
        images = self.subject.data.images
        for part in self._parts(shares.shape[1], monitor, Sentence("Cross-fades")):
            first, second = (
                images[rows][:, None] / np.float32(255) for rows in self.part.rows[self.places[part]].T
            )
            weight = shares[part].astype(np.float32)[:, :, None, None, None]
            yield first * (1 - weight) + second * weight

    def _parts(self, pictures: int, monitor: Monitor, what: Sentence) -> Iterator[slice]:
        """Yield slices of pairs with `pictures` pictures each."""
        step = max(1, _VALUES // (pictures * math.prod(self.subject.data.shape)))
        for start in range(0, len(self), step):
            monitor.at(start, len(self), Sentence("paths"), what)
            yield slice(start, start + step)


def pairs_of(subject: Subject, most: int, monitor: Monitor, *, among: int | None = None) -> Pairs:
    """At most `most` pairs of measured images, of different classes where there are any; each image in one pair.

    among: maximum number of images to choose from, a seeded random choice. Raises `NotAvailableError` for fewer
    than two images, and for codes that are not finite.
    """
    part = measured_part(subject, monitor)
    if among is not None:
        part = part.some(among, subject.seed)
    labels = subject.data.labels
    places, apart = image_pairs(len(part), most, subject.seed, None if labels is None else labels[part.rows])
    if not len(places):
        raise NotAvailableError("It needs two images or more.")
    images = images_measured(subject)
    if apart:
        said = Sentence("{count:,} pairs of different classes; {images}", count=len(places), images=images)
    elif len(places) == 1:
        said = Sentence("one pair; {images}", images=images)
    else:
        said = Sentence("{count:,} pairs; {images}", count=len(places), images=images)
    return Pairs(subject, part, places, said)


def evenly(paths: int, pictures: int) -> np.ndarray:
    """Evenly spaced shares from 0 to 1, the same for each path: float64 (paths, pictures)."""
    return np.broadcast_to(np.linspace(0, 1, pictures), (paths, pictures))


def mean_figure(
    key: str,
    values: np.ndarray,
    conditions: Sentence,
    *,
    none: Sentence | None = None,
    reference: tuple[float, Sentence] | None = None,
) -> Figure:
    """The mean of values float (p,), one per pair, with its standard error; NaN values are left out.

    The number left out is added to the conditions; if all are left out, `none` is the reason.
    """
    known = values[~np.isnan(values)].astype(np.float64)
    if not len(known):
        return Figure(key=key, reason=none or Sentence("It is not defined for any pair."), conditions=conditions)
    if len(known) < len(values):
        conditions = Sentence(
            "{conditions}; without the {count:,} of which it is not defined",
            conditions=conditions,
            count=len(values) - len(known),
        )
    return Figure.of(
        key,
        float(known.mean()),
        conditions,
        error=standard_error(known),
        reference=reference,
        each=tuple(known.tolist()),
    )
