"""How well a model explains images: reconstruction, KL, ELBO, squared error, active units or effective rank.

All in nats per image, each mean with its standard error. Grey levels under a Bernoulli likelihood give a
cross-entropy, which is not a likelihood and is not to be compared with published NLL figures; those need
`binarise="dynamic"`. The IWAE bound is in `trainer.metrics.importance`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor

from trainer.config import LEARNED
from trainer.metrics.binarisation import as_seen
from trainer.metrics.effective_rank import effective_rank
from trainer.metrics.standard_error import standard_error
from trainer.models.family import family
from trainer.models.latent_model import Batch, LatentModel
from trainer.training import losses

#: Var_x(μ_u) above which a unit counts as active (Burda et al. 2016).
ACTIVE_VARIANCE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """Means over the images, one seeded posterior sample each.

    Attributes:
        reconstruction: -E ln p(x|z).
        kl: KL(q(z|x) || N(0, I)); 0 without a posterior.
        kl_per_dimension: its summands; empty without a posterior.
        elbo: -(reconstruction + kl).
        reconstruction_error, kl_error, elbo_error: standard errors of these means over the images; None for a
            single image, and where the family gives no figure an image.
        active: number of latent dimensions whose μ has a variance over the images above ACTIVE_VARIANCE; None
            for a single image, and without a posterior, whose scale that threshold is in.
        rank: effective rank of the codes of a model without a posterior (see `effective_rank`); else None.
        variances: variance of the code over the images, one a dimension; empty for a single image.
        mse: squared error a pixel of the picture decoded from the code without sampling; None unless asked for.
        variance: σ² of "gaussian-learned" that was used, else None.
        images: how many.
    """

    reconstruction: float
    kl: float
    kl_per_dimension: tuple[float, ...]
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
) -> Likelihood:
    """Measure `model` on `images`, uint8 (scaled by 1/255) or float32 (as they are), (n, C, H, W).

    The posterior's noise depends on `seed`, the number of images and `batch` alone, a "dynamic" binarisation on
    `seed` and the images (`as_seen`). The images may lie on another device than the model.

    `variance` is the σ² that likelihood "gaussian-learned" has learned. None fits it to these images, which is
    what it would have learned on them: right for training images, and too good for others by D/2 (r - 1 - ln r)
    nats with r = MSE of these / MSE of the training images.

    `mse=False` spares one decoding of each image.
    """
    if len(images) == 0:
        raise ValueError("there are no images to measure")
    generator = torch.Generator().manual_seed(seed)
    found = _Collected()
    with outside_training(model):
        for rows in batches(model, as_seen(images, binarise, seed), batch):
            _measure(model, rows, generator, found, mse)
    return found.result(model, len(images), variance)


@torch.no_grad()
def learned_variance(
    model: LatentModel, images: Tensor, *, batch: int = 1000, seed: int = 0, binarise: str = "none"
) -> float:
    """σ² that "gaussian-learned" learns on training `images`: their squared error a value (Rybkin et al. 2021).

    That of pictures decoded from one posterior sample each, the same as in `evaluate`; at least MIN_VARIANCE.
    """
    generator = torch.Generator().manual_seed(seed)
    error = 0.0
    with outside_training(model):
        for rows in batches(model, as_seen(images, binarise, seed), batch):
            _, sample, _ = _codes(model, rows, generator)
            error += losses.squared_error(model.decode(sample), rows).item()
    return max(error / images.numel(), losses.MIN_VARIANCE)


class _Collected:
    """Values an image, on the CPU; sums where there are none."""

    def __init__(self) -> None:
        self.reconstruction: list[Tensor] = []  # squared errors, for a σ² that is only known at the end
        self.summed: float | None = None
        self.error: float | None = None
        self.kl: list[Tensor] = []
        self.codes: list[Tensor] = []

    def result(self, model: LatentModel, count: int, variance: float | None) -> Likelihood:
        pixels = model.config.pixels
        each = torch.cat(self.reconstruction).double() if self.summed is None else None
        if each is not None and model.config.likelihood == LEARNED:
            variance = float(each.mean()) / pixels if variance is None else variance
            variance = max(variance, losses.MIN_VARIANCE)
            each = losses.rows_from_errors(each, pixels, variance)
        else:
            variance = None
        kl = torch.cat(self.kl).double() if self.kl else torch.zeros(count, 0, dtype=torch.float64)
        codes = torch.cat(self.codes).flatten(1).double()
        variances = codes.var(0, correction=0) if count > 1 else codes.new_zeros(0)
        has_posterior = bool(self.kl)
        mean = each.mean().item() if each is not None else (self.summed or 0.0) / count
        mean_kl = kl.sum(1).mean().item()
        return Likelihood(
            reconstruction=mean,
            kl=mean_kl,
            kl_per_dimension=tuple(kl.mean(0).tolist()),
            elbo=-(mean + mean_kl),
            reconstruction_error=None if each is None else standard_error(each),
            kl_error=standard_error(kl.sum(1)) if has_posterior else None,
            elbo_error=None if each is None else standard_error(each + kl.sum(1)),
            active=int((variances > ACTIVE_VARIANCE).sum()) if has_posterior and count > 1 else None,
            rank=None if has_posterior else effective_rank(codes.numpy()),
            variances=tuple(variances.tolist()),
            mse=None if self.error is None else self.error / (count * pixels),
            variance=variance,
            images=count,
        )


def _codes(model: LatentModel, rows: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor | None]:
    """Codes without and with posterior noise, each (n, d), and the KL of each dimension (n, d) if there is one."""
    posterior = model.posterior(rows)
    if posterior is None:
        codes = model.encode(rows)
        return codes, codes, None
    noise = torch.randn(posterior.mean.shape, generator=generator).to(posterior.mean.device)
    sample = posterior.mean + torch.exp(0.5 * posterior.log_variance) * noise
    return posterior.mean, sample, losses.kl_rows(*posterior)


def _measure(model: LatentModel, rows: Tensor, generator: torch.Generator, found: _Collected, mse: bool) -> None:
    codes, sample, kl = _codes(model, rows, generator)
    if kl is not None:
        found.kl.append(kl.cpu())
    found.codes.append(codes.cpu())
    if model.config.likelihood == LEARNED:
        found.reconstruction.append((model.decode(sample) - rows).square().flatten(1).sum(1).cpu())
    else:
        each = model.reconstruction(sample, rows)
        if each is None:
            # A family without a density of its own: its loss is the only figure there is.
            own = torch.Generator(rows.device).manual_seed(int(torch.randint(2**31, (), generator=generator)))
            kind = family(model.config.family)
            loss = kind.losses(model, Batch(rows, rows, kind.usual_knobs, own))["reconstruction"].item()
            found.summed = (found.summed or 0.0) + loss * len(rows)
        else:
            found.reconstruction.append(each.cpu())
    if mse:
        found.error = (found.error or 0.0) + losses.squared_error(model.decode(codes), rows).item()


@contextmanager
def outside_training(model: LatentModel) -> Iterator[None]:
    """Layers that differ outside training (dropout, batch statistics) set so, then back as they were."""
    training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(training)


def batches(model: LatentModel, images: Tensor, batch: int) -> Iterator[Tensor]:
    """Float32 batches on the model's device."""
    device = next(model.parameters()).device
    for start in range(0, len(images), batch):
        rows = images[start : start + batch].to(device)
        yield rows.float().div_(255) if rows.dtype == torch.uint8 else rows
