"""The distance of two samples, from distances of their points: MMD and energy distance. Torch-free.

Both are D² = E s(x, x') + E s(y, y') − 2 E s(x, y) of a similarity s; the energy distance's is s = −|x − y|
(Székely & Rizzo 2013), that of the maximum mean discrepancy (Gretton et al. 2012) a kernel, here inverse
multiquadric (Tolstikhin et al. 2018). D is 0 if and only if the two distributions are the same. MMD is a
pure number, D² of the energy distance is in the codes' unit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.progress import UNWATCHED, Monitor
from trainer.sentences import Sentence

#: The kernel is the mean over these s of C / (C + |x − y|²), C = 2 d s: for s = 1, C is the mean squared distance
#: of two draws of N(0, I) in d dimensions.
SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
#: s(x, x) for the two similarities.
_KERNEL_ITSELF, _DISTANCE_ITSELF = 1.0, 0.0
#: Pairs per piece of work: they stay in a processor's cache and take a millisecond or two.
_PAIRS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """D for two samples of n points each.

    Attributes:
        squared: the estimate of D² whose expectation is D²; it may be negative.
        squared_error: its standard error by leaving one pair out (jackknife), which is somewhat too large if
            the two distributions are the same; None for two points.
        root: D between the two samples: the root of the biased estimate, always above 0 for a finite
            sample, and larger for a smaller one.
        root_error: its standard error, likewise.
    """

    squared: float
    squared_error: float | None
    root: float
    root_error: float | None


def discrepancies(
    first: np.ndarray, second: np.ndarray, monitor: Monitor = UNWATCHED
) -> tuple[Discrepancy, Discrepancy]:
    """MMD and energy distance of two samples (n, d), n at least 2.

    Costs about 2 n² evaluations of the kernel, in blocks of bounded memory: 0.1 s for 2,000 codes. Raises
    `ValueError` for samples that are not finite, have different shapes or fewer than two points.
    """
    if first.shape != second.shape or len(first) < 2:
        raise ValueError(f"two samples of the same size are compared, of two points or more, not {len(first)}")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("points must be finite")
    centre = first.mean(axis=0, dtype=np.float64)
    kernels, distances = zip(
        _within(first, monitor),
        _within(second, monitor),
        _across(first - centre, second - centre, monitor),
        strict=True,
    )
    return _discrepancy(*kernels, _KERNEL_ITSELF), _discrepancy(*distances, _DISTANCE_ITSELF)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Sums of the similarities s(x_i, y_j) over j and over i, and the similarities with i = j: (n,) each."""

    rows: np.ndarray
    columns: np.ndarray
    own: np.ndarray


def _discrepancy(first: np.ndarray, second: np.ndarray, across: _Sums, itself: float) -> Discrepancy:
    """D from sums of similarities to all other points of the same sample, (n,) each, and across the two."""
    count = len(first)
    total, mixed = first.sum() + second.sum(), across.rows.sum()
    squared = float(total / (count * (count - 1)) - 2 * mixed / count**2)
    biased = (total + 2 * count * itself) / count**2 - 2 * mixed / count**2
    if count < 3:
        return Discrepancy(squared=squared, squared_error=None, root=_root(biased), root_error=None)
    # The same sums without the points i of both samples.
    left = count - 1
    total = total - 2 * (first + second)
    mixed = mixed - across.rows - across.columns + across.own
    return Discrepancy(
        squared=squared,
        squared_error=_jackknife(total / (left * (left - 1)) - 2 * mixed / left**2),
        root=_root(biased),
        root_error=_jackknife(np.sqrt(np.maximum((total + 2 * left * itself) / left**2 - 2 * mixed / left**2, 0))),
    )


def _root(squared: float) -> float:
    return math.sqrt(max(squared, 0.0))


def _jackknife(without: np.ndarray) -> float:
    """Standard error of an estimate from the n estimates that leave one out (Efron & Stein 1981)."""
    return math.sqrt((len(without) - 1) * float(without.var()))


def _within(points: np.ndarray, monitor: Monitor) -> tuple[np.ndarray, np.ndarray]:
    """Sums of both similarities to all other points of the same sample; each pair is computed once."""
    # Relative to the mean, so that squared distances by matrix products do not lose precision.
    points = points - points.mean(axis=0, dtype=np.float64)
    sums = np.zeros((2, len(points)))
    for start, end in _blocks(len(points), monitor):
        squares = _squared_distances(points[start:end], points[start:])
        np.fill_diagonal(squares, 0)
        for of, values in enumerate(_similarities(squares, points.shape[1])):
            sums[of, start:end] += values.sum(axis=1, dtype=np.float64)
            sums[of, end:] += values[:, end - start :].sum(axis=0, dtype=np.float64)
    return sums[0] - _KERNEL_ITSELF, sums[1] - _DISTANCE_ITSELF


def _across(first: np.ndarray, second: np.ndarray, monitor: Monitor) -> tuple[_Sums, _Sums]:
    """Sums of both similarities to all points of the other sample."""
    kernel, distance = (_Sums(*np.zeros((3, len(first)))) for _ in range(2))
    for start, end in _blocks(len(first), monitor):
        squares = _squared_distances(first[start:end], second)
        for sums, values in zip((kernel, distance), _similarities(squares, first.shape[1]), strict=True):
            sums.rows[start:end] = values.sum(axis=1, dtype=np.float64)
            sums.columns[:] += values.sum(axis=0, dtype=np.float64)
            sums.own[start:end] = np.diagonal(values, start)
    return kernel, distance


def _blocks(count: int, monitor: Monitor) -> Iterator[tuple[int, int]]:
    step = max(1, _PAIRS // count)
    for start in range(0, count, step):
        monitor.at(start, count, Sentence("codes"), Sentence("Comparing codes with the prior"))
        yield start, min(start + step, count)


def _squared_distances(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Squared distances, float64 (n, m); values that rounding makes negative are 0."""
    squares = first @ second.T
    squares *= -2
    squares += (first * first).sum(axis=1)[:, None]
    squares += (second * second).sum(axis=1)
    return np.maximum(squares, 0, out=squares)


def _similarities(squares: np.ndarray, latent: int) -> tuple[np.ndarray, np.ndarray]:
    """The kernel, float32, and minus the distance, float64, from squared distances."""
    with np.errstate(over="ignore"):  # so far away that the kernel is 0
        given = squares.astype(np.float32)
    kernel, one = np.zeros_like(given), np.empty_like(given)
    for scale in SCALES:
        constant = np.float32(2 * latent * scale)
        np.add(given, constant, out=one)
        np.divide(constant / np.float32(len(SCALES)), one, out=one)
        kernel += one
    distance = np.sqrt(squares)
    return kernel, np.negative(distance, out=distance)
