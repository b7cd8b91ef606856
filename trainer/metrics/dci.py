"""Disentanglement, completeness and informativeness, DCI (Eastwood & Williams 2018). Torch-free.

Boosted trees predict each factor from the code. The importance R[i, k] is the share of dimension i in the trees'
decrease of impurity for factor k.

- Disentanglement of dimension i: 1 - the entropy of R[i, :] normalised to 1, in base F: 1 if it is important for
  one factor only. The mean over dimensions is weighted by their total importance.
- Completeness of factor k: 1 - the entropy of R[:, k] normalised to 1, in base d: 1 if a single dimension is
  important for it. The mean over factors is weighted by their sums, which are 1 unless no dimension is important.
- Informativeness: how well the trees predict images they were not fitted on: the accuracy for a category,
  R² (at least 0) for a quantity; the mean over factors.

Weights and trees follow Locatello et al. 2019, who treat all factors as categories and grow 100 trees for
each on 10,000 images; here 40 trees per factor on 1,000 images, so that it takes seconds. Imports scikit-learn.
Cost: about 40 trees·images·dimensions·levels per factor.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trainer.metrics.factor_score import FactorScore, averaged
from trainer.metrics.factor_values import categorical
from trainer.progress import UNWATCHED, Monitor
from trainer.sentences import Sentence

#: Number of images to fit trees on, of trees per factor (a category has one per level and stage), and of
#: dimensions : considered for a split, chosen anew each time.
GROWN_ON, TREES, LOOKED_AT = 1_000, 40, 64
#: Share of the images that a tree is grown on, a different choice for each (Friedman 2002).
_EACH_ON = 0.5
#: Learning rate times number of stages, which is constant; minimum number of stages.
_STEPS, _LEAST_STAGES = 5.0, 10


@dataclass(frozen=True, slots=True, eq=False)
class Dci:
    """Attributes:
    importance: float64 (d, F), columns that sum to 1, or to 0 if no dimension is important.
    informativeness: with its standard error over the scored images, and each factor's.
    disentanglement, completeness: in [0, 1]; `each` per dimension and per factor. None for a single factor or a
        single dimension, respectively.
    """

    importance: np.ndarray = field(repr=False)
    informativeness: FactorScore
    disentanglement: FactorScore | None
    completeness: FactorScore | None


def dci(
    fit_codes: np.ndarray,
    fit_factors: np.ndarray,
    codes: np.ndarray,
    factors: np.ndarray,
    *,
    seed: int = 0,
    monitor: Monitor = UNWATCHED,
) -> Dci:
    """DCI of finite codes (n, d) for factors (n, F), trees fitted on the first of `fit_codes` (m, d).

    All factors must vary in both parts. Raises `CancelledError`.
    """
    importance = np.zeros((codes.shape[1], factors.shape[1]))
    informed, influences = [], np.zeros(len(codes))
    for place in range(factors.shape[1]):
        monitor.at(place, factors.shape[1], Sentence("factors"), Sentence("Growing trees"))
        fitted = fit_factors[:GROWN_ON, place], factors[:, place]
        importance[:, place], score, influence = _predicted(fit_codes[:GROWN_ON], codes, *fitted, seed, monitor)
        informed.append(score)
        influences += influence / factors.shape[1]
    return Dci(
        importance,
        averaged(informed, influences),
        disentanglement(importance) if factors.shape[1] > 1 else None,
        completeness(importance) if codes.shape[1] > 1 else None,
    )


def disentanglement(importance: np.ndarray) -> FactorScore:
    """Disentanglement of an importance table (d, F), F >= 2; 0 if no dimension is important."""
    each = _concentration(importance)
    weights = importance.sum(axis=1)
    total = weights.sum()
    value = float(each @ weights / total) if total > 0 else 0.0
    return FactorScore(value, None, tuple(each.tolist()))


def completeness(importance: np.ndarray) -> FactorScore:
    """Completeness of an importance table (d, F), d >= 2; 0 if no dimension is important."""
    return disentanglement(importance.T)


def _concentration(table: np.ndarray) -> np.ndarray:
    """1 - the entropy of each row, normalised to sum 1, in the base of its length: (rows,); 0 for a row of
    zeros.
    """
    sums = table.sum(axis=1, keepdims=True)
    shares = np.where(sums > 0, table / np.where(sums > 0, sums, 1.0), 1 / table.shape[1])
    entropy = -(shares * np.log(np.where(shares > 0, shares, 1.0))).sum(axis=1)
    return 1 - entropy / np.log(table.shape[1])


def _predicted(
    fit_codes: np.ndarray,
    codes: np.ndarray,
    fit_factor: np.ndarray,
    factor: np.ndarray,
    seed: int,
    monitor: Monitor,
) -> tuple[np.ndarray, float, np.ndarray]:
    """Importance (d,) of each dimension for one factor, how well it is predicted, and each image's influence."""
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

    if len(np.unique(fit_factor)) < 2:
        return np.zeros(codes.shape[1]), 0.0, np.zeros(len(codes))
    category = categorical(np.concatenate([fit_factor, factor]))
    kinds = len(np.unique(fit_factor)) if category else 1
    stages = TREES if kinds <= 2 else max(_LEAST_STAGES, TREES // kinds)
    trees = (GradientBoostingClassifier if category else GradientBoostingRegressor)(
        n_estimators=stages,
        learning_rate=_STEPS / stages,
        subsample=_EACH_ON,
        max_features=min(LOOKED_AT, codes.shape[1]),
        random_state=seed,
    )

    def stopped(*_stage: object) -> bool:
        monitor.check()
        return False

    trees.fit(fit_codes, fit_factor, monitor=stopped)
    found = trees.predict(codes)
    importance = np.abs(trees.feature_importances_)
    if category:
        right = (found == factor).astype(np.float64)
        return importance, float(right.mean()), right - right.mean()
    missed, spread = (found - factor.astype(np.float64)) ** 2, np.square(factor - factor.mean(dtype=np.float64))
    left = float(missed.mean() / spread.mean())
    if left >= 1:
        return importance, 0.0, np.zeros(len(codes))
    return importance, 1 - left, (left * spread - missed) / spread.mean()
