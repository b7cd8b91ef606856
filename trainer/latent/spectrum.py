"""Leading eigenvectors of a covariance: exact for few dimensions, block Krylov iteration for many."""

from __future__ import annotations

import numpy as np

#: Maximum number of dimensions for a full decomposition: 1.2 ms at 128, no more than the iteration; at 512 it
#: takes 33 ms, the iteration 5 to 30.
_EXACT = 128
#: Matrix products per round, and maximum number of rounds.
_DEPTH = 10
_ROUNDS = 8
#: Residual |A v - λ v| / λ at which a vector is accurate enough for a map.
_TOLERANCE = 1e-6
#: Number of additional fixed start vectors: the former axes alone may be orthogonal to a new direction.
_EXTRA = 3


class Spectrum:
    """Leading eigenvectors of a symmetric matrix A (d, d), and of A + w KᵀK for given rows K at no extra cost.

    Up to 128 dimensions by `eigh`. Above, A is decomposed within the block Krylov space span(B, A B, A² B, ...),
    where B contains K and some fixed vectors (Rayleigh-Ritz; Musco & Musco 2015). As B contains K, the same space
    serves A + w KᵀK for every w. Further rounds restart from the best vectors so far, until the residuals are
    below one millionth of the eigenvalues or eight rounds are done. Eigenvectors of eigenvalues that agree to that
    precision are interchangeable.
    """

    def __init__(self, symmetric: np.ndarray, kept: np.ndarray | None = None) -> None:
        """`symmetric`: float64 (d, d), positive semidefinite. `kept`: K, orthonormal rows (k, d), or None."""
        self._matrix = symmetric
        latent = len(symmetric)
        self._kept = np.empty((0, latent)) if kept is None else kept
        #: Orthonormal columns that span the current subspace; None for the whole space.
        self._basis: np.ndarray | None = None
        self._inner, self._inner_kept = symmetric, self._kept
        if latent > _EXACT:
            # A fixed seed, so that the same codes always give the same plane.
            self._extra = np.random.default_rng(0).standard_normal((latent, _EXTRA))

    def leading(self, count: int, weight: float = 0.0) -> np.ndarray:
        """The `count` eigenvectors of largest eigenvalue of A + `weight` KᵀK, as rows.

        Each has its largest entry positive.
        """
        if len(self._matrix) <= _EXACT:
            return _positive(self._ritz(count, weight))
        if self._basis is None:
            self._span(self._extra)
        for _ in range(_ROUNDS - 1):
            rows = self._ritz(count, weight)
            if self._residual(rows, weight) <= _TOLERANCE:
                break
            # Keep twice as many vectors as wanted: the additional ones speed up the convergence of the wanted
            # ones.
            self._span(np.hstack([self._ritz(2 * count + 1, 0.0).T, self._ritz(count, weight).T]))
        return _positive(self._ritz(count, weight))

    def _ritz(self, count: int, weight: float) -> np.ndarray:
        """The Ritz vectors of A + `weight` KᵀK within the current subspace, as rows."""
        inner = self._inner
        if weight:
            inner = inner + weight * self._inner_kept.T @ self._inner_kept
        _, vectors = np.linalg.eigh(inner)
        chosen = vectors[:, ::-1][:, :count]
        return (chosen if self._basis is None else self._basis @ chosen).T.copy()

    def _residual(self, rows: np.ndarray, weight: float) -> float:
        image = rows @ self._matrix + weight * (rows @ self._kept.T) @ self._kept
        values = (image * rows).sum(axis=1)
        lengths = np.linalg.norm(image - values[:, None] * rows, axis=1)
        return float((lengths / np.maximum(np.abs(values), np.finfo(float).tiny)).max())

    def _span(self, start: np.ndarray) -> None:
        """Set the subspace to the block Krylov space of K and `start` (d, m)."""
        block = _orthonormal(np.hstack([self._kept.T, start]), None)
        blocks = [block]
        for _ in range(_DEPTH - 1):
            basis = np.hstack(blocks)
            block = _orthonormal(self._matrix @ block, basis)
            if not block.shape[1]:
                break
            blocks.append(block)
        self._basis = np.hstack(blocks)
        inner = self._basis.T @ self._matrix @ self._basis
        self._inner = 0.5 * (inner + inner.T)
        self._inner_kept = self._kept @ self._basis


def _orthonormal(columns: np.ndarray, basis: np.ndarray | None) -> np.ndarray:
    """Orthonormal columns for the part of `columns` (d, m) outside `basis`, without mere rounding errors."""
    scale = np.linalg.norm(columns, axis=0).max(initial=0.0)
    if not scale > 0:
        return columns[:, :0]
    vectors, triangle = np.linalg.qr(_off(columns / scale, basis))
    vectors = vectors[:, np.abs(np.diag(triangle)) > 1e-10]
    # Twice is enough for orthogonality to working precision.
    return np.linalg.qr(_off(vectors, basis))[0]


def _off(columns: np.ndarray, basis: np.ndarray | None) -> np.ndarray:
    """`columns` minus their projection on `basis`."""
    return columns if basis is None else columns - basis @ (basis.T @ columns)


def _positive(rows: np.ndarray) -> np.ndarray:
    """The rows with signs chosen such that the largest entry is positive."""
    largest = np.take_along_axis(rows, np.abs(rows).argmax(axis=1)[:, None], axis=1)
    return rows * np.sign(largest)
