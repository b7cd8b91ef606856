"""The share of the prior covered by the posteriors of the data, by Monte Carlo in the full latent space."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np

from trainer.prior import Prior
from trainer.prior_place import squared_radius
from trainer.priors.gaussian import StandardNormal

#: Masses of the regions: those of N(0, I) within radius 1 and 2, in one dimension and in two.
MASSES_OF_ONE = (math.erf(math.sqrt(0.5)), math.erf(math.sqrt(2.0)))
MASSES = (1 - math.exp(-0.5), 1 - math.exp(-2.0))
#: Number of codes drawn from the prior; the caller may stop earlier.
DRAWS = 10_000
#: Codes drawn at a time; products computed, and values compared, between two yields (about ten milliseconds).
_AT_ONCE = 1_000
_PRODUCTS = 300_000
_VALUES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorCoverage:
    """Share of draws of the prior inside the region of at least one posterior, for each mass of a region.

    Attributes:
        masses: mass of a posterior inside its region.
        shares: of the draws.
        errors: standard errors of the shares, √(p(1 - p)/n).
        draws: n.
    """

    masses: tuple[float, ...]
    shares: tuple[float, ...]
    errors: tuple[float, ...]
    draws: int


def prior_coverage(
    means: np.ndarray,
    sigmas: np.ndarray,
    prior: Prior | None = None,
    *,
    masses: tuple[float, ...] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Iterator[PriorCoverage | None]:
    """Yield the estimate after an increasing number of draws.

    The region of a posterior N(μ, diag σ²) is the ellipsoid of highest density with that share of its mass. A
    draw z is inside if its squared Mahalanobis distance Σ_i (z_i - μ_i)² / σ_i² is at most that quantile of χ²
    with d degrees of freedom. A multiple of σ would not mean the same in every d: within 1σ in this sense lie
    39 % of a posterior in two dimensions and one in six billion in 20. If a posterior equals the prior, the
    share is the region's mass, whatever d. In one dimension and in two the regions are those within 1σ and
    2σ, as drawn on a map.

    Yields None in between. Rows that are not finite, or with σ = 0, cover nothing; without any other row there is
    no estimate.

    Args:
        means, sigmas: (N, d), μ and σ.
        prior: p(z), in NumPy; None for N(0, I).
        masses: those of the regions, each between 0 and 1; by default `MASSES`, or `MASSES_OF_ONE`.
        draws: total number of codes drawn.
    """
    rows = yield from _usable(means, sigmas)
    if not len(rows):
        return
    if masses is None:
        masses = MASSES_OF_ONE if means.shape[1] == 1 else MASSES
    prior = prior or StandardNormal(means.shape[1])
    rng = np.random.default_rng(seed)
    limits = np.array([squared_radius(mass, means.shape[1]) for mass in masses])
    hits, done = np.zeros(len(masses), np.int64), 0
    while done < draws:
        drawn = prior.draw(min(_AT_ONCE, draws - done), rng)
        nearest = np.full(len(drawn), np.inf)
        for _ in _bring_near(nearest, drawn, means, sigmas, rows, float(limits.min())):
            yield None
        done += len(drawn)
        hits += (nearest[:, None] <= limits).sum(axis=0)
        shares = hits / done
        errors = np.sqrt(shares * (1 - shares) / done)
        yield PriorCoverage(masses=masses, shares=tuple(shares), errors=tuple(errors), draws=done)


def _usable(means: np.ndarray, sigmas: np.ndarray) -> Generator[None, None, np.ndarray]:
    """Indices of the rows whose mean is finite and whose σ are finite and positive."""
    found = [np.empty(0, np.intp)]
    step = max(1, _VALUES // max(1, means.shape[1]))
    for start in range(0, len(means), step):
        mean, spread = means[start : start + step], sigmas[start : start + step]
        with np.errstate(over="ignore"):
            usable = np.isfinite(mean).all(axis=1) & np.isfinite(spread).all(axis=1) & (spread > 0).all(axis=1)
        found.append(start + np.flatnonzero(usable))
        yield None
    return np.concatenate(found)


def _bring_near(
    nearest: np.ndarray,
    drawn: np.ndarray,
    means: np.ndarray,
    sigmas: np.ndarray,
    rows: np.ndarray,
    enough: float,
) -> Iterator[None]:
    """Lower `nearest` to the least squared Mahalanobis distance of each draw, (m,), from any posterior in `rows`.

    Draws already within `enough` are skipped.
    """
    open_ = np.arange(len(drawn))
    start = 0
    latent = means.shape[1]
    while start < len(rows) and len(open_):
        size = max(1, min(_PRODUCTS // len(open_), _PRODUCTS // latent))
        part = rows[start : start + size]
        start += size
        # z² · 1/σ² - 2 z · μ/σ² + Σ μ²/σ², in double precision: for small σ large numbers cancel.
        precision = 1 / np.square(sigmas[part], dtype=np.float64)
        middles = means[part]
        weighted = middles * precision
        draws = drawn[open_]
        distances = np.square(draws) @ precision.T
        distances -= 2 * (draws @ weighted.T)
        distances += np.einsum("ij,ij->i", middles, weighted)
        nearest[open_] = np.minimum(nearest[open_], distances.min(axis=1))
        open_ = open_[nearest[open_] > enough]
        yield None


def upper_bound(draws: int) -> float:
    """With no hit in `draws`, the share is below this at 95 % confidence: 1 - 0.05^(1/n)."""
    return 1 - math.exp(math.log(0.05) / draws)
