"""A mixture of Gaussians with full covariances, fitted to codes by expectation maximisation. Torch-free."""

from __future__ import annotations

import math

import numpy as np

from trainer.arrays import log_sum_exp
from trainer.latent.density import (
    GAUSSIAN,
    REGULARISER,
    DensityError,
    Factors,
    Fitted,
    Steps,
    factored,
    usable_codes,
)
from trainer.noise import Noise
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Maximum number of EM iterations, and the rise of the mean log density in nats below which EM stops.
MOST_ITERATIONS = 200
_ENOUGH = 1e-4
#: Iterations of k-means for the initialisation.
_ROUNDS = 8
#: Maximum number of values (codes times dimensions) to fit to: 64 MB in double precision.
MOST_VALUES = 8_000_000
#: Number of codes per parameter of a component's mean and covariance that suffices; number that always suffices.
_CODES_A_NUMBER, _ENOUGH_CODES = 4, 10_000
#: A component whose responsibilities sum to fewer codes than this is dropped.
_KEPT = 0.5
#: Values and products computed between two yields: a few milliseconds.
_VALUES, _PRODUCTS = 400_000, 300_000_000


class Mixture:
    """Σ_k w_k N(m_k, C_k).

    Attributes:
        weights: float64 (K,), positive, with sum 1.
        means: float64 (K, d).
        covariances: float64 (K, d, d).
        iterations: number of EM iterations; 0 if it was not fitted.
        converged: whether the last iteration raised the mean log density by less than 1e-4 nats.
    """

    def __init__(
        self,
        weights: np.ndarray,
        means: np.ndarray,
        covariances: np.ndarray,
        iterations: int = 0,
        converged: bool = True,
        factors: list[Factors] | None = None,
    ) -> None:
        """`factors`: of the covariances, computed if not given.

        Raises `DensityError` if a covariance is not positive definite.
        """
        self.weights, self.means, self.covariances = weights, means, covariances
        self.iterations, self.converged = iterations, converged
        factors = factors or [factored(covariance) for covariance in covariances]
        self._lowers = [lower for lower, _, _ in factors]
        self._inverses = [inverse for _, inverse, _ in factors]
        self._log_norms = [norm for _, _, norm in factors]

    @property
    def latent(self) -> int:
        return self.means.shape[1]

    def rescale(self, unit: float, centre: np.ndarray) -> None:
        """Turn the density of z into the density of centre + unit · z, with `centre` (d,), in place."""
        self.means = centre + unit * self.means
        self.covariances *= unit**2
        for lower, inverse in zip(self._lowers, self._inverses, strict=True):
            lower *= unit
            inverse /= unit
        self._log_norms = [norm - self.latent * math.log(unit) for norm in self._log_norms]

    def log_parts(self, codes: np.ndarray) -> np.ndarray:
        """ln (w_k N(z; m_k, C_k)) of codes float64 (m, d): (m, K)."""
        parts = np.empty((len(codes), len(self.weights)))
        for place, (mean, inverse) in enumerate(zip(self.means, self._inverses, strict=True)):
            whitened = (codes - mean) @ inverse.T
            parts[:, place] = self._log_norms[place] - 0.5 * np.einsum("ij,ij->i", whitened, whitened)
        with np.errstate(divide="ignore"):
            return parts + np.log(self.weights)

    def log_density(self, codes: np.ndarray) -> np.ndarray:
        return log_sum_exp(self.log_parts(np.asarray(codes, np.float64)))

    def sample(self, noise: Noise) -> np.ndarray:
        """The uniform numbers choose components, the normal ones the position within them."""
        edges = np.cumsum(self.weights)
        chosen = np.minimum(np.searchsorted(edges, noise.uniform * edges[-1], "right"), len(edges) - 1)
        codes = np.empty_like(noise.normal)
        for place in np.unique(chosen):
            rows = chosen == place
            codes[rows] = self.means[place] + noise.normal[rows] @ self._lowers[place].T
        return codes.astype(np.float32)


def most_codes(components: int, latent: int) -> int:
    """How many codes of `latent` dimensions to fit a mixture to: four per parameter, within the memory limit.

    Raises `DensityError` if the limit is below what `fit_mixture` needs.
    """
    most, needed = MOST_VALUES // latent, components * (latent + 1)
    if needed > most:
        raise DensityError(
            "A mixture of {count:,} Gaussians in {latent:,} dimensions needs more codes than fit into "
            "memory: choose fewer components (at most {most:,}).",
            count=components,
            latent=latent,
            most=most // (latent + 1),
        )
    return min(most, max(_ENOUGH_CODES, _CODES_A_NUMBER * needed))


