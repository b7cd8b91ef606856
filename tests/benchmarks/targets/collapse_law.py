"""T1: a linear VAE trained by this project collapses exactly as its closed form says (Lucas et al. 2019)."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from tests.benchmarks.targets.verdict import Verdict
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.metrics.collapse import eigenvalues, linear_log_likelihood, linear_optimum
from trainer.metrics.likelihood import evaluate
from trainer.models.plain import PlainModel
from trainer.training.engine import Trainer

EXACT = True
BETAS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
LATENT, VARIANCE, STEPS = 16, 0.02, 4000
KL_WITHIN, NLL_WITHIN = 0.02, 0.15
TITLE = "collapse law: digits/16 centred, linear VAE d=16, σ²=.02, β in 1,2,4,8,16,32, 4000 Adam steps"
CRITERION = (
    "active units = #{λ_i > βσ²} for every β; |KL - ½Σln⁺(λ_i/βσ²)| <= .02 for β >= 2; "
    "at β = 1 negative ELBO within .15 of the exact NLL"
)

# Full batches, and a step size that falls quadratically to nothing: only the posterior's noise is left. At small β
# faint directions are active too, which the encoder learns last: longer steps reach them.
RATE, FAINT_RATE = 3e-2, 6e-2
# Posterior samples an image for the ELBO: its error is then about .01 nats.
DRAWS = 50


def centred_digits() -> np.ndarray:
    """The digits scaled to [0, 1] and centred, float32 (1797, 64)."""
    from sklearn.datasets import load_digits

    rows = load_digits().data / 16
    return (rows - rows.mean(axis=0)).astype(np.float32)


def trained(images: Tensor, beta: float, seed: int, steps: int) -> PlainModel:
    """A linear VAE after `steps` steps at β."""
    rate = max(RATE, FAINT_RATE / math.sqrt(beta))
    config = RunConfig(
        data=DataConfig(name="digits"),
        models=(ModelConfig(widths=(), latent=LATENT, likelihood="gaussian", variance=VARIANCE, shape=(1, 8, 8)),),
        train=TrainConfig(batch=len(images), seed=seed, device="cpu", threads=1),
    )
    trainer = Trainer(config, images, Knobs(beta=beta, learning_rate=rate), train_count=len(images))
    running = trainer.steps()
    for step in range(steps):
        trainer.knobs = Knobs(beta=beta, learning_rate=rate * (1 - step / steps) ** 2)
        next(running)
    model = trainer.members[0].model
    assert isinstance(model, PlainModel)
    return model


def measure(seed: int, quick: bool) -> Verdict:
    """Train at each β and compare. `quick`: three of the six β."""
    verdict = Verdict()
    rows = centred_digits()
    images = torch.from_numpy(rows).view(-1, 1, 8, 8)
    spectrum = eigenvalues(rows)
    worst = 0.0
    matched = 0
    betas = (1.0, 4.0, 32.0) if quick else BETAS
    for beta in betas:
        model = trained(images, beta, seed, STEPS)
        found = evaluate(model, images, batch=len(images), seed=seed)
        expected = linear_optimum(spectrum, latent=LATENT, variance=VARIANCE, beta=beta)
        difference = found.kl - expected.kl
        verdict.note(f"β={beta:g} active (law)", f"{found.active} ({expected.active})")
        verdict.note(f"β={beta:g} KL - law", difference)
        matched += found.active == expected.active
        verdict.require(found.active == expected.active, f"active units at β={beta:g}")
        if beta == 1:
            _exact_nll(verdict, model, images, expected.total, seed)
        else:
            worst = max(worst, abs(difference))
            verdict.require(abs(difference) <= KL_WITHIN, f"KL at β={beta:g}")
    verdict.note("active units as the law says", f"{matched} of {len(betas)}")
    verdict.note("largest |KL - law|, β >= 2", worst)
    return verdict


def _exact_nll(verdict: Verdict, model: PlainModel, images: Tensor, exact: float, seed: int) -> None:
    """The bound and the model's own evidence against the best any linear model with this σ² can do."""
    draws = [evaluate(model, images, batch=len(images), seed=seed + 1 + draw, mse=False) for draw in range(DRAWS)]
    bound = float(np.mean([draw.total for draw in draws]))
    output = model.output
    assert isinstance(output, torch.nn.Linear)
    weight, offset = (value.detach().double().numpy() for value in (output.weight, output.bias))
    evidence = -linear_log_likelihood(images.flatten(1).numpy(), weight, offset, VARIANCE)
    verdict.note("exact NLL", exact)
    verdict.note("β=1 negative ELBO - exact NLL", bound - exact)
    verdict.note("β=1 model's own NLL - exact NLL", evidence - exact)
    verdict.require(abs(bound - exact) <= NLL_WITHIN, "negative ELBO at β=1")
