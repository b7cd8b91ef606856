"""The mutual information gap, MIG (Chen et al. 2018): is each factor encoded in a single dimension? Torch-free.

For factor v_k, MIG_k = (I(z_a; v_k) - I(z_b; v_k)) / H(v_k), a and b the dimensions with the largest and the
second largest mutual information, in [0, 1]; MIG is the mean over factors. Codes are cut into 20 bins of equal
width, as in Locatello et al. 2019, factors as in `factor_values`. Information is that of the table of counts,
which a sample of n images biases by about +(bins - 1)(values - 1) / 2n nats for both dimensions. Cost: n·d counts
per factor.
"""

from __future__ import annotations

import numpy as np

from trainer.metrics.factor_score import FactorScore, averaged, top_two, two_or_more
from trainer.metrics.factor_values import BINS, in_bins, levels
from trainer.progress import UNWATCHED, Monitor

#: Images times dimensions counted at a time.
_COUNTED = 1_000_000


def mutual_information_gap(
    codes: np.ndarray, factors: np.ndarray, monitor: Monitor = UNWATCHED, bins: int = BINS
) -> FactorScore:
    """MIG of finite codes (n, d) for factors (n, F) that all vary; a single dimension is compared with zero
    information.

    Raises `CancelledError`.
    """
    binned = in_bins(two_or_more(codes), bins)
    gaps, influences = [], np.zeros(len(codes))
    for factor in factors.T:
        level = levels(factor)
        tables = joint_tables(binned, level, bins, monitor)
        surprise = -_log(np.bincount(level) / len(level))[level]
        entropy = float(surprise.mean())
        pointwise = [
            _pointwise(tables[dimension])[binned[:, dimension], level]
            for dimension in top_two(mutual_information(tables))
        ]
        apart = pointwise[0] - pointwise[1]
        gaps.append(float(apart.mean()) / entropy)
        influences += (apart - gaps[-1] * surprise) / entropy / factors.shape[1]
    return averaged(gaps, influences)


def joint_tables(binned: np.ndarray, level: np.ndarray, bins: int, monitor: Monitor = UNWATCHED) -> np.ndarray:
    """Joint counts of images by bin of each dimension and level of the factor: int64 (d, bins, levels)."""
    count, latent = binned.shape
    of = int(level.max(initial=0)) + 1
    found = np.empty((latent, bins, of), np.int64)
    step = max(1, _COUNTED // max(1, count))
    for start in range(0, latent, step):
        monitor.check()
        part = binned[:, start : start + step]
        cell = (np.arange(part.shape[1]) * bins + part) * of + level[:, None]
        found[start : start + step] = np.bincount(cell.ravel(), minlength=part.shape[1] * bins * of).reshape(
            -1, bins, of
        )
    return found


def mutual_information(tables: np.ndarray) -> np.ndarray:
    """Mutual information in nats of joint counts (d, bins, levels): float64 (d,), not negative."""
    shares = tables / tables.sum(axis=(1, 2), keepdims=True)
    nats = [(share * _pointwise(table)).sum() for share, table in zip(shares, tables, strict=True)]
    return np.maximum(nats, 0.0)


def _pointwise(table: np.ndarray) -> np.ndarray:
    """ln p(z, v) / (p(z) p(v)) of a table of counts (bins, levels); 0 where nothing was counted."""
    expected = table.sum(axis=1, keepdims=True) * (table.sum(axis=0, keepdims=True) / table.sum())
    return _log(np.divide(table, expected, out=np.ones(table.shape), where=table > 0))


def _log(values: np.ndarray) -> np.ndarray:
    """ln, with ln 0 = 0."""
    return np.log(np.where(values > 0, values, 1.0))