def fit_mixture(codes: np.ndarray, components: int, *, seed: int = 0) -> Steps[Mixture]:
    """Fit a mixture of `components` = K Gaussians to at least K (d + 1) codes (n, d).

    Seeded k-means++ initialisation (Arthur & Vassilvitskii 2007), then EM until an iteration gains less than 1e-4
    nats per code or `MOST_ITERATIONS` are done. A component whose responsibilities sum to less than half a code is
    dropped, so that the result may have fewer components. Yields progress; returns the mixture. Raises
    `DensityError` if there are too few codes or all are equal.
    """
    if components < 1:
        raise ValueError("a mixture needs at least one component")
    latent = codes.shape[1]
    what = GAUSSIAN
    if components > 1:
        what = Fitted(
            Sentence("A mixture of {count:,} Gaussians", count=components),
            Sentence("a mixture of {count:,} Gaussians", count=components),
        )
    usable = yield from usable_codes(codes, components * (latent + 1), what)
    # Standardise in place (common scale, zero mean), where products lose least to rounding.
    scaled, centre, unit = usable.codes, usable.mean, float(usable.spread.max())
    for rows in _blocks(scaled):
        scaled[rows] -= centre
        scaled[rows] /= unit
        yield None
    extra = REGULARISER * float(((usable.spread / unit) ** 2).mean())
    labels = yield from _k_means(scaled, components, np.random.default_rng(seed))
    shares = np.zeros((len(scaled), components))
    shares[np.arange(len(scaled)), labels] = 1.0
    before, mixture = -np.inf, None
    for iteration in range(1, MOST_ITERATIONS + 1):
        mixture = None  # free it early: covariances and factors may take most of the memory
        kept = shares.sum(axis=0) >= _KEPT
        if not kept.all():
            shares = shares[:, kept]
        mixture = yield from _maximised(scaled, shares, extra)
        mixture.iterations, mixture.converged = iteration, False
        mean_log = yield from _expected(scaled, mixture, shares)
        yield Progress(iteration, MOST_ITERATIONS, Sentence("iterations"), Sentence("Fitting the mixture"))
        if mean_log - before < _ENOUGH:
            mixture.converged = True
            break
        before = mean_log
    assert mixture is not None
    mixture.rescale(unit, centre)
    return mixture


def _blocks(codes: np.ndarray, components: int = 1) -> list[slice]:
    latent = codes.shape[1]
    rows = max(16, min(_VALUES // max(components, latent), _PRODUCTS // (components * latent**2)))
    return [slice(start, start + rows) for start in range(0, len(codes), rows)]


def _maximised(codes: np.ndarray, shares: np.ndarray, extra: float) -> Steps[Mixture]:
    """M step: the maximum likelihood mixture for responsibilities `shares` (n, K)."""
    latent = codes.shape[1]
    totals = shares.sum(axis=0) + 10 * np.finfo(np.float64).eps
    means = shares.T @ codes / totals[:, None]
    covariances = np.empty((len(totals), latent, latent))
    factors: list[Factors] = []
    yield None
    for place, total in enumerate(totals):
        covariance = np.zeros((latent, latent))
        for rows in _blocks(codes):
            centred = codes[rows] - means[place]
            covariance += (shares[rows, place, None] * centred).T @ centred
            yield None
        covariances[place] = covariance / total + extra * np.eye(latent)
        factors.append(factored(covariances[place]))
        yield None
    return Mixture(totals / totals.sum(), means, covariances, factors=factors)


def _expected(codes: np.ndarray, mixture: Mixture, shares: np.ndarray) -> Steps[float]:
    """E step: write the responsibilities into `shares` (n, K) and return the mean log density."""
    total = 0.0
    for rows in _blocks(codes, len(mixture.weights)):
        parts = mixture.log_parts(codes[rows])
        whole = log_sum_exp(parts)
        shares[rows] = np.exp(parts - whole[:, None])
        total += float(whole.sum())
        yield None
    return total / len(codes)


def _k_means(codes: np.ndarray, components: int, rng: np.random.Generator) -> Steps[np.ndarray]:
    """The index of the nearest of `components` centres for each code: (n,). No centre stays without a code."""
    centres = np.empty((components, codes.shape[1]))
    nearest = np.full(len(codes), np.inf)
    for place in range(components):
        total = nearest.sum()
        if place == 0 or not total > 0:
            chosen = int(rng.integers(len(codes)))
        else:
            chosen = min(int(np.searchsorted(np.cumsum(nearest), rng.random() * total)), len(codes) - 1)
        centres[place] = codes[chosen]
        for rows in _blocks(codes):
            distances = codes[rows] - centres[place]
            nearest[rows] = np.minimum(nearest[rows], np.einsum("ij,ij->i", distances, distances))
            yield None
    labels = np.zeros(len(codes), np.int64)
    for _ in range(_ROUNDS):
        sums, counts = np.zeros_like(centres), np.zeros(components)
        for rows in _blocks(codes, components):
            # Squared distances without |z|², which is the same for all centres.
            labels[rows] = ((centres**2).sum(axis=1) - 2 * codes[rows] @ centres.T).argmin(axis=1)
            mine = labels[rows, None] == np.arange(components)
            sums += mine.T.astype(np.float64) @ codes[rows]
            counts += mine.sum(axis=0)
            yield None
        kept = counts > 0
        centres[kept] = sums[kept] / counts[kept, None]
        yield None
    return labels
