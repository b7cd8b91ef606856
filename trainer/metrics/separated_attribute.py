"""Separated attribute predictability, SAP (Kumar et al. 2018): does one dimension alone predict each factor?

The score of dimension i for factor k is
- for a quantity: R² of a linear fit, the squared correlation of z_i and v_k over the scored images;
- for a category (`factor_values.categorical`): the accuracy on the scored images of a linear support vector
  classifier (C = 0.01, one class against the rest, balanced class weights) of standardised z_i,
  fitted on other images.

SAP is the mean over factors of the largest score minus the second largest, in [0, 1]. The definitions are those
of Locatello et al. 2019, who use one kind of score for all factors and codes that are not standardised.
Torch-free; imports scikit-learn if a factor is a category. Cost: n·d per quantity, a classifier per dimension for
a category.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from trainer.metrics.factor_score import FactorScore, averaged, top_two, two_or_more
from trainer.metrics.factor_values import categorical
from trainer.progress import UNWATCHED, Monitor

#: Maximum number of dimensions with a classifier: those with the largest share of variance between categories.
MOST_DIMENSIONS = 32
#: Variance of a code that is constant, as in the reference implementation.
_CONSTANT = 1e-12

#: The score of each dimension (d,), and the influence of each image on the score of one: (n,), of mean 0.
_Scores = tuple[np.ndarray, Callable[[int], np.ndarray]]


def separated_attribute(
    fit_codes: np.ndarray,
    fit_factors: np.ndarray,
    codes: np.ndarray,
    factors: np.ndarray,
    monitor: Monitor = UNWATCHED,
) -> FactorScore:
    """SAP of finite codes (n, d) for factors (n, F); classifiers are fitted on `fit_codes` (m, d).

    All factors vary in both parts. A single dimension is compared with a constant one. Raises `CancelledError`.
    """
    fit_codes, codes = two_or_more(fit_codes), two_or_more(codes)
    gaps, influences = [], np.zeros(len(codes))
    for fit_factor, factor in zip(fit_factors.T, factors.T, strict=True):
        monitor.check()
        if categorical(np.concatenate([fit_factor, factor])):
            scores, influence = _shares_right(fit_codes, fit_factor, codes, factor, monitor)
        else:
            scores, influence = _determinations(codes, factor)
        first, second = top_two(scores)
        gaps.append(float(scores[first] - scores[second]))
        influences += (influence(first) - influence(second)) / factors.shape[1]
    return averaged(gaps, influences)


def _determinations(codes: np.ndarray, factor: np.ndarray) -> _Scores:
    """R² of each dimension for a quantity (n,)."""
    known = _standard(factor.astype(np.float64)[:, None])[:, 0]
    units = _standard(codes)
    correlation = known @ units / len(known)

    def influence(dimension: int) -> np.ndarray:
        r, unit = correlation[dimension], units[:, dimension]
        return 2 * r * (unit * known - r * (unit**2 + known**2) / 2)

    return correlation**2, influence


def _shares_right(
    fit_codes: np.ndarray, fit_factor: np.ndarray, codes: np.ndarray, factor: np.ndarray, monitor: Monitor
) -> _Scores:
    """Accuracy of the classifier of each dimension that has one, fitted on other images; 0 for the others."""
    from sklearn.svm import LinearSVC

    different, level = np.unique(fit_factor, return_inverse=True)
    most = different[np.bincount(level).argmax()]
    mean, spread = fit_codes.mean(axis=0, dtype=np.float64), fit_codes.std(axis=0, dtype=np.float64)
    constant = spread**2 <= _CONSTANT
    scale = np.where(constant, 1.0, spread)
    fit_units, units = (fit_codes - mean) / scale, (codes - mean) / scale
    right = np.zeros(codes.shape, bool)
    for dimension in np.argsort(-_between(fit_units, level), kind="stable")[:MOST_DIMENSIONS]:
        monitor.check()
        if constant[dimension] or len(different) == 1:
            right[:, dimension] = factor == most
            continue
        line = LinearSVC(C=0.01, class_weight="balanced", dual=False, random_state=0)
        line.fit(fit_units[:, [dimension]], level)
        right[:, dimension] = factor == different[line.predict(units[:, [dimension]])]
    scores = right.mean(axis=0)
    return scores, lambda dimension: right[:, dimension] - scores[dimension]


def _between(units: np.ndarray, level: np.ndarray) -> np.ndarray:
    """The part of the variance of each column (n, d) that is between the levels: (d,)."""
    counts = np.bincount(level)
    sums = np.stack([units[level == place].sum(axis=0) for place in range(len(counts))])
    return (sums**2 / counts[:, None]).sum(axis=0) / len(units)


def _standard(values: np.ndarray) -> np.ndarray:
    """Columns (n, k) with mean 0 and variance 1; 0 where constant."""
    centred = values - values.mean(axis=0, dtype=np.float64)
    spread = centred.std(axis=0)
    return np.where(spread**2 > _CONSTANT, centred / np.where(spread > 0, spread, 1.0), 0.0)
