"""Attribute vectors, differences of mean codes (Larsen et al. 2016), scored on images they were not fitted on.

For each attribute an image has it (+1), lacks it (-1) or is neither (0). The vector is the mean code of those
that have it minus that of those that lack it; its score on other images is the AUROC of the projections, the
share of pairs in which the image that has it has the larger projection, ties half. Random directions are drawn
from N(0, Σ), Σ the codes' covariance, as in `trainer.latent.directions`, each with its sign chosen on the fitted
images. Torch-free.

Standard error: the AUROC is a two-sample U statistic, so an image's influence is the share of the other group that
it is ordered correctly against, minus the AUROC, times n over the size of its group (DeLong et al. 1988). The
vectors are treated as fixed. Cost: n ln n per attribute and random direction.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.latent.directions import RANDOM, random_directions
from trainer.metrics.auroc import share_below
from trainer.metrics.factor_score import FactorScore, averaged
from trainer.progress import UNWATCHED, Monitor, completed

#: Codes for the covariance, and images that random directions are scored on, at most: seeded random choices.
_COVARIANCE_ROWS, _RANDOM_ROWS = 2_000, 1_500
#: Fewest images on either side, of those fitted on and of those scored on.
FEWEST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Attributes:
    """Attributes:
    score: mean AUROC over attributes, its standard error, and each attribute's.
    chance: 95th percentile of the same mean for random directions, a different one for each attribute.
    """

    score: FactorScore = field(repr=False)
    chance: float


def of_classes(labels: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Signs of each of `classes` (A,) against the rest, from labels (n,), -1 unknown: int8 (n, A)."""
    signs = np.where(labels[:, None] == classes, 1, -1)
    return np.where(labels[:, None] < 0, 0, signs).astype(np.int8)


def of_thirds(factors: np.ndarray, fit_factors: np.ndarray) -> np.ndarray:
    """Signs of the upper against the lower third of each factor (n, F), thirds from `fit_factors` (m, F): int8 (n,
    F).

    If a third ends within equal values, all of them belong to it, unless both thirds end there. NaN is neither.
    """
    signs = np.zeros(factors.shape, np.int8)
    for place, (values, fitted) in enumerate(zip(factors.T, fit_factors.T, strict=True)):
        fitted = fitted[np.isfinite(fitted)]
        if not len(fitted):
            continue
        low, high = np.quantile(fitted, (1 / 3, 2 / 3), method="nearest")
        above, below = (values > high, values < low) if low == high else (values >= high, values <= low)
        signs[:, place] = above.astype(np.int8) - below.astype(np.int8)
    return signs


def usable(*parts: np.ndarray) -> np.ndarray:
    """Indices of attributes that enough images of each part (signs (n, A)) have, and lack: intp, ascending."""
    return np.flatnonzero(
        np.all([(part == side).sum(axis=0) >= FEWEST for part in parts for side in (1, -1)], axis=0)
    )


def vectors(codes: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """The attribute vectors of finite codes (n, d): float64 (A, d)."""
    return _mean(codes, signs == 1) - _mean(codes, signs == -1)


def attributes(
    fit_codes: np.ndarray,
    fit_signs: np.ndarray,
    codes: np.ndarray,
    signs: np.ndarray,
    *,
    seed: int = 0,
    random: int = RANDOM,
    monitor: Monitor = UNWATCHED,
) -> Attributes:
    """Score attribute vectors of finite codes (m, d) on other codes (n, d); signs (m, A) and (n, A) are `usable`.

    Raises `CancelledError`.
    """
    toward = vectors(fit_codes, fit_signs)
    each, influences = [], np.zeros(len(codes))
    for place, along in enumerate(toward.astype(codes.dtype) @ codes.T):
        monitor.check()
        score, influence = _auroc(along, signs[:, place])
        each.append(score)
        influences += influence / len(toward)
    rng = np.random.default_rng([seed, 4])
    some = fit_codes[rng.permutation(len(fit_codes))[:_COVARIANCE_ROWS]]
    drawn = completed(random_directions(some, random, seed), monitor)
    seen = _for_chance(signs, rng)
    table = _chances(drawn, toward, codes[seen], signs[seen], monitor)
    # A separate direction for each attribute, like its vector.
    means = rng.permuted(table, axis=0).mean(axis=1)
    return Attributes(averaged(each, influences), float(np.quantile(means, 0.95)))


def _mean(codes: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The mean code of the images `chosen` (n, A) for each attribute: float64 (A, d)."""
    return (chosen.T.astype(codes.dtype) @ codes) / chosen.sum(axis=0)[:, None]


def _auroc(along: np.ndarray, signs: np.ndarray) -> tuple[float, np.ndarray]:
    """AUROC of projections (n,), and the influence of each image on it: (n,)."""
    plus, minus = along[signs == 1], along[signs == -1]
    shares = share_below(plus, minus), 1 - share_below(minus, plus)
    score = float(shares[0].mean())
    influence = np.zeros(len(along))
    for side, share in zip((1, -1), shares, strict=True):
        influence[signs == side] = (share - score) * len(along) / len(share)
    return score, influence


def _for_chance(signs: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Rows to score random directions on; all if an attribute would lose one of its groups."""
    rows = rng.permutation(len(signs))[:_RANDOM_ROWS]
    return rows if len(usable(signs[rows])) == signs.shape[1] else np.arange(len(signs))


def _chances(
    drawn: np.ndarray, toward: np.ndarray, codes: np.ndarray, signs: np.ndarray, monitor: Monitor
) -> np.ndarray:
    """AUROC of each random direction (r, d), with the sign that fits each vector (A, d): (r, A)."""
    table = np.full((len(drawn), len(toward)), 0.5)
    side = drawn @ toward.T >= 0
    for place, along in enumerate(drawn.astype(codes.dtype) @ codes.T):
        if not np.ptp(along) > 0:
            continue
        monitor.check()
        ordered = signs[np.argsort(along)]
        plus, minus = ordered == 1, ordered == -1
        # For every image of the plus group, the number of images of the minus group before it.
        pairs = (plus * np.cumsum(minus, axis=0, dtype=np.int32)).sum(axis=0, dtype=np.float64)
        table[place] = pairs / (plus.sum(axis=0) * minus.sum(axis=0, dtype=np.float64))
    return np.where(side, table, 1 - table)
