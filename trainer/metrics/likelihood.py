"""How well a model explains images: reconstruction, KL, ELBO, active units, squared error, and the IWAE bound.

All in nats per image. Grey levels under a Bernoulli likelihood give a cross-entropy, which is not a likelihood and
is not to be compared with published NLL figures; those need `binarise="dynamic"`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from trainer.models.family import LatentModel
from trainer.training import losses

#: Var_x(μ_u) above which a unit counts as active (Burda et al. 2016).
ACTIVE_VARIANCE = 0.01

# Decoded values held at once: 16 MB.
_VALUES_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """Means over the images, one seeded posterior sample each.

    Attributes:
        reconstruction: -E ln p(x|z).
        kl: KL(q(z|x) || N(0, I)); 0 without a posterior.
        kl_per_dimension: its summands; empty without a posterior.
        elbo: -(reconstruction + kl).
        active: number of latent dimensions whose code (μ, or z of an autoencoder) has a variance over the images
            above ACTIVE_VARIANCE.
        variances: those variances, one a dimension.
        mse: squared error a pixel of the picture decoded from the code without sampling; None unless asked for.
        images: how many.
    """

    reconstruction: float
    kl: float
    kl_per_dimension: tuple[float, ...]
    elbo: float
    active: int
    variances: tuple[float, ...]
    mse: float | None
    images: int

    @property
    def total(self) -> float:
        """The negative ELBO."""
        return self.reconstruction + self.kl


@torch.no_grad()
def evaluate(
    model: LatentModel,
    images: Tensor,
    *,
    batch: int = 1000,
    seed: int = 0,
    binarise: str = "none",
    mse: bool = True,
) -> Likelihood:
    """Measure `model` on `images`, uint8 (scaled by 1/255) or float32 (as they are), (n, C, H, W).

    The posterior's noise, and the binarisation if it is "dynamic", depend on `seed`, the number of images and
    `batch` alone. The images may lie on another device than the model. Likelihood "gaussian-learned" is taken at
    the σ² that is best for these images as a whole: their mean squared error, decoded from the samples.
    `mse=False` spares one decoding of each image.
    """
    if len(images) == 0:
        raise ValueError("there are no images to measure")
    generator = torch.Generator().manual_seed(seed)
    sums = _Sums()
    with _outside_training(model):
        for rows in _batches(model, images, batch, binarise, generator):
            _measure(model, rows, generator, sums, mse)
    return sums.result(model, len(images))


class _Sums:
    """Sums over images, in double precision."""

    def __init__(self) -> None:
        self.reconstruction = 0.0
        self.sampled_error = 0.0
        self.error: float | None = None
        self.kl: list[Tensor] = []
        self.codes: list[Tensor] = []

    def result(self, model: LatentModel, count: int) -> Likelihood:
        pixels = model.config.pixels
        reconstruction = self.reconstruction / count
        if model.config.likelihood == "gaussian-learned":
            error = torch.tensor(self.sampled_error / (count * pixels), dtype=torch.float64)
            reconstruction = losses.learned_from_error(error, pixels).item()
        per_dimension = torch.stack(self.kl).sum(0) / count if self.kl else torch.zeros(0)
        kl = per_dimension.sum().item()
        variances = torch.cat(self.codes).flatten(1).double().var(0, correction=0)
        return Likelihood(
            reconstruction=reconstruction,
            kl=kl,
            kl_per_dimension=tuple(per_dimension.tolist()),
            elbo=-(reconstruction + kl),
            active=int((variances > ACTIVE_VARIANCE).sum()),
            variances=tuple(variances.tolist()),
            mse=None if self.error is None else self.error / (count * pixels),
            images=count,
        )


def _measure(model: LatentModel, rows: Tensor, generator: torch.Generator, sums: _Sums, mse: bool) -> None:
    posterior = model.posterior(rows)
    if posterior is None:
        means = sample = model.encode(rows)
    else:
        means = posterior.mean
        noise = torch.randn(means.shape, generator=generator).to(means.device)
        sample, kl = losses.sample_and_kl(means, posterior.log_variance, noise)
        sums.kl.append(kl.double().cpu() * len(rows))
    sums.codes.append(means.cpu())
    if model.config.likelihood == "gaussian-learned":
        sums.sampled_error += losses.squared_error(model.decode(sample), rows).item()
    else:
        each = model.reconstruction(sample, rows)
        if each is None:
            # A family without a density of its own: its loss is the only figure there is.
            own = torch.Generator(rows.device).manual_seed(int(torch.randint(2**31, (), generator=generator)))
            sums.reconstruction += model.losses(rows, rows, 1.0, own).reconstruction.item() * len(rows)
        else:
            sums.reconstruction += each.double().sum().item()
    if mse:
        sums.error = (sums.error or 0.0) + losses.squared_error(model.decode(means), rows).item()


@dataclass(frozen=True, slots=True, kw_only=True)
class Iwae:
    """Importance-weighted bounds on ln p(x), nats per image, one for each K.

    Attributes:
        samples: the values of K, ascending.
        bounds: mean over images of ln (1/K) Σ_k p(x|z_k) p(z_k) / q(z_k|x); never decreasing.
        errors: standard error of each mean over images.
    """

    samples: tuple[int, ...]
    bounds: tuple[float, ...]
    errors: tuple[float, ...]


@torch.no_grad()
def iwae(
    model: LatentModel,
    images: Tensor,
    samples: Sequence[int] = (1, 10, 100, 1000, 5000),
    *,
    seed: int = 0,
    binarise: str = "none",
) -> Iwae:
    """The bounds of Burda et al. (2016) for each K in `samples`; each K must divide the next.

    All bounds use the same K_max draws an image: the smaller K average over K_max / K groups of them, so that by
    Jensen's inequality each bound is at least the former, whatever the draws. Images as in `evaluate`.
    Raises `ValueError` for a model without a posterior or a density.
    """
    counts = tuple(samples)
    if not counts or counts[0] < 1 or any(b % a for a, b in pairwise(counts)):
        raise ValueError("each number of samples must divide the next")
    generator = torch.Generator().manual_seed(seed)
    learned = model.config.likelihood == "gaussian-learned"
    rows_at_once = max(1, _VALUES_AT_ONCE // (counts[-1] * model.config.pixels))
    with _outside_training(model):
        variance = learned_variance(model, images, seed=seed) if learned else None
        collected = [
            log_weights(model, rows, counts[-1], generator, variance)
            for rows in _batches(model, images, rows_at_once, binarise, generator)
        ]
    weights = torch.cat(collected)
    per_image = torch.stack(
        [(torch.logsumexp(weights.view(len(weights), -1, count), 2) - math.log(count)).mean(1) for count in counts]
    )
    errors = per_image.std(1, correction=0) / math.sqrt(per_image.shape[1])
    return Iwae(samples=counts, bounds=tuple(per_image.mean(1).tolist()), errors=tuple(errors.tolist()))


@torch.no_grad()
def log_weights(
    model: LatentModel, rows: Tensor, count: int, generator: torch.Generator, variance: float | None = None
) -> Tensor:
    """ln p(x|z) p(z) / q(z|x) of `count` draws z from q(z|x) for each image: float64 (n, count), on the CPU.

    `rows`: float32 (n, C, H, W) on the model's device. `variance`: σ² of "gaussian-learned".
    """
    posterior = model.posterior(rows)
    if posterior is None:
        raise ValueError("the IWAE bound needs a model with a posterior")
    result = torch.empty(len(rows), count, dtype=torch.float64)
    deviation = torch.exp(0.5 * posterior.log_variance)
    step = max(1, _VALUES_AT_ONCE // rows.numel())
    for start in range(0, count, step):
        draws = min(step, count - start)
        noise = torch.randn(len(rows), draws, posterior.mean.shape[1], generator=generator).to(rows.device)
        codes = posterior.mean[:, None] + deviation[:, None] * noise
        # The normalising constants of p(z) and q(z|x) are the same and cancel.
        prior_to_posterior = 0.5 * (noise.square() - codes.square() + posterior.log_variance[:, None]).sum(2)
        targets = rows[:, None].expand(-1, draws, *rows.shape[1:]).reshape(-1, *rows.shape[1:])
        cost = model.reconstruction(codes.flatten(0, 1), targets, variance)
        if cost is None:
            raise ValueError("the IWAE bound needs a model with a density of images")
        result[:, start : start + draws] = (prior_to_posterior - cost.view(len(rows), draws)).double().cpu()
    return result


@torch.no_grad()
def learned_variance(model: LatentModel, images: Tensor, *, batch: int = 1000, seed: int = 0) -> float:
    """σ² of "gaussian-learned" that is best for these images: squared error a value, one posterior sample each."""
    generator = torch.Generator().manual_seed(seed)
    error = 0.0
    for rows in _batches(model, images, batch, "none", generator):
        posterior = model.posterior(rows)
        if posterior is None:
            codes = model.encode(rows)
        else:
            noise = torch.randn(posterior.mean.shape, generator=generator).to(rows.device)
            codes = posterior.mean + torch.exp(0.5 * posterior.log_variance) * noise
        error += losses.squared_error(model.decode(codes), rows).item()
    return max(error / images.numel(), losses.MIN_VARIANCE)


@contextmanager
def _outside_training(model: LatentModel) -> Iterator[None]:
    """Layers that differ outside training (dropout, batch statistics) set so, then back as they were."""
    training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(training)


def _batches(
    model: LatentModel, images: Tensor, batch: int, binarise: str, generator: torch.Generator
) -> Iterator[Tensor]:
    """Float32 batches on the model's device."""
    device = next(model.parameters()).device
    for start in range(0, len(images), batch):
        rows = images[start : start + batch]
        scaled = rows.to(device).float().div_(255) if rows.dtype == torch.uint8 else rows.to(device)
        if binarise == "dynamic":
            # Drawn on the CPU, so that every device measures the same images.
            drawn = torch.rand(scaled.shape, generator=generator).to(device)
            scaled = (drawn < scaled).to(scaled.dtype)
        yield scaled
