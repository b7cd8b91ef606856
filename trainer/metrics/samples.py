"""Measures of samples: Fréchet distance, precision, recall, density and coverage in a feature space. Torch-free.

All of them compare two sets of features (`trainer.metrics.features`): of real pictures, and of generated ones or,
to calibrate, of other real pictures. Distances are compared in double precision
(`trainer.metrics.near_pairs`), block by block, so that memory does not grow with the number of pictures and the
work can be cancelled between blocks. 10,000 against 10,000 pictures take a second on one core.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.latent.density import Steps
from trainer.metrics.near_pairs import NearPairs
from trainer.progress import Progress
from trainer.sentences import Sentence

#: The ball of a picture reaches its k-th nearest neighbour, k as proposed by Naeem et al. 2020.
NEAREST = 5
#: With fewer pictures on either side a Fréchet distance is mostly noise of the covariances.
LEAST_FRECHET = 200
#: Float32 features that differ by less than this share of the largest are equal.
_SAME = 1e-5
#: Number of groups of columns whose minimum distances bound the nearest ones.
_COLUMNS = 100
#: Groups of pictures left out in turn for the error of a Fréchet distance.
_GROUPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """Figures of a set of pictures compared with real ones.

    Attributes:
        frechet: Fréchet distance of the features; 0 for equal means and covariances. It decreases with the number
        of
            pictures even for equal distributions, so only figures with equal counts are comparable.
        precision: share of the pictures inside a real picture's ball (its radius is the distance to its 5th
            nearest other real picture). Also high for a model that repeats one good picture.
        recall: share of real pictures inside a picture's ball.
        density: mean number of real balls that a picture is in, over 5; 1 is expected for real pictures.
        coverage: share of real pictures whose ball contains at least one of the pictures.
        count: number of generated pictures. real: number of real ones.
        density_error: standard error of the density, from its margins over both sets (Hoeffding 1948); it
            ignores that the radii of balls are estimates. Precision, recall and coverage are binomial shares.
    """

    frechet: float
    precision: float
    recall: float
    density: float
    coverage: float
    count: int
    real: int
    density_error: float | None = None

    @property
    def frechet_valid(self) -> bool:
        """Whether there are enough pictures for a meaningful Fréchet distance."""
        return min(self.count, self.real) >= LEAST_FRECHET


def alike(features: np.ndarray) -> bool:
    """Whether features (n, f) are all equal up to rounding, so that all balls have radius 0."""
    spread = np.ptp(features, axis=0).max(initial=0.0)
    return bool(spread <= _SAME * np.abs(features).max(initial=0.0))


def frechet_distance(first: np.ndarray, second: np.ndarray) -> float:
    """|m - m'|² + tr(C + C' - 2 (C C')^½) of two sets of features (n, f) and (n', f); each needs at least two.

    Dowson & Landau 1982. The trace of the root is that of (C^½ C' C^½)^½, which is symmetric, so that eigenvalues
    of symmetric matrices suffice.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError("a Fréchet distance needs two or more pictures on either side")
    return _frechet(_moments(first), _moments(second))


def frechet_error(first: np.ndarray, second: np.ndarray, seed: int = 0) -> float | None:
    """Standard error of the Fréchet distance: jackknife over both sets, leaving out a twentieth at a time.

    Efron & Stein 1981. None for fewer than `LEAST_FRECHET` pictures on either side. Takes a tenth of a second.
    """
    if min(len(first), len(second)) < LEAST_FRECHET:
        return None
    one, two = _moments(first), _moments(second)
    left = [_frechet(without, two) for without in _leaving_out(first, seed)]
    right = [_frechet(one, without) for without in _leaving_out(second, seed)]
    return math.sqrt(sum((_GROUPS - 1) * float(np.var(values)) for values in (left, right)))


def _frechet(one: tuple[np.ndarray, np.ndarray], two: tuple[np.ndarray, np.ndarray]) -> float:
    (mean, covariance), (other_mean, other_covariance) = one, two
    values, vectors = np.linalg.eigh(covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    cross = np.linalg.eigvalsh(root @ other_covariance @ root)
    trace = float(np.trace(covariance) + np.trace(other_covariance) - 2 * np.sqrt(np.maximum(cross, 0)).sum())
    return float(((mean - other_mean) ** 2).sum()) + max(trace, 0.0)


def _moments(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    wide = features.astype(np.float64)
    mean = wide.mean(axis=0)
    centred = wide - mean
    return mean, centred.T @ centred / (len(wide) - 1)


def _leaving_out(features: np.ndarray, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Moments of all but each of `_GROUPS` random groups."""
    wide = features.astype(np.float64)
    centre = wide.mean(axis=0)
    wide -= centre
    groups = np.array_split(np.random.default_rng(seed).permutation(len(wide)), _GROUPS)
    sums = np.array([wide[group].sum(axis=0) for group in groups])
    squares = np.array([wide[group].T @ wide[group] for group in groups])
    total, square = sums.sum(axis=0), squares.sum(axis=0)
    for group, one, part in zip(groups, sums, squares, strict=True):
        count = len(wide) - len(group)
        mean = (total - one) / count
        yield centre + mean, (square - part - count * np.outer(mean, mean)) / (count - 1)


def compare(
    real: np.ndarray,
    generated: np.ndarray,
    *,
    nearest: int = NEAREST,
    balls: np.ndarray | None = None,
    own: np.ndarray | None = None,
) -> Steps[Fidelity]:
    """Compare features of generated pictures (m, f) with those of real ones (n, f); each needs `nearest` + 1.

    Passing `balls` of the real ones and `own` of the generated ones (`ball_radii`) saves a third of the work each.
    Precision and recall: Kynkäänniemi et al. 2019; density and coverage: Naeem et al. 2020. Yields progress;
    returns the figures. Raises `ValueError` for too few.
    """
    if min(len(real), len(generated)) <= nearest:
        raise ValueError(f"these measures need more than {nearest} pictures on either side")
    first = len(real) if balls is None else 0
    second = first + (len(generated) if own is None else 0)
    total = second + len(real)
    if balls is None:
        balls = yield from ball_radii(real, nearest, 0, total)
    if own is None:
        own = yield from ball_radii(generated, nearest, first, total)
    held, holds = np.zeros(len(generated), np.int64), np.zeros(len(real), np.int64)
    recalled = np.zeros(len(real), bool)
    pairs = NearPairs(real, generated)
    for rows, distances in pairs.blocks():
        inside = _below(pairs, rows, distances, balls[rows, None])
        held += inside.sum(axis=0)
        holds[rows] = np.count_nonzero(inside, axis=1)
        recalled[rows] = _below(pairs, rows, distances, own).any(axis=1)
        yield Progress(second + rows.stop, total, Sentence("pictures"), Sentence("Comparing pictures"))
    count, of = len(generated), len(real)
    margins = float(held.var()) / count + float(holds.var()) * (of / count) ** 2 / of
    return Fidelity(
        frechet=frechet_distance(real, generated),
        precision=float((held > 0).mean()),
        recall=float(recalled.mean()),
        density=float(held.mean() / nearest),
        coverage=float((holds > 0).mean()),
        count=count,
        real=of,
        density_error=math.sqrt(margins) / nearest,
    )


def _below(pairs: NearPairs, rows: slice, distances: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Which exact distances are below `limits`, float64 (b, 1) or (m,): bool (b, m)."""
    below = distances < (limits - pairs.slack).astype(np.float32)
    # One unit in the last place more than the slack, because the limit is rounded as well.
    open_ = distances <= np.nextafter((limits + pairs.slack).astype(np.float32), np.float32(np.inf))
    open_ ^= below
    places = np.flatnonzero(open_)
    if len(places):
        row, column = np.divmod(places, distances.shape[1])
        exact = pairs.exact(row + rows.start, column)
        below[row, column] = exact < np.broadcast_to(limits, distances.shape)[row, column]
    return below


def ball_radii(
    features: np.ndarray, nearest: int = NEAREST, done: int = 0, total: int | None = None
) -> Steps[np.ndarray]:
    """Squared distance of each picture to its `nearest`-th nearest other: float64 (n,).

    Progress is reported out of `total` pictures, of which `done` were processed before.
    """
    total = len(features) if total is None else total
    radii = np.empty(len(features))
    pairs = NearPairs(features, features)
    for rows, distances in pairs.blocks():
        places = np.arange(len(distances))
        distances[places, rows.start + places] = -np.inf  # the nearest is itself
        limits = _at_least_as_far(distances, nearest) + 2 * pairs.slack
        row, column = np.divmod(np.flatnonzero(distances <= limits[:, None]), distances.shape[1])
        exact = pairs.exact(row + rows.start, column)
        order = np.lexsort((exact, row))
        radii[rows] = exact[order][np.searchsorted(row, places) + nearest]
        yield Progress(done + rows.stop, total, Sentence("pictures"), Sentence("Comparing pictures"))
    return radii


def _at_least_as_far(distances: np.ndarray, nearest: int) -> np.ndarray:
    """An upper bound of the (`nearest` + 1)-th smallest value of each row of (b, m): float32 (b,).

    Computed from the minima of groups of columns, which avoids sorting all columns.
    """
    size = distances.shape[1] // _COLUMNS
    if size > 1 and nearest < _COLUMNS:
        whole = size * _COLUMNS
        least = distances[:, :whole].reshape(len(distances), size, _COLUMNS).min(axis=1)
        distances = np.concatenate([least, distances[:, whole:]], axis=1)
    return np.partition(distances, nearest, axis=1)[:, nearest]
