"""Measures of samples: Fréchet distance, precision, recall, density and coverage in a feature space. Torch-free.

All of them compare two sets of features (`trainer.metrics.features`): of real pictures, and of generated ones or,
to calibrate, of other real pictures. Double precision; distances are computed in pieces, so that thousands of
pictures cost time but no memory, and the work can be stopped between pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trainer.latent.density import Steps
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Neighbours that span a picture's ball, as Naeem et al. 2020 propose.
NEAREST = 5
#: With fewer pictures on either side a Fréchet distance is mostly the noise of its covariances.
LEAST_FRECHET = 200
#: Distances computed between two yields: some ten milliseconds.
_PAIRS = 400_000
#: Features, float32, that differ by less than this share of the largest are equal.
_SAME = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """What one set of pictures is like beside `count` real ones, and how many real ones that were.

    Attributes:
        frechet: Fréchet distance of the features; 0 for equal means and covariances. It falls with the number of
            pictures also for equal distributions, so compare only figures of the same counts.
        precision: share of the pictures inside a real picture's ball (its radius is the distance to its 5th
            nearest other real picture). High also for a model that repeats one good picture.
        recall: share of real pictures inside a picture's ball.
        density: in how many real balls a picture lies, on average, over 5; 1 is expected of real pictures.
        coverage: share of real pictures whose ball holds at least one of the pictures.
        count: generated pictures. real: real ones.
    """

    frechet: float
    precision: float
    recall: float
    density: float
    coverage: float
    count: int
    real: int

    @property
    def frechet_valid(self) -> bool:
        """Whether there are pictures enough for the Fréchet distance to say something."""
        return min(self.count, self.real) >= LEAST_FRECHET


def alike(features: np.ndarray) -> bool:
    """Whether features (n, f) are all the same except for rounding: of such pictures no ball has any room."""
    spread = np.ptp(features, axis=0).max(initial=0.0)
    return bool(spread <= _SAME * np.abs(features).max(initial=0.0))


def frechet_distance(first: np.ndarray, second: np.ndarray) -> float:
    """|m - m'|² + tr(C + C' - 2 (C C')^½) of two sets of features (n, f) and (n', f); each needs two or more.

    Dowson & Landau 1982. The trace of the root is that of (C^½ C' C^½)^½, which is symmetric, so that eigenvalues
    of symmetric matrices are all it needs.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError("a Fréchet distance needs two or more pictures on either side")
    mean, covariance = _moments(first)
    other_mean, other_covariance = _moments(second)
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


def compare(
    real: np.ndarray, generated: np.ndarray, *, nearest: int = NEAREST, balls: np.ndarray | None = None
) -> Steps[Fidelity]:
    """Compare features of generated pictures (m, f) with those of real ones (n, f); each needs `nearest` + 1.

    `balls` of the real ones (`ball_radii`) spare a third of the work. Precision and recall: Kynkäänniemi et al.
    2019; density and coverage: Naeem et al. 2020. Yields progress; returns the figures. Raises `ValueError` for
    too few.
    """
    if min(len(real), len(generated)) <= nearest:
        raise ValueError(f"these measures need more than {nearest} pictures on either side")
    first = len(real) if balls is None else 0
    total = first + len(generated) + len(real)
    if balls is None:
        balls = yield from ball_radii(real, nearest, 0, total)
    own = yield from ball_radii(generated, nearest, first, total)
    held = np.zeros(len(generated), np.int64)
    recalled = np.zeros(len(real), bool)
    covered = np.zeros(len(real), bool)
    for rows, distances in _distances(real, generated):
        inside = distances < balls[rows, None]
        held += inside.sum(axis=0)
        recalled[rows] = (distances < own).any(axis=1)
        covered[rows] = inside.any(axis=1)
        yield Progress(
            first + len(generated) + rows.stop, total, Sentence("pictures"), Sentence("Comparing pictures")
        )
    frechet = frechet_distance(real, generated)
    return Fidelity(
        frechet=frechet,
        precision=float((held > 0).mean()),
        recall=float(recalled.mean()),
        density=float(held.mean() / nearest),
        coverage=float(covered.mean()),
        count=len(generated),
        real=len(real),
    )


def ball_radii(
    features: np.ndarray, nearest: int = NEAREST, done: int = 0, total: int | None = None
) -> Steps[np.ndarray]:
    """Squared distance of each picture to its `nearest`-th nearest other: (n,).

    Progress is reported as part of `total` pictures of which `done` were looked at before.
    """
    total = len(features) if total is None else total
    radii = np.empty(len(features))
    for rows, distances in _distances(features, features):
        # The nearest is itself, at 0 except for rounding.
        places = np.arange(rows.start, rows.stop)
        distances[places - rows.start, places] = 0.0
        radii[rows] = np.partition(distances, nearest, axis=1)[:, nearest]
        yield Progress(done + rows.stop, total, Sentence("pictures"), Sentence("Comparing pictures"))
    return radii


def _distances(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """Rows of `first`, and their squared distances to all of `second`, a piece at a time."""
    centre = first.mean(axis=0, dtype=np.float64)
    one, two = first - centre, second - centre
    squares, others = np.einsum("ij,ij->i", one, one), np.einsum("ij,ij->i", two, two)
    rows = max(1, _PAIRS // len(two))
    for start in range(0, len(one), rows):
        part = slice(start, min(start + rows, len(one)))
        distances = others - 2 * (one[part] @ two.T)
        distances += squares[part, None]
        yield part, np.maximum(distances, 0, out=distances)
