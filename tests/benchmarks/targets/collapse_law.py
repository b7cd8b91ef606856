"""T1: a linear VAE trained by this project collapses exactly as its closed form says (Lucas et al. 2019)."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import torch
from torch import Tensor

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.metrics.collapse import eigenvalues, linear_log_likelihood, linear_optimum
from trainer.metrics.likelihood import evaluate
from trainer.models.plain import PlainModel

BETAS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
LATENT, VARIANCE, STEPS = 16, 0.02, 4000

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


def run(seed: int, work: Workplace) -> Figures:
    """Train at each β and compare."""
    rows = centred_digits()
    images = torch.from_numpy(rows).view(-1, 1, 8, 8)
    spectrum = eigenvalues(rows)
    found: dict[str, Figure] = {}
    apart: list[float] = []
    matched = 0
    for beta in BETAS:
        model = _trained(work, images, beta, seed)
        measured = evaluate(model, images, batch=len(images), seed=seed)
        expected = linear_optimum(spectrum, latent=LATENT, variance=VARIANCE, beta=beta)
        found[f"β={beta:g}: active (law)"] = f"{measured.active} ({expected.active})"
        found[f"β={beta:g}: KL - law"] = measured.kl - expected.kl
        matched += measured.active == expected.active
        if beta == 1:
            found |= _exact_nll(model, images, expected.total, seed)
        else:
            apart.append(abs(measured.kl - expected.kl))
    return found | {
        "β with as many active units as the law says": matched,
        "largest |KL - law|, β >= 2": max(apart),
    }


def _trained(work: Workplace, images: Tensor, beta: float, seed: int) -> PlainModel:
    config = RunConfig(
        data=DataConfig(name="digits"),
        models=(ModelConfig(widths=(), latent=LATENT, likelihood="gaussian", variance=VARIANCE, shape=(1, 8, 8)),),
        train=TrainConfig(batch=len(images), seed=seed, device="cpu", threads=1),
    )
    (model,) = work.trained(f"linear-{beta:g}", config, images, partial(_knobs, beta), steps=STEPS)
    assert isinstance(model, PlainModel)
    return model


def _knobs(beta: float, step: int) -> Knobs:
    rate = max(RATE, FAINT_RATE / math.sqrt(beta))
    return Knobs(beta=beta, learning_rate=rate * (1 - step / STEPS) ** 2)


def _exact_nll(model: PlainModel, images: Tensor, exact: float, seed: int) -> dict[str, Figure]:
    """The bound and the model's own evidence against the best any linear model with this σ² can do."""
    draws = [evaluate(model, images, batch=len(images), seed=seed + 1 + draw, mse=False) for draw in range(DRAWS)]
    bound = float(np.mean([draw.total for draw in draws]))
    output = model.output
    assert isinstance(output, torch.nn.Linear)
    weight, offset = (value.detach().double().numpy() for value in (output.weight, output.bias))
    evidence = -linear_log_likelihood(images.flatten(1).numpy(), weight, offset, VARIANCE)
    return {
        "exact NLL": exact,
        "|negative ELBO - exact NLL|, β = 1": abs(bound - exact),
        "model's own NLL - exact NLL, β = 1": evidence - exact,
    }


TARGET = Target(
    key="T1",
    title="collapse law",
    protocol="digits/16 centred, linear VAE d = 16, σ² = .02, β in 1, 2, 4, 8, 16, 32, 4,000 Adam steps "
    "of all images",
    rules=(
        Rule(figure="β with as many active units as the law says", least=len(BETAS), most=len(BETAS)),
        Rule(figure="largest |KL - law|, β >= 2", most=0.02),
        Rule(figure="|negative ELBO - exact NLL|, β = 1", most=0.15),
    ),
    known={
        "β with as many active units as the law says": "6",
        "largest |KL - law|, β >= 2": ".003",
        "|negative ELBO - exact NLL|, β = 1": ".108",
    },
    run=run,
    exact=True,
)
