"""T2: KL, the reparameterised gradient, the IWAE bound and ELBO surgery against what theory says of them."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from tests.benchmarks.targets.collapse_law import centred_digits
from tests.benchmarks.targets.verdict import Verdict
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.metrics.importance import iwae
from trainer.metrics.likelihood import evaluate
from trainer.metrics.surgery import surgery
from trainer.models.latent_model import LatentModel
from trainer.posteriors import GaussianPosterior
from trainer.priors.gaussian import StandardNormal
from trainer.training.engine import Trainer

EXACT = True
DRAWS = 400_000
SAMPLES = (1, 10, 100, 1000, 5000)
ERRORS, SURGERY_WITHIN = 3.0, 0.4
TITLE = "closed forms: KL, reparameterised gradient, IWAE K = 1..5000, ELBO surgery"
CRITERION = (
    "KL within 3 standard errors of 400k Monte Carlo draws; reparameterised gradient within 3 of the exact one; "
    "IWAE monotone in K with independent draws for each K; |MI + marginal KL - KL| <= .4 nats and MI <= ln N"
)


def measure(seed: int, quick: bool) -> Verdict:
    """All four. `quick`: a shorter training and 50 images in place of 200 for IWAE."""
    verdict = Verdict()
    _kl(verdict, seed)
    _gradient(verdict, seed)
    model, images = _trained(seed, 300 if quick else 1500)
    _iwae(verdict, model, images[:50] if quick else images[:200], seed)
    _surgery(verdict, model, images, seed)
    return verdict


def _kl(verdict: Verdict, seed: int) -> None:
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
    verdict.note("KL", exact)
    verdict.note("KL: distance to Monte Carlo, standard errors", distance)
    verdict.require(distance <= ERRORS, "KL against Monte Carlo")


def _gradient(verdict: Verdict, seed: int) -> None:
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
    verdict.note("gradient: largest distance to the exact one, standard errors", worst)
    verdict.require(worst <= ERRORS, "reparameterised gradient")


def _trained(seed: int, steps: int) -> tuple[LatentModel, Tensor]:
    """A Gaussian VAE of the digits, trained by the engine, and the digits: float32 (1797, 1, 8, 8)."""
    images = torch.from_numpy(centred_digits()).view(-1, 1, 8, 8)
    model = ModelConfig(widths=(128,), latent=8, likelihood="gaussian", variance=0.02, shape=(1, 8, 8))
    train = TrainConfig(batch=128, seed=seed, device="cpu", threads=1)
    config = RunConfig(data=DataConfig(name="digits"), models=(model,), train=train)
    trainer = Trainer(config, images, Knobs(learning_rate=2e-3), train_count=len(images))
    running = trainer.steps()
    for _ in range(steps):
        next(running)
    return trainer.members[0].model, images


def _iwae(verdict: Verdict, model: LatentModel, images: Tensor, seed: int) -> None:
    # With shared draws the bounds would grow whatever the weights are: each K has 5000 fresh ones an image.
    bounds = []
    for place, count in enumerate(SAMPLES):
        groups = (count, SAMPLES[-1]) if count < SAMPLES[-1] else (count,)
        bounds.append(iwae(model, images, groups, seed=1000 * seed + place).bounds[0])
    for count, bound in zip(SAMPLES, bounds, strict=True):
        verdict.note(f"IWAE-{count}", bound)
    verdict.require(bounds == sorted(bounds), "IWAE monotone in K")


def _surgery(verdict: Verdict, model: LatentModel, images: Tensor, seed: int) -> None:
    with torch.no_grad():
        posterior = model.posterior(images)
        prior = model.prior_distribution()
    assert posterior is not None
    assert prior is not None
    found = surgery(posterior, prior, seed=seed)
    kl = evaluate(model, images, seed=seed, mse=False).kl
    total = found.mutual_information + found.marginal_kl
    verdict.note("mutual information", found.mutual_information)
    verdict.note("marginal KL", found.marginal_kl)
    verdict.note("mean KL", kl)
    verdict.note("ceiling ln N", found.ceiling)
    verdict.require(abs(total - kl) <= SURGERY_WITHIN, "surgery adds up")
    verdict.require(found.mutual_information <= found.ceiling, "mutual information below ln N")
