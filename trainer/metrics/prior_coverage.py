"""How much of the prior N(0, I) the posteriors of the data reach, by Monte Carlo in the whole latent space."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

#: Codes drawn from the prior; fewer if that takes longer than the asker waits.
DRAWS = 10_000
#: Codes drawn at a time; products computed between two yields (some ten milliseconds).
_AT_ONCE = 1_000
_PRODUCTS = 300_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorCoverage:
    """Share of draws of N(0, I) within k standard deviations of at least one posterior, for each k asked for.

    Attributes:
        within: the k.
        shares: of the draws.
        errors: standard errors of the shares, √(p(1 - p)/n).
        draws: n.
    """

    within: tuple[float, ...]
    shares: tuple[float, ...]
    errors: tuple[float, ...]
    draws: int


def prior_coverage(
    means: np.ndarray,
    spreads: np.ndarray,
    *,
    within: tuple[float, ...] = (1.0, 2.0),
    draws: int = DRAWS,
    seed: int = 0,
) -> Iterator[PriorCoverage | None]:
    """The estimate after more and more draws.

    A draw z counts if Σ_i (z_i - μ_i)² / σ_i² <= k² for at least one posterior N(μ, diag σ²): its Mahalanobis
    distance in all latent dimensions. Gives None in between. Rows that are not finite, or with σ = 0, reach
    nothing. Raises `ValueError` without a usable row.

    Args:
        means, spreads: (N, d), μ and σ.
        within: the k.
        draws: how many codes are drawn in all.
    """
    with np.errstate(over="ignore"):
        usable = np.isfinite(means).all(axis=1) & np.isfinite(spreads).all(axis=1) & (spreads > 0).all(axis=1)
    if not usable.any():
        raise ValueError("no posterior has a finite mean and a positive, finite spread")
    means, spreads = means[usable], spreads[usable]
    rng = np.random.default_rng(seed)
    limits = np.square(within)
    hits, done = np.zeros(len(within), np.int64), 0
    while done < draws:
        drawn = rng.standard_normal((min(_AT_ONCE, draws - done), means.shape[1]))
        nearest = np.full(len(drawn), np.inf)
        for _ in _bring_near(nearest, drawn, means, spreads, float(limits.min())):
            yield None
        done += len(drawn)
        hits += (nearest[:, None] <= limits).sum(axis=0)
        shares = hits / done
        errors = np.sqrt(shares * (1 - shares) / done)
        yield PriorCoverage(within=within, shares=tuple(shares), errors=tuple(errors), draws=done)


def _bring_near(
    nearest: np.ndarray, drawn: np.ndarray, means: np.ndarray, spreads: np.ndarray, enough: float
) -> Iterator[None]:
    """Lower `nearest` to the least squared Mahalanobis distance of each draw, (m,), from any posterior.

    Draws found within `enough` are not looked at any more.
    """
    open_ = np.arange(len(drawn))
    start = 0
    while start < len(means) and len(open_):
        latent = means.shape[1]
        size = max(1, min(_PRODUCTS // len(open_), _PRODUCTS // latent))
        part = slice(start, start + size)
        start += size
        # z² · 1/σ² - 2 z · μ/σ² + Σ μ²/σ², in double precision: for small σ large numbers cancel.
        precision = 1 / np.square(spreads[part], dtype=np.float64)
        weighted = means[part] * precision
        draws = drawn[open_]
        distances = np.square(draws) @ precision.T
        distances -= 2 * (draws @ weighted.T)
        distances += np.einsum("ij,ij->i", means[part], weighted)
        nearest[open_] = np.minimum(nearest[open_], distances.min(axis=1))
        open_ = open_[nearest[open_] > enough]
        yield None


def upper_bound(draws: int) -> float:
    """With no hit in `draws`, the share is below this at 95 % confidence: 1 - 0.05^(1/n)."""
    return 1 - math.exp(math.log(0.05) / draws)
