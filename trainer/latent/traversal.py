"""Traversals of single latent dimensions, and per-dimension statistics of the codes. Torch-free.

A traversal varies one dimension of a base code around the codes' mean, in units of the codes' standard deviation
in that dimension: ±3 covers nearly all codes, whatever the scale of the code space. A dimension in which all codes
are equal is traversed around the prior's mean, in units of the prior's standard deviation.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from trainer.posteriors import GaussianPosterior, Posterior
from trainer.prior import Prior

_T = TypeVar("_T")

#: A computation that may be closed at each yield and returns its result.
Steps = Generator[None, None, _T]

#: Values (n d) processed between two yields.
_VALUES = 500_000
#: Values (n d) that the covariance is measured on, and minimum number of rows, as for the map's plane.
_COVARIANCE_VALUES = 2_000_000
_FEWEST_ROWS = 4_000
#: A standard deviation below this share of the codes' magnitude is rounding error and counts as 0.
_SAME = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class CodeSummary:
    """Statistics of the codes of one model.

    Attributes:
        count: number of finite codes.
        mean, spread: float64 (d,), mean and standard deviation of each dimension; 0 if the deviation is mere
            rounding.
        middle, reach: float64 (d,), centre and unit of traversals: `mean` and `spread`, or where `spread` is 0
            mean and standard deviation of the prior. A reach of 0 means no traversal.
        kl: float64 (d,), mean KL divergence of each dimension's posterior from the prior, in nats per image; None
            without posteriors, and for a prior that does not factorise over dimensions.
        covariance: float64 (d, d), measured on max(4,000, 2,000,000 / d) evenly spaced rows.
    """

    count: int
    mean: np.ndarray = field(repr=False)
    spread: np.ndarray = field(repr=False)
    middle: np.ndarray = field(repr=False)
    reach: np.ndarray = field(repr=False)
    kl: np.ndarray | None = field(repr=False)
    covariance: np.ndarray = field(repr=False)


def summarise(
    codes: np.ndarray,
    sigmas: np.ndarray | None = None,
    prior: Prior | None = None,
    posterior: type[Posterior] = GaussianPosterior,
) -> Steps[CodeSummary | None]:
    """Statistics of codes (n, d) with the posteriors' σ (n, d); rows with a non-finite value are left out.

    `posterior`: the kind of q(z|x). `prior`: p(z) in NumPy; None for a model without one, which then has no
    KL. None if there is no finite code.
    """
    latent = codes.shape[1]
    rows = max(1, _VALUES // latent)
    total, count = np.zeros(latent), 0
    divergence = np.zeros(latent) if sigmas is not None and prior is not None and prior.factorises else None
    for start in range(0, len(codes), rows):
        part, sigma = _finite(codes, sigmas, slice(start, start + rows))
        total += part.sum(axis=0)
        count += len(part)
        if sigma is not None and prior is not None and divergence is not None:
            with np.errstate(divide="ignore"):
                each = prior.kl(posterior.of_sigmas(part, sigma)).each
            if each is not None:
                divergence += each.sum(axis=0)
        yield None
    if not count:
        return None
    mean = total / count
    squares = np.zeros(latent)
    for start in range(0, len(codes), rows):
        part, _ = _finite(codes, sigmas, slice(start, start + rows))
        squares += ((part - mean) ** 2).sum(axis=0)
        yield None
    spread = np.sqrt(squares / count)
    spread[spread <= _SAME * np.abs(mean)] = 0.0
    covariance = yield from _covariance(codes, sigmas, mean)
    middle, reach = mean, spread
    if prior is not None:
        middle, reach = np.where(spread > 0, (mean, spread), (prior.mean, prior.spread))
    return CodeSummary(
        count=count,
        mean=mean,
        spread=spread,
        middle=middle,
        reach=reach,
        kl=None if divergence is None else divergence / count,
        covariance=covariance,
    )


def order_of(summary: CodeSummary, by: str) -> np.ndarray:
    """All dimensions, int64 (d,), in descending order of "kl" or "variance", or ascending by "number".

    "kl" falls back to "variance" without KL. Ties are ordered by number.
    """
    if by == "number":
        return np.arange(len(summary.mean))
    figure = summary.kl if by == "kl" and summary.kl is not None else summary.spread
    return np.argsort(-np.nan_to_num(figure), kind="stable")


def places(base: np.ndarray, dimension: int, summary: CodeSummary, units: np.ndarray) -> np.ndarray:
    """Copies of `base` (d,) with `dimension` at middle + `units` (n,) · reach: float32 (n, d)."""
    codes = np.repeat(np.asarray(base, np.float32)[None], len(units), axis=0)
    codes[:, dimension] = summary.middle[dimension] + np.asarray(units) * summary.reach[dimension]
    return codes


def change_of(pictures: np.ndarray) -> float:
    """How much the pictures uint8 (n, H, W, C) of a traversal differ.

    The root mean square deviation from their mean, over all pictures, pixels and channels, as a share of the
    intensity range. 0 for an inactive dimension.
    """
    values = pictures.astype(np.float32) / 255
    values -= values.mean(axis=0)
    return float(np.sqrt((values**2).mean(dtype=np.float64)))


def _finite(codes: np.ndarray, sigmas: np.ndarray | None, rows: slice) -> tuple[np.ndarray, np.ndarray | None]:
    """The finite rows among `rows`, in double precision."""
    part = codes[rows]
    whole = np.isfinite(part).all(axis=1)
    sigma = None if sigmas is None else sigmas[rows]
    if sigma is not None:
        whole &= np.isfinite(sigma).all(axis=1)
        sigma = sigma[whole].astype(np.float64)
    return part[whole].astype(np.float64), sigma


def _covariance(codes: np.ndarray, sigmas: np.ndarray | None, mean: np.ndarray) -> Steps[np.ndarray]:
    latent = codes.shape[1]
    most = max(_FEWEST_ROWS, _COVARIANCE_VALUES // latent)
    if len(codes) > most:
        evenly = np.linspace(0, len(codes) - 1, most).astype(np.intp)
        codes, sigmas = codes[evenly], None if sigmas is None else sigmas[evenly]
        yield None
    rows = max(1, _VALUES // latent)
    found, count = np.zeros((latent, latent)), 0
    for start in range(0, len(codes), rows):
        part, _ = _finite(codes, sigmas, slice(start, start + rows))
        part -= mean
        found += part.T @ part
        count += len(part)
        yield None
    return found / max(1, count)
