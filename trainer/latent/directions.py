"""Directions in code space: differences of group means, their separation score, and code arithmetic. Torch-free.

An attribute vector (Larsen et al. 2016) is meaningful only if it separates the groups better than a random
direction does, on images it was not computed from. Its score is therefore reported beside that of random
directions.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from trainer.sentences import SentenceError

_T = TypeVar("_T")

#: A computation that may be closed at each yield and returns its result.
Steps = Generator[None, None, _T]

#: Minimum number of images in a group: one for each half.
FEWEST = 2
#: Number of random directions to compare with.
RANDOM = 200
#: Maximum number of codes for the covariance, and of images per group to score random directions on.
_COVARIANCE_ROWS = 4_000
_RANDOM_ROWS = 1_500
#: Random directions drawn and scored between two yields; values (n d) of codes processed between two yields.
_DRAWN_AT_ONCE, _AT_ONCE = 25, 10
_VALUES = 500_000
#: A difference below this share of the codes' magnitude is rounding error.
_SAME = 1e-6


class DirectionError(SentenceError):
    """Groups without a direction between them; the message is one sentence.

    kind: "few-plus" or "few-minus" (too few images in a group), "same" (equal means).
    """

    def __init__(self, template: str, /, *, kind: str, **values: object) -> None:
        super().__init__(template, **values)
        self.kind = kind


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """The vector from the mean of the minus group to the mean of the plus group.

    Attributes:
        start: float32 (d,), the mean of the minus group.
        vector: float32 (d,), the plus group's mean minus the minus group's.
        plus, minus: number of finite codes in each group.
    """

    start: np.ndarray = field(repr=False)
    vector: np.ndarray = field(repr=False)
    plus: int
    minus: int

    @property
    def length(self) -> float:
        """Distance between the means, in code units."""
        return float(np.linalg.norm(self.vector.astype(np.float64)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionScore:
    """How well projections on a direction separate two groups, on images that it was not computed from.

    Attributes:
        auroc: the probability that an image of the plus group has a larger projection than one of the minus group;
            the mean over two folds, each fitted on one half and scored on the other.
        random_median, random_high: median and 95th percentile of the AUROC of `random` directions drawn from
            N(0, Σ), Σ the codes' covariance, each with its sign chosen on the half that is not scored.
        random: number of random directions.
        images: number of images scored, both folds together; random_images: the same for random directions.
    """

    auroc: float
    random_median: float
    random_high: float
    random: int
    images: int
    random_images: int


def direction_between(plus: np.ndarray, minus: np.ndarray) -> Steps[Direction]:
    """The direction from the mean of codes `minus` (m, d) to the mean of codes `plus` (p, d).

    Non-finite codes are left out. Raises `DirectionError` if a group has fewer than two codes or the means are
    equal.
    """
    plus = yield from finite(plus)
    minus = yield from finite(minus)
    if len(plus) < FEWEST:
        raise DirectionError(
            "The first group has {count} of the images on this map; at least {least} are needed.",
            kind="few-plus",
            count=len(plus),
            least=FEWEST,
        )
    if len(minus) < FEWEST:
        raise DirectionError(
            "The second group has {count} of the images on this map; at least {least} are needed.",
            kind="few-minus",
            count=len(minus),
            least=FEWEST,
        )
    start = yield from _mean(minus)
    vector = (yield from _mean(plus)) - start
    size = 0.0
    for codes in (plus, minus):
        for part in _parts(codes):
            size = max(size, float(np.abs(codes[part]).max()))
            yield None
    if not float(np.abs(vector).max()) > _SAME * size:
        raise DirectionError(
            "Both groups have the same mean code, so there is no direction between them.", kind="same"
        )
    return Direction(start.astype(np.float32), vector.astype(np.float32), len(plus), len(minus))


def auroc(plus: np.ndarray, minus: np.ndarray) -> float:
    """The share of pairs from `plus` (p,) and `minus` (m,) in which plus is larger; ties count half."""
    ordered = np.sort(minus)
    below = np.searchsorted(ordered, plus, "left")
    up_to = np.searchsorted(ordered, plus, "right")
    return float((below + up_to).sum(dtype=np.float64) / (2 * len(plus) * len(minus)))


def halves(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A seeded permutation of 0 ... count - 1 cut into halves; the first has at most one element more."""
    order = np.random.default_rng(seed).permutation(count)
    cut = (count + 1) // 2
    return np.sort(order[:cut]), np.sort(order[cut:])


def held_out(plus: np.ndarray, minus: np.ndarray, seed: int = 0) -> Steps[float]:
    """AUROC of the difference of means, fitted on half of each group and scored on the other; mean of 2 folds."""
    plus_halves, minus_halves = halves(len(plus), seed), halves(len(minus), seed + 1)
    scores = []
    for fit in (0, 1):
        vector = yield from _mean(plus, plus_halves[fit])
        vector = vector - (yield from _mean(minus, minus_halves[fit]))
        along_plus = yield from _along(plus, plus_halves[1 - fit], vector)
        along_minus = yield from _along(minus, minus_halves[1 - fit], vector)
        scores.append(auroc(along_plus, along_minus))
    return float(np.mean(scores))


