"""Figures of a model on images: reconstruction, KL, ELBO, squared error, active units or effective rank.

All in nats per image, each mean with its standard error. Grey levels under a Bernoulli likelihood give a
cross-entropy, which is not a likelihood and is not to be compared with published NLL figures; those need
`binarise="dynamic"` or `"static"`, which give two different figures. The IWAE bound is in
`trainer.metrics.importance`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from trainer.likelihoods import LearnedGaussian, likelihood_of
from trainer.metrics.active_units import active_units, in_prior_units
from trainer.metrics.binarisation import as_seen
from trainer.metrics.effective_rank import effective_rank
from trainer.metrics.standard_error import standard_error
from trainer.models.family import family
from trainer.models.latent_model import Batch, LatentModel
from trainer.prior import Divergence

#: Draws of each posterior that a KL without a closed form is estimated from.
KL_DRAWS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodFigures:
    """Means over the images, one seeded posterior sample each.

    Attributes:
        reconstruction: -E ln p(x|z); NaN if a learned σ² is unknown.
        kl: KL(q(z|x) || p(z)); 0 without a posterior or a prior.
        kl_per_dimension: its terms; empty without a KL, and for a prior that does not factorise.
        kl_estimated: whether it is a Monte Carlo estimate from `KL_DRAWS` draws of each posterior, for a prior
            without a closed form; its variance is included in `kl_error` and `elbo_error`.
        has_kl: whether there is a KL, which needs a posterior and a prior.
        elbo: -(reconstruction + kl).
        reconstruction_error, kl_error, elbo_error: standard errors of these means over the images; None for a
            single image, and if the family gives no value per image.
        active: number of latent dimensions whose μ varies over the images (see `active_units`); None for a single
            image, and without a KL: such codes have no scale.
        rank: effective rank of the codes of a model without a KL (see `effective_rank`); else None.
        variances: variance of the code over the images, one per dimension; empty for a single image.
        mse: squared error per pixel of the picture decoded from the code without sampling; None unless requested.
        variance: the σ² used for "gaussian-learned", else None.
        images: number of images.
        each_reconstruction, each_kl, each_mse: the values of single images, float64 (n,), in their order; None
            if only means are available. `each_kl` is zero without a KL.
    """

    reconstruction: float
    kl: float
    kl_per_dimension: tuple[float, ...]
    kl_estimated: bool
    has_kl: bool
    elbo: float
    reconstruction_error: float | None
    kl_error: float | None
    elbo_error: float | None
    active: int | None
    rank: float | None
    variances: tuple[float, ...]
    mse: float | None
    variance: float | None
    images: int
    each_reconstruction: np.ndarray | None = field(default=None, repr=False, compare=False)
    each_kl: np.ndarray | None = field(default=None, repr=False, compare=False)
    each_mse: np.ndarray | None = field(default=None, repr=False, compare=False)

    @property
    def total(self) -> float:
        """The loss at β = 1; of a model with a posterior the negative ELBO."""
        return self.reconstruction + self.kl


@torch.no_grad()
def evaluate(
    model: LatentModel,
    images: Tensor,
    *,
    batch: int = 1000,
    seed: int = 0,
    binarise: str = "none",
    variance: float | None = None,
    mse: bool = True,
) -> LikelihoodFigures:
    """Measure `model` on `images`, uint8 (scaled by 1/255) or float32 (as they are), (n, C, H, W).

    The posterior's noise depends only on `seed`, the number of images and `batch`, a "dynamic" binarisation on
    `seed` and the images, a "static" one on each image (`as_seen`). The images may be on a different device
    from the model.

    `variance` is the learned σ² of likelihood "gaussian-learned". It is never fitted to these images: the result
    would be too good by D/2 (r - 1 - ln r) nats with r = MSE of these / MSE of the training images. Without it
    there is no reconstruction loss and no ELBO.

    `mse=False` saves one decoding of each image.
    """
    if len(images) == 0:
        raise ValueError("there are no images to measure")
    generator = torch.Generator().manual_seed(seed)
    found = _Collected(seed)
    with outside_training(model):
        for rows in batches(model, as_seen(images, binarise, seed), batch):
            _measure(model, rows, generator, found, mse, variance)
        return found.result(model, len(images), variance)


@torch.no_grad()
def learned_variance(
    model: LatentModel, images: Tensor, *, batch: int = 1000, seed: int = 0, binarise: str = "none"
) -> float:
    """The σ² that "gaussian-learned" learns on training `images`: their squared error per value (Rybkin et al.
    2021).

    The error is that of pictures decoded from one posterior sample each, as in `evaluate`; at least MIN_VARIANCE.
    """
    generator = torch.Generator().manual_seed(seed)
    error = 0.0
    with outside_training(model):
        for rows in batches(model, as_seen(images, binarise, seed), batch):
            _, sample, _ = _codes(model, rows, generator)
            error += _squared_error(model.decode(sample), rows)
    return LearnedGaussian.fitted(error / images.numel())


class _Collected:
    """Values per image, on the CPU; sums if the family gives only those."""

    def __init__(self, seed: int) -> None:
        self.reconstruction: list[Tensor] = []
        self.summed: float | None = None
        self.error: list[Tensor] = []
        self.kl: list[Divergence] = []
        self.codes: list[Tensor] = []
        #: Generator of the draws for a KL without a closed form, separate from the noise of decoded codes.
        self.draws = torch.Generator().manual_seed(seed + 2**32)

    def result(self, model: LatentModel, count: int, variance: float | None) -> LikelihoodFigures:
        each = torch.cat(self.reconstruction).double() if self.reconstruction else None
        # Per dimension if available; summed in double precision.
        parts = [part.rows if part.each is None else part.each for part in self.kl]
        kl = torch.cat(parts).cpu().double() if parts else torch.zeros(count, dtype=torch.float64)
        per_dimension = kl.mean(0) if kl.ndim == 2 else kl.new_zeros(0)
        kl = kl.sum(1) if kl.ndim == 2 else kl
        codes = torch.cat(self.codes).flatten(1).double()
        variances = codes.var(0, correction=0) if count > 1 else codes.new_zeros(0)
        has_kl = bool(self.kl)
        mean_kl = kl.mean().item()
        errors = torch.cat(self.error).double().numpy() if self.error else None
        mean = math.nan if self.summed is None else self.summed / count
        if each is not None:
            mean = each.mean().item()
        return LikelihoodFigures(
            reconstruction=mean,
            kl=mean_kl,
            kl_per_dimension=tuple(per_dimension.tolist()),
            kl_estimated=any(divergence.estimated for divergence in self.kl),
            has_kl=has_kl,
            elbo=-(mean + mean_kl),
            reconstruction_error=None if each is None else standard_error(each),
            kl_error=standard_error(kl) if has_kl else None,
            elbo_error=None if each is None else standard_error(each + kl),
            active=_active(model, variances) if has_kl and count > 1 else None,
            rank=None if has_kl else effective_rank(codes.numpy()),
            variances=tuple(variances.tolist()),
            mse=None if errors is None else float(errors.mean()),
            variance=variance if model.config.likelihood == LearnedGaussian.name else None,
            images=count,
            each_reconstruction=None if each is None else each.numpy(),
            each_kl=kl.numpy(),
            each_mse=errors,
        )


def _active(model: LatentModel, variances: Tensor) -> int:
    prior = model.prior_distribution()
    assert prior is not None
    return active_units(in_prior_units(variances.numpy(), prior))


def _codes(
    model: LatentModel, rows: Tensor, generator: torch.Generator, draws: torch.Generator | None = None
) -> tuple[Tensor, Tensor, Divergence | None]:
    """Codes without and with posterior noise, each (n, d), and the KL if there is one and `draws` are given."""
    posterior = model.posterior(rows)
    if posterior is None:
        codes = model.encode(rows)
        return codes, codes, None
    mean = posterior.mean
    noise = torch.randn(mean.shape, generator=generator).to(mean.device)
    prior, divergence = model.prior_distribution(), None
    if draws is not None and prior is not None:
        more = None if prior.closed else torch.randn((KL_DRAWS, *mean.shape), generator=draws).to(mean.device)
        divergence = prior.kl(posterior, more)
    return mean, posterior.sample(noise), divergence


def _measure(
    model: LatentModel,
    rows: Tensor,
    generator: torch.Generator,
    found: _Collected,
    mse: bool,
    variance: float | None,
) -> None:
    codes, sample, kl = _codes(model, rows, generator, found.draws)
    if kl is not None:
        found.kl.append(kl)
    found.codes.append(codes.cpu())
    if likelihood_of(model.config, variance).known:
        each = model.reconstruction(sample, rows, variance)
        if each is None:
            # A family without a density: its loss is the only figure.
            own = torch.Generator(rows.device).manual_seed(int(torch.randint(2**31, (), generator=generator)))
            kind = family(model.config.family)
            loss = kind.losses(model, Batch(rows, rows, kind.usual_knobs, own))["reconstruction"].item()
            found.summed = (found.summed or 0.0) + loss * len(rows)
        else:
            found.reconstruction.append(each.cpu())
    if mse:
        found.error.append((model.decode(codes) - rows).flatten(1).square().mean(1).cpu())


def _squared_error(pictures: Tensor, rows: Tensor) -> float:
    flat = (pictures - rows).flatten()
    return float(torch.dot(flat, flat))


@contextmanager
def outside_training(model: LatentModel) -> Iterator[None]:
    """Context: the model is in evaluation mode (dropout, batch statistics); the previous mode is restored."""
    training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(training)


def batches(model: LatentModel, images: Tensor, batch: int) -> Iterator[Tensor]:
    """Yield float32 batches on the model's device."""
    device = next(model.parameters()).device
    for start in range(0, len(images), batch):
        rows = images[start : start + batch].to(device)
        yield rows.float().div_(255) if rows.dtype == torch.uint8 else rows
