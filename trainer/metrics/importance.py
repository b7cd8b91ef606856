"""Importance-weighted bounds on ln p(x), and the ELBO of the same draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from trainer.likelihoods import likelihood_of
from trainer.metrics.binarisation import as_seen
from trainer.metrics.block_threads import BlockThreads
from trainer.metrics.likelihood import batches, outside_training
from trainer.metrics.standard_error import standard_error
from trainer.models.latent_model import LatentModel
from trainer.progress import UNWATCHED, Monitor
from trainer.sentences import Sentence

#: Decoded values in one block of draws (16 MB); it determines the draws of a seed.
_VALUES_AT_ONCE = 4_000_000
#: Decoded values at a time on a CPU: 1 MB, which stays in the cache while the likelihood is summed.
_VALUES_IN_CACHE = 250_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Iwae:
    """Bounds in nats per image, one for each K, means over the images.

    Attributes:
        samples: the values of K, ascending.
        bounds: mean of ln (1/K) Σ_k p(x|z_k) p(z_k) / q(z_k|x); never decreasing.
        errors: standard error of each; None for a single image.
        elbo: mean of (1/K) Σ_k ln of the same weights, over all draws of the largest K.
        elbo_error: its standard error.
        gaps: each bound minus the ELBO, image by image: never negative.
        gap_errors: their standard errors. They are small compared with the others, since an image that is hard to
            explain has a low value in both.
        each: the bounds image by image, float64 (number of K's, n). each_elbo: the ELBO of each image, float64
        (n,).
    """

    samples: tuple[int, ...]
    bounds: tuple[float, ...]
    errors: tuple[float | None, ...]
    elbo: float
    elbo_error: float | None
    gaps: tuple[float, ...]
    gap_errors: tuple[float | None, ...]
    each: np.ndarray = field(repr=False, compare=False)
    each_elbo: np.ndarray = field(repr=False, compare=False)


@torch.no_grad()
def iwae(
    model: LatentModel,
    images: Tensor,
    samples: Sequence[int] = (1, 10, 100, 1000, 5000),
    *,
    seed: int = 0,
    binarise: str = "none",
    variance: float | None = None,
    monitor: Monitor = UNWATCHED,
) -> Iwae:
    """The bounds of Burda et al. (2016) for each K in `samples`; each K must divide the next.

    All bounds use the same K_max draws per image: a smaller K averages over K_max / K groups of them, so that by
    Jensen's inequality each bound is at least the previous one, whatever the draws. Images and their binarisation
    are as in `evaluate` with the same seed. `variance`: the learned σ² of "gaussian-learned", required there.

    Cost: K_max decodings per image. 500 images with K = 5,000 and a decoder 20-512-784 take about 30 s on one
    core.

    Raises `CancelledError`, and `ValueError` for a model without a posterior, a prior or a density, or without a
    required σ².
    """
    counts = tuple(samples)
    if not counts or counts[0] < 1 or any(b % a for a, b in pairwise(counts)):
        raise ValueError("each number of samples must divide the next")
    if not likelihood_of(model.config, variance).known:
        raise ValueError("a learned σ² belongs to the model: give the one it has learned")
    generator = torch.Generator().manual_seed(seed)
    rows_at_once = max(1, _VALUES_AT_ONCE // (counts[-1] * model.config.pixels))
    collected: list[Tensor] = []
    unit, what = Sentence("images"), Sentence("Measuring the IWAE bound")
    with outside_training(model), BlockThreads(next(model.parameters()).device) as threads:
        for number, rows in enumerate(batches(model, as_seen(images, binarise, seed), rows_at_once)):
            monitor.at(number * rows_at_once, len(images), unit, what)
            collected.append(log_weights(model, rows, counts[-1], generator, variance, threads, monitor))
    weights = torch.cat(collected)
    elbos = weights.mean(1)
    per_image = [
        (torch.logsumexp(weights.view(len(weights), -1, count), 2) - math.log(count)).mean(1) for count in counts
    ]
    return Iwae(
        samples=counts,
        bounds=tuple(bound.mean().item() for bound in per_image),
        errors=tuple(standard_error(bound) for bound in per_image),
        elbo=elbos.mean().item(),
        elbo_error=standard_error(elbos),
        gaps=tuple((bound - elbos).mean().item() for bound in per_image),
        gap_errors=tuple(standard_error(bound - elbos) for bound in per_image),
        each=torch.stack(per_image).numpy(),
        each_elbo=elbos.numpy(),
    )


@torch.no_grad()
def log_weights(
    model: LatentModel,
    rows: Tensor,
    count: int,
    generator: torch.Generator,
    variance: float | None = None,
    threads: BlockThreads | None = None,
    monitor: Monitor = UNWATCHED,
) -> Tensor:
    """ln p(x|z) p(z) / q(z|x) of `count` draws z from q(z|x) for each image: float64 (n, count), on the CPU.

    `rows`: float32 (n, C, H, W) on the model's device. `variance`: σ² of "gaussian-learned". `threads`: threads to
    decode in; None for the calling thread only.
    """
    posterior, prior = model.posterior(rows), model.prior_distribution()
    if posterior is None or prior is None:
        raise ValueError("the IWAE bound needs a model with a posterior and a prior")
    result = torch.empty(len(rows), count, dtype=torch.float64)
    each = type(posterior)(posterior.mean[:, None], posterior.log_variance[:, None])
    step = max(1, _VALUES_AT_ONCE // rows.numel())
    for start in range(0, count, step):
        draws = min(step, count - start)
        noise = torch.randn(len(rows), draws, posterior.mean.shape[1], generator=generator).to(rows.device)
        codes = each.sample(noise)
        prior_to_posterior = prior.log_ratio(each, noise)
        costs = _costs(model, codes, rows, variance, threads or BlockThreads(rows.device), monitor)
        result[:, start : start + draws] = (prior_to_posterior - costs).double().cpu()
    return result


def _costs(
    model: LatentModel,
    codes: Tensor,
    rows: Tensor,
    variance: float | None,
    threads: BlockThreads,
    monitor: Monitor,
) -> Tensor:
    """-ln p(x|z) of each image (n, C, H, W) given each of its codes (n, k, d): (n, k)."""
    count, draws = codes.shape[:2]
    values = _VALUES_IN_CACHE if rows.device.type == "cpu" else _VALUES_AT_ONCE
    many = max(1, values // rows[0].numel())
    costs = codes.new_empty(count, draws)
    if draws >= many:
        blocks = [
            (slice(row, row + 1), slice(start, min(start + many, draws)))
            for row in range(count)
            for start in range(0, draws, many)
        ]
    else:
        few = many // draws
        blocks = [(slice(row, min(row + few, count)), slice(draws)) for row in range(0, count, few)]

    def measure(block: tuple[slice, slice]) -> None:
        images, part = block
        some, targets = codes[images, part], rows[images]
        if len(targets) > 1:
            targets = targets[:, None].expand(-1, some.shape[1], *rows.shape[1:]).flatten(0, 1)
        cost = model.reconstruction(some.flatten(0, 1), targets, variance)
        if cost is None:
            raise ValueError("the IWAE bound needs a model with a density of images")
        costs[images, part] = cost.view(some.shape[:2])

    threads.run(measure, blocks, monitor.check)
    return costs
