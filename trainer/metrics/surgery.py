"""ELBO surgery (Hoffman & Johnson 2016): mean KL = mutual information + KL(aggregated posterior || prior)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from trainer.posteriors import Posterior
from trainer.prior import Prior

_PAIRS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Surgery:
    """Estimates in nats over N posteriors.

    Attributes:
        mutual_information: E[ln q(z|x) - ln q(z)] between image index and code; never above `ceiling`.
        marginal_kl: E[ln q(z) - ln p(z)], how far the aggregated posterior is from the prior.
        kl: the mean KL, in closed form where the prior has one: the two sum to it up to sampling error. Else of
            the very same draws: the two sum to it exactly.
        ceiling: ln N. An estimate near it says only that N is too small.
        standard_error: of `mutual_information` + `marginal_kl`, whose expectation is exactly the mean KL.
    """

    mutual_information: float
    marginal_kl: float
    kl: float
    ceiling: float
    standard_error: float


def surgery(posterior: Posterior, prior: Prior, *, draws: int = 1, seed: int = 0) -> Surgery:
    """Split the mean KL of N posteriors, in torch, from `prior`, on their device, with `draws` samples of each.

    q(z) is the mixture of all N posteriors. Costs draws·N² evaluations, in double precision.
    """
    device = posterior.mean.device
    kind = type(posterior)
    mean, log_variance = posterior = kind(*(part.detach().double().cpu() for part in posterior))
    count, latent = mean.shape
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(draws, count, latent, generator=generator, dtype=torch.float64)
    codes = posterior.sample(noise)
    own, outer = posterior.log_density_of(noise), prior.log_density(codes.to(device)).detach().cpu()
    mixture = _log_mixture if posterior.gaussian else _log_mixture_of_any
    aggregate = mixture(codes.flatten(0, 1), posterior).view(draws, count)
    # The mixture holds a code's own posterior with weight 1/N; rounding must not lift the estimate above ln N.
    aggregate = torch.maximum(aggregate, own - math.log(count))
    there = kind(mean.to(device), log_variance.to(device))
    divergence = prior.kl(there, noise.to(device))
    return Surgery(
        mutual_information=float((own - aggregate).mean()),
        marginal_kl=float((aggregate - outer).mean()),
        kl=float(divergence.mean),
        ceiling=math.log(count),
        standard_error=_standard_error(own - outer),
    )


def _standard_error(values: Tensor) -> float:
    """Standard error, given the posteriors: from the spread of draws, or over images if there is one each."""
    draws, count = values.shape
    if draws > 1:
        return math.sqrt(float(values.var(0).mean()) / (draws * count))
    return math.sqrt(float(values.var()) / count)


def _log_mixture_of_any(codes: Tensor, posterior: Posterior) -> Tensor:
    """ln (1/N) Σ_j q_j(z) of each code: (m,)."""
    count = len(posterior.mean)
    blocks = codes.split(max(1, _PAIRS_AT_ONCE // posterior.mean.numel()))
    parts = [torch.logsumexp(posterior.log_density(block[:, None]), 1) for block in blocks]
    return torch.cat(parts) - math.log(count)


def _log_mixture(codes: Tensor, posterior: Posterior) -> Tensor:
    """The same of Gaussians, by matrix products."""
    mean, log_variance = posterior
    count, latent = mean.shape
    precision = torch.exp(-log_variance)
    # Σ_u (z - μ)² / σ² as matrix products, in double precision since the three terms cancel.
    weighted = mean * precision
    fixed = (mean * weighted + log_variance).sum(1) + latent * math.log(2 * math.pi)
    parts = []
    for block in codes.split(max(1, _PAIRS_AT_ONCE // count)):
        distances = block.square() @ precision.T - 2 * (block @ weighted.T) + fixed
        parts.append(torch.logsumexp(-0.5 * distances, 1))
    return torch.cat(parts) - math.log(count)
