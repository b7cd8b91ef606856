"""Three scores that measure how much a picture differs from real ones. Torch-free.

None depends on the magnitude of features: a raw distance between features after a ReLU is small for
every faint picture, however wrong.
"""

from __future__ import annotations

import numpy as np

#: Added to the diagonal of correlations: statistics outnumber the images of a small data set.
_RIDGE = 0.003
#: Spreads of statistics below this are rounding errors.
_LEAST = 1e-3


class FeatureDistance:
    """Distance of features to the nearest real image's, relative to their norm."""

    def __init__(self, real: np.ndarray) -> None:
        """`real` is float32 (n, f)."""
        self._real = np.ascontiguousarray(real)
        self._half_norms = 0.5 * np.einsum("ij,ij->i", real, real)

    def of(self, features: np.ndarray, but: np.ndarray | None = None) -> np.ndarray:
        """The score of features float32 (n, f): float32 (n,); the real images `but`, int (n, k), are excluded."""
        far = self._half_norms - features @ self._real.T
        if but is not None:
            np.put_along_axis(far, but, np.inf, axis=1)
        nearest = far.argmin(axis=1)
        apart = np.linalg.norm(self._real[nearest] - features, axis=1)
        return apart / np.maximum(np.linalg.norm(features, axis=1), np.float32(1e-6))


class StatisticsDistance:
    """Mahalanobis distance of a picture's statistics from real ones': large for too sharp and for too blurred."""

    def __init__(self, real: np.ndarray) -> None:
        """`real` is float32 (n, s)."""
        self._middle, self._spread = _scale(real)
        values, axes = np.linalg.eigh(_correlation((real - self._middle) / self._spread))
        self._whiten = (axes / np.sqrt(np.maximum(values, 0) + _RIDGE)).astype(np.float32)

    def of(self, statistics: np.ndarray) -> np.ndarray:
        """The score of statistics float32 (n, s): float32 (n,)."""
        return np.linalg.norm((statistics - self._middle) / self._spread @ self._whiten, axis=1)


class Mixture:
    """Linear discriminant (Fisher 1936) between real images and cross-fades of two of them."""

    def __init__(self, real: np.ndarray, fades: np.ndarray) -> None:
        """`real`, `fades`: statistics float32 (n, s) and (m, s)."""
        self._middle, self._spread = _scale(real)
        one, other = ((part - self._middle) / self._spread for part in (real, fades))
        within = 0.5 * (_correlation(one) + _correlation(other)) + _RIDGE * np.eye(real.shape[1])
        apart = other.mean(axis=0, dtype=np.float64) - one.mean(axis=0, dtype=np.float64)
        self._weights = np.linalg.solve(within, apart).astype(np.float32)

    def of(self, statistics: np.ndarray) -> np.ndarray:
        """The score of statistics float32 (n, s): float32 (n,), larger for mixtures."""
        return (statistics - self._middle) / self._spread @ self._weights


def _scale(real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and spread of each statistic, float32 (s,)."""
    middle = real.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = real.std(axis=0, dtype=np.float64).astype(np.float32)
    return middle, np.maximum(spread, np.float32(_LEAST))


def _correlation(scaled: np.ndarray) -> np.ndarray:
    """Regularised correlation matrix, float64 (s, s)."""
    centred = scaled - scaled.mean(axis=0, dtype=np.float64)
    return centred.T @ centred / len(scaled)
