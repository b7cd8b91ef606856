"""Posterior collapse in closed form: the optimum of a linear Gaussian β-VAE (Lucas et al. 2019).

With p(x|z) = N(Wz + m, σ²I) and a linear Gaussian encoder every stationary optimum is probabilistic PCA with noise
βσ²: with λ the eigenvalues of the data's covariance, dimension i is active iff λ_i > βσ², and everything below
follows. (Dividing the loss by β turns it into that of a VAE with β = 1 and variance βσ².)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearOptimum:
    """The best a linear VAE can do, in nats per image.

    Attributes:
        active: number of active dimensions.
        kl: ½ Σ ln⁺(λ_i / βσ²).
        kl_per_dimension: its terms, largest first, one per latent dimension.
        reconstruction: -E ln p(x|z).
    """

    active: int
    kl: float
    kl_per_dimension: tuple[float, ...]
    reconstruction: float

    @property
    def total(self) -> float:
        """The negative ELBO; at β = 1 also the exact -ln p(x), since the posterior of a linear model is exact."""
        return self.reconstruction + self.kl


def eigenvalues(rows: np.ndarray) -> np.ndarray:
    """Eigenvalues of the covariance (divided by n) of `rows` (n, D), float64, largest first."""
    centred = np.asarray(rows, dtype=np.float64)
    centred = centred - centred.mean(axis=0)
    spectrum = np.linalg.eigvalsh(centred.T @ centred / len(centred))[::-1]
    return np.maximum(spectrum, 0.0)


def linear_optimum(spectrum: np.ndarray, *, latent: int, variance: float, beta: float) -> LinearOptimum:
    """The optimum with d = `latent` and σ² = `variance` for data of these eigenvalues, largest first."""
    if variance <= 0 or beta <= 0:
        raise ValueError("the closed form needs a variance and a β above 0")
    threshold = beta * variance
    head = np.zeros(latent)
    used = min(latent, len(spectrum))
    head[:used] = spectrum[:used]
    active = int((head > threshold).sum())
    kl = np.zeros(latent)
    kl[:active] = 0.5 * np.log(head[:active] / threshold)
    # An active dimension leaves a squared error of βσ², an inactive one its entire variance.
    error = active * threshold + float(spectrum[active:].sum())
    constant = 0.5 * len(spectrum) * math.log(2 * math.pi * variance)
    return LinearOptimum(
        active=active,
        kl=float(kl.sum()),
        kl_per_dimension=tuple(kl.tolist()),
        reconstruction=constant + error / (2 * variance),
    )


def linear_log_likelihood(rows: np.ndarray, weight: np.ndarray, offset: np.ndarray, variance: float) -> float:
    """Exact mean ln p(x) under x ~ N(offset, W Wᵀ + σ²I), nats per row: the evidence of the linear VAE.

    Args:
        rows: (n, D). weight: W, (D, d). offset: (D,). variance: σ².
    """
    centred = np.asarray(rows, dtype=np.float64) - np.asarray(offset, dtype=np.float64)
    weight = np.asarray(weight, dtype=np.float64)
    pixels, latent = weight.shape
    # By the matrix inversion and determinant lemmas everything happens in d dimensions.
    inner = np.eye(latent) + weight.T @ weight / variance
    projected = centred @ weight / variance
    squares = (centred**2).sum(axis=1) / variance - (projected * np.linalg.solve(inner, projected.T).T).sum(axis=1)
    log_determinant = np.linalg.slogdet(inner)[1] + pixels * math.log(variance)
    return float(-0.5 * (pixels * math.log(2 * math.pi) + log_determinant + squares.mean()))