def score(
    plus: np.ndarray, minus: np.ndarray, codes: np.ndarray, *, random: int = RANDOM, seed: int = 0
) -> Steps[DirectionScore]:
    """Score the direction between codes `plus` (p, d) and `minus` (m, d) against random directions.

    `codes` (n, d) are all codes of the model; random directions have their covariance, measured on at most 4,000
    of them, and are scored on at most 1,500 images per group.
    """
    plus = yield from finite(plus)
    minus = yield from finite(minus)
    found = yield from held_out(plus, minus, seed)
    some = yield from finite(_evenly(codes, _COVARIANCE_ROWS))
    drawn = yield from random_directions(some, random, seed)
    few_plus, few_minus = _evenly(plus, _RANDOM_ROWS), _evenly(minus, _RANDOM_ROWS)
    figures = np.zeros(random)
    for fit_plus, fit_minus, test_plus, test_minus in _folds(few_plus, few_minus, seed):
        apart = fit_plus.mean(axis=0, dtype=np.float64) - fit_minus.mean(axis=0, dtype=np.float64)
        turned = drawn * np.where(drawn @ apart < 0, -1.0, 1.0)[:, None]
        for start in range(0, random, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            along_plus, along_minus = test_plus @ turned[part].T, test_minus @ turned[part].T
            for place in range(along_plus.shape[1]):
                figures[start + place] += auroc(along_plus[:, place], along_minus[:, place]) / 2
            yield None
    return DirectionScore(
        auroc=found,
        random_median=float(np.median(figures)),
        random_high=float(np.quantile(figures, 0.95)),
        random=random,
        images=len(plus) + len(minus),
        random_images=len(few_plus) + len(few_minus),
    )


def analogy(first: np.ndarray, second: np.ndarray, third: np.ndarray) -> np.ndarray:
    """first - second + third, float32 (d,)."""
    return (first.astype(np.float64) - second.astype(np.float64) + third.astype(np.float64)).astype(np.float32)


def finite(codes: np.ndarray) -> Steps[np.ndarray]:
    """The finite rows of `codes` (n, d)."""
    whole = np.empty(len(codes), bool)
    for part in _parts(codes):
        whole[part] = np.isfinite(codes[part]).all(axis=1)
        yield None
    return codes if whole.all() else (yield from taken(codes, np.flatnonzero(whole)))


def taken(codes: np.ndarray, places: np.ndarray) -> Steps[np.ndarray]:
    """`codes[places]` of codes (n, d), copied in pieces."""
    found = np.empty((len(places), codes.shape[1]), codes.dtype)
    for part in _parts(found):
        found[part] = codes[places[part]]
        yield None
    return found


def _parts(codes: np.ndarray) -> list[slice]:
    rows = max(1, _VALUES // codes.shape[1])
    return [slice(start, start + rows) for start in range(0, len(codes), rows)]


def _mean(codes: np.ndarray, places: np.ndarray | None = None) -> Steps[np.ndarray]:
    """Mean of the rows at `places`, or of all: float64 (d,)."""
    count = len(codes) if places is None else len(places)
    total = np.zeros(codes.shape[1])
    for part in _parts(codes[:count]):
        total += (codes[part] if places is None else codes[places[part]]).sum(axis=0, dtype=np.float64)
        yield None
    return total / count


def _along(codes: np.ndarray, places: np.ndarray, vector: np.ndarray) -> Steps[np.ndarray]:
    """Projections of the rows at `places` on `vector` (d,): float64 (n,)."""
    found = np.empty(len(places))
    for part in _parts(codes[: len(places)]):
        found[part] = codes[places[part]] @ vector
        yield None
    return found


def _folds(
    plus: np.ndarray, minus: np.ndarray, seed: int
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
    """(fit plus, fit minus, test plus, test minus) for both folds."""
    plus_halves, minus_halves = halves(len(plus), seed), halves(len(minus), seed + 1)
    return [
        (
            plus[plus_halves[fit]],
            minus[minus_halves[fit]],
            plus[plus_halves[1 - fit]],
            minus[minus_halves[1 - fit]],
        )
        for fit in (0, 1)
    ]


def random_directions(codes: np.ndarray, count: int, seed: int) -> Steps[np.ndarray]:
    """`count` samples from N(0, Σ), Σ the covariance of `codes` (n, d); float64 (count, d)."""
    centred = codes - codes.mean(axis=0, dtype=np.float64)
    yield None
    rng = np.random.default_rng(seed + 2)
    drawn = np.empty((count, codes.shape[1]))
    for start in range(0, count, _DRAWN_AT_ONCE):
        # A combination of the centred codes with Gaussian weights has exactly their covariance, even if singular.
        weights = rng.standard_normal((min(_DRAWN_AT_ONCE, count - start), len(codes)))
        drawn[start : start + len(weights)] = weights @ centred
        yield None
    return drawn / np.sqrt(max(1, len(codes)))


def _evenly(codes: np.ndarray, most: int) -> np.ndarray:
    """At most `most` of the rows, evenly spaced."""
    if len(codes) <= most:
        return codes
    return codes[np.linspace(0, len(codes) - 1, most).astype(np.intp)]
