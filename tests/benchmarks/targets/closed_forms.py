"""T2: KL, the reparameterised gradient, the IWAE bound and ELBO surgery against what theory says of them."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.collapse_law import centred_digits
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.metrics.importance import iwae
from trainer.metrics.likelihood import evaluate
from trainer.metrics.surgery import surgery
from trainer.models.latent_model import LatentModel
from trainer.posteriors import GaussianPosterior
from trainer.priors.gaussian import StandardNormal

DRAWS, STEPS, IMAGES = 400_000, 1_500, 200
SAMPLES = (1, 10, 100, 1000, 5000)


def run(seed: int, work: Workplace) -> Figures:
    """All four."""
    model, images = _trained(seed, work)
    return _kl(seed) | _gradient(seed) | _iwae(model, images[:IMAGES], seed) | _surgery(model, images, seed)


def _kl(seed: int) -> dict[str, Figure]:
    """Of a 20-dimensional posterior, with means and log-variances drawn at random."""
    generator = torch.Generator().manual_seed(seed)
    mean, log_variance = torch.randn(2, 20, generator=generator, dtype=torch.float64)
    noise = torch.randn(DRAWS, 20, generator=generator, dtype=torch.float64)
    codes = mean + torch.exp(0.5 * log_variance) * noise
    ratios = 0.5 * (codes.square() - noise.square() - log_variance).sum(1)
    posterior = GaussianPosterior(mean.float()[None], log_variance.float()[None])
    exact = StandardNormal(20).kl(posterior).mean.item()
    error = ratios.std().item() / math.sqrt(DRAWS)
    distance = abs(ratios.mean().item() - exact) / error
    return {"KL": exact, "KL from Monte Carlo, standard errors": distance}


def _gradient(seed: int) -> dict[str, Figure]:
    """Of E cos(a z), whose exact value is cos(a μ) exp(-a² σ² / 2), in two dimensions with a = 1 and 2."""
    generator = torch.Generator().manual_seed(1000 + seed)
    frequency = torch.tensor([1.0, 2.0], dtype=torch.float64)
    start = torch.randn(2, 2, generator=generator, dtype=torch.float64)
    mean, log_variance = start.clone().requires_grad_()
    damped = torch.cos(frequency * mean) * torch.exp(-0.5 * frequency**2 * log_variance.exp())
    exact = torch.autograd.grad(damped.sum(), (mean, log_variance))

    repeated = [row.expand(DRAWS, 2).clone().requires_grad_() for row in start]
    noise = torch.randn(DRAWS, 2, generator=generator, dtype=torch.float64)
    codes = GaussianPosterior(*repeated).sample(noise)
    estimates = torch.autograd.grad(torch.cos(frequency * codes).sum(), repeated)
    worst = max(
        ((estimate.mean(0) - value).abs() / (estimate.std(0) / math.sqrt(DRAWS))).max().item()
        for estimate, value in zip(estimates, exact, strict=True)
    )
    return {"gradient from the exact one, standard errors": worst}


def _trained(seed: int, work: Workplace) -> tuple[LatentModel, Tensor]:
    """A Gaussian VAE of the digits, and the digits: float32 (1797, 1, 8, 8)."""
    images = torch.from_numpy(centred_digits()).view(-1, 1, 8, 8)
    model = ModelConfig(widths=(128,), latent=8, likelihood="gaussian", variance=0.02, shape=(1, 8, 8))
    train = TrainConfig(batch=128, seed=seed, device="cpu", threads=1)
    config = RunConfig(data=DataConfig(name="digits"), models=(model,), train=train)
    (trained,) = work.trained("digits", config, images, Knobs(learning_rate=2e-3), steps=STEPS)
    return trained, images


def _iwae(model: LatentModel, images: Tensor, seed: int) -> dict[str, Figure]:
    # With shared draws the bounds would grow whatever the weights are: each K has 5000 fresh ones an image.
    bounds = []
    for place, count in enumerate(SAMPLES):
        groups = (count, SAMPLES[-1]) if count < SAMPLES[-1] else (count,)
        bounds.append(iwae(model, images, groups, seed=1000 * seed + place).bounds[0])
    found: dict[str, Figure] = {f"IWAE-{count}": bound for count, bound in zip(SAMPLES, bounds, strict=True)}
    return found | {"smallest rise of IWAE-K": min(after - before for before, after in pairwise(bounds))}


def _surgery(model: LatentModel, images: Tensor, seed: int) -> dict[str, Figure]:
    with torch.no_grad():
        posterior = model.posterior(images)
        prior = model.prior_distribution()
    assert posterior is not None
    assert prior is not None
    found = surgery(posterior, prior, seed=seed)
    kl = evaluate(model, images, seed=seed, mse=False).kl
    return {
        "mutual information": found.mutual_information,
        "marginal KL": found.marginal_kl,
        "mean KL": kl,
        "ceiling ln N": found.ceiling,
        "|MI + marginal KL - KL|": abs(found.mutual_information + found.marginal_kl - kl),
        "ln N - MI": found.ceiling - found.mutual_information,
    }


TARGET = Target(
    key="T2",
    title="closed forms",
    protocol="KL and the reparameterised gradient of E cos(a z) by 400,000 draws; of a VAE 64-128-8 of the "
    "digits, 1,500 steps: IWAE-K of 200 images with independent draws for K = 1, 10, 100, 1000, 5000, and "
    "ELBO surgery",
    rules=(
        Rule(figure="KL from Monte Carlo, standard errors", most=3),
        Rule(figure="gradient from the exact one, standard errors", most=3),
        Rule(figure="smallest rise of IWAE-K", least=0),
        Rule(figure="|MI + marginal KL - KL|", most=0.4),
        Rule(figure="ln N - MI", least=0),
    ),
    run=run,
    exact=True,
)
