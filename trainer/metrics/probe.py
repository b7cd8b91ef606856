"""Linear probe (Alain & Bengio 2016): accuracy of a linear classifier of the codes. Torch-free.

Multinomial logistic regression of codes in units of their spread: minimises mean cross-entropy + λ/2 ||W||², the
bias not penalised, by L-BFGS. λ is the one of `STRENGTHS` with the smallest cross-entropy on a seeded fifth of the
fitted images, held out for this choice; the final fit uses all of them. Scored on other images by accuracy, a
binomial share (`share_interval`). Cost: tens of evaluations per λ, each 4·n·d·C.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.metrics.descent import descended
from trainer.progress import UNWATCHED, Monitor

#: λ, from weak to strong.
STRENGTHS = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)
#: Share of the fitted images that λ is chosen on.
CHOSEN_ON = 0.2
#: Minimum number of images to fit on: four of them to choose λ on.
FEWEST = 20
_CALLS = 80
#: Spread, relative to the size of the codes, below which a dimension is constant.
_CONSTANT = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """Attributes:
    predicted: int64 (n,), the class of each scored code.
    strength: the chosen λ.
    """

    predicted: np.ndarray = field(repr=False)
    strength: float


def probe(
    fit_codes: np.ndarray,
    fit_labels: np.ndarray,
    codes: np.ndarray,
    *,
    seed: int = 0,
    monitor: Monitor = UNWATCHED,
) -> Probe:
    """Fit on finite codes (m, d) with labels int64 (m,), m >= FEWEST, and predict those of codes (n, d).

    Raises `ValueError` for too few images or a single class, `CancelledError`.
    """
    classes, level = np.unique(fit_labels, return_inverse=True)
    if len(fit_labels) < FEWEST or len(classes) < 2:
        raise ValueError(f"a probe needs {FEWEST} images and two classes")
    mean, spread = fit_codes.mean(axis=0, dtype=np.float64), fit_codes.std(axis=0, dtype=np.float64)
    varies = spread > _CONSTANT * np.abs(fit_codes).max(axis=0)
    fit_units, units = (_units(part, mean, spread, varies) for part in (fit_codes, codes))
    order = np.random.default_rng([seed, 7]).permutation(len(level))
    cut = round(CHOSEN_ON * len(level))
    chosen_on, others = order[:cut], order[cut:]
    strengths = np.array(STRENGTHS)
    start = np.zeros((len(strengths), fit_units.shape[1] * len(classes)))
    tried = _fitted(fit_units[others], level[others], len(classes), strengths, start, monitor)
    found = [_cross_entropy(fit_units[chosen_on], level[chosen_on], weights)[0] for weights in tried]
    best = int(np.argmin(found))
    start = tried[best].reshape(1, -1)
    weights = _fitted(fit_units, level, len(classes), strengths[best : best + 1], start, monitor)[0]
    return Probe(classes[(units @ weights).argmax(axis=1)], float(strengths[best]))


def majority(fit_labels: np.ndarray, labels: np.ndarray) -> float:
    """Share of `labels` (n,) equal to the most frequent of `fit_labels` (m,): the accuracy of guessing."""
    classes, counts = np.unique(fit_labels, return_counts=True)
    return float((labels == classes[counts.argmax()]).mean())


def _units(codes: np.ndarray, mean: np.ndarray, spread: np.ndarray, varies: np.ndarray) -> np.ndarray:
    """Standardised codes (constant dimensions 0), and a column of ones: float64 (n, d + 1)."""
    return np.hstack([(codes[:, varies] - mean[varies]) / spread[varies], np.ones((len(codes), 1))])


def _fitted(
    units: np.ndarray, level: np.ndarray, classes: int, strengths: np.ndarray, start: np.ndarray, monitor: Monitor
) -> np.ndarray:
    """Weights for each λ (s,), from `start` (s, (d + 1) C): float64 (s, d + 1, C)."""
    shape = (units.shape[1], classes)

    def objective(points: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values, gradients = np.empty(len(points)), np.empty(points.shape)
        for place, (point, strength) in enumerate(zip(points, strengths[rows], strict=True)):
            weights = point.reshape(shape)
            values[place], gradient = _cross_entropy(units, level, weights)
            values[place] += strength / 2 * np.square(weights[:-1]).sum()
            gradient[:-1] += strength * weights[:-1]
            gradients[place] = gradient.ravel()
        return values, gradients

    return descended(objective, start, _CALLS, monitor)[0].reshape(-1, *shape)


def _cross_entropy(units: np.ndarray, level: np.ndarray, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean cross-entropy in nats and its gradient (d + 1, C)."""
    rows = np.arange(len(level))
    scores = units @ weights
    scores -= scores.max(axis=1, keepdims=True)
    right = scores[rows, level]
    np.exp(scores, out=scores)
    total = scores.sum(axis=1)
    value = float(np.mean(np.log(total) - right))
    scores /= total[:, None]
    scores[rows, level] -= 1
    return value, units.T @ scores / len(level)
