"""ELBO surgery (Hoffman & Johnson 2016): mean KL = mutual information + KL(aggregated posterior || prior).

In torch or in NumPy, with the same draws and so the same numbers up to rounding. Torch-free.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trainer.arrays import Array, library, log_sum_exp
from trainer.posteriors import Posterior
from trainer.prior import Prior
from trainer.progress import UNWATCHED, Monitor

_PAIRS_AT_ONCE = 4_000_000
#: Seed of the draws, independent of the seed that produced the posteriors.
_STREAM = 0x5A


@dataclass(frozen=True, slots=True, kw_only=True)
class Surgery:
    """Estimates in nats over N posteriors.

    Attributes:
        mutual_information: E[ln q(z|x) - ln q(z)] between image index and code; never above `ceiling`.
        marginal_kl: E[ln q(z) - ln p(z)], how far the aggregated posterior is from the prior.
        kl: the mean KL. In closed form if the prior has one: the two terms sum to it up to sampling error.
        Otherwise
            from the same draws: the two terms sum to it exactly.
        ceiling: ln N. An estimate near it only shows that N is too small.
        standard_error: of `mutual_information` + `marginal_kl`, whose expectation is exactly the mean KL.
    """

    mutual_information: float
    marginal_kl: float
    kl: float
    ceiling: float
    standard_error: float


def surgery(
    posterior: Posterior, prior: Prior, *, draws: int = 1, seed: int = 0, monitor: Monitor = UNWATCHED
) -> Surgery:
    """Decompose the mean KL of N posteriors from `prior`, both of one library and device, with `draws` draws of
    each.

    q(z) is the mixture of all N posteriors. Costs draws·N² evaluations, in double precision. Raises
    `CancelledError`.
    """
    kind = type(posterior)
    own_place = posterior.mean
    mean, _ = posterior = kind(*map(_exact, posterior))
    count, latent = mean.shape
    noise = _beside(np.random.default_rng([seed, _STREAM]).standard_normal((draws, count, latent)), mean)
    codes = posterior.sample(noise)
    own = posterior.log_density_of(noise)
    outer = _exact(prior.log_density(_beside(codes, own_place)))
    mixture = _log_mixture if posterior.gaussian else _log_mixture_of_any
    aggregate = mixture(codes.reshape(draws * count, latent), posterior, monitor).reshape(draws, count)
    # The mixture contains a code's own posterior with weight 1/N; rounding must not raise the estimate above ln N.
    aggregate = library(own).maximum(aggregate, own - math.log(count))
    there = kind(*(_beside(part, own_place) for part in posterior))
    divergence = prior.kl(there, _beside(noise, own_place))
    return Surgery(
        mutual_information=float((own - aggregate).mean()),
        marginal_kl=float((aggregate - outer).mean()),
        kl=float(divergence.mean),
        ceiling=math.log(count),
        standard_error=_standard_error(np.asarray(own - outer)),
    )


def _exact(array: Array) -> Array:
    """`array` in double precision; for a torch tensor a copy on the CPU without gradient."""
    return array.astype(np.float64) if library(array) is np else array.detach().double().cpu()


def _beside(array: Array, other: Array) -> Array:
    """`array` in the library of `other`, and on its device."""
    if library(other) is np:
        return array
    return library(other).as_tensor(array, device=other.device)


def _standard_error(values: np.ndarray) -> float:
    """Standard error, given the posteriors: from the spread of draws, or over images if each has only one draw."""
    draws, count = values.shape
    if draws > 1:
        return math.sqrt(float(values.var(axis=0, ddof=1).mean()) / (draws * count))
    return math.sqrt(float(values.var(ddof=1)) / count) if count > 1 else math.nan


def _log_mixture_of_any(codes: Array, posterior: Posterior, monitor: Monitor) -> Array:
    """ln (1/N) Σ_j q_j(z) of each code: (m,)."""
    count, latent = posterior.mean.shape
    step = max(1, _PAIRS_AT_ONCE // (count * latent))
    parts = []
    for start in range(0, len(codes), step):
        monitor.check()
        parts.append(log_sum_exp(posterior.log_density(codes[start : start + step, None])))
    return _joined(parts) - math.log(count)


def _log_mixture(codes: Array, posterior: Posterior, monitor: Monitor) -> Array:
    """`_log_mixture_of_any` for Gaussians, by matrix products."""
    mean, log_variance = posterior
    count, latent = mean.shape
    precision = library(mean).exp(-log_variance)
    # Σ_u (z - μ)² / σ² as matrix products, in double precision since the three terms cancel.
    weighted = mean * precision
    fixed = (mean * weighted + log_variance).sum(1) + latent * math.log(2 * math.pi)
    step = max(1, _PAIRS_AT_ONCE // count)
    parts = []
    for start in range(0, len(codes), step):
        monitor.check()
        block = codes[start : start + step]
        distances = block**2 @ precision.T - 2 * (block @ weighted.T) + fixed
        parts.append(log_sum_exp(-0.5 * distances))
    return _joined(parts) - math.log(count)


def _joined(parts: list[Array]) -> Array:
    return np.concatenate(parts) if library(parts[0]) is np else library(parts[0]).cat(parts)
