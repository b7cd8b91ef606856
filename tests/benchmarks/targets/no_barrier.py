"""T8: |μ|² + |σ - 1|² is no substitute for the KL divergence: nothing keeps σ from going to 0."""

from __future__ import annotations

import torch

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.mnist import digits, held_out, run_of
from tests.benchmarks.targets.notes_network import NETWORK
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from tests.families import registered
from trainer.config import TrainConfig
from trainer.metrics.likelihood import evaluate, outside_training
from trainer.models.latent_model import LatentModel


def run(seed: int, work: Workplace) -> Figures:
    """Train both on the same batches, and measure them on the test images."""
    registered("naive")
    train = TrainConfig(batch=128, epochs=2, seed=seed)
    models = (NETWORK.replace(family=family) for family in ("variational", "naive"))
    trained = work.trained("no-barrier", run_of(train, *models), digits())
    found: dict[str, Figure] = {}
    rates = []
    for name, model in zip(("KL", "naive"), trained, strict=True):
        rates.append(evaluate(model, held_out(), seed=seed, mse=False).kl)
        found[f"median σ, {name}"] = _median_spread(model)
        found[f"true KL, {name}"] = rates[-1]
    return found | {"true KL, naive over KL": rates[1] / rates[0]}


@torch.no_grad()
def _median_spread(model: LatentModel) -> float:
    """Of all dimensions of all test images."""
    with outside_training(model):
        posterior = model.posterior(held_out().float() / 255)
    assert posterior is not None
    spread = posterior.spread
    assert isinstance(spread, torch.Tensor)
    return spread.median().item()


TARGET = Target(
    key="T8",
    title="no barrier at σ = 0",
    protocol="MNIST, 784-512-20-512-784, batch 128, Adam 1e-3, 2 epochs, grey levels, β = 1: KL against the naive "
    "penalty |μ|² + |σ - 1|²; all 10,000 test images",
    rules=(
        Rule(figure="median σ, naive", most=0.06),
        Rule(figure="true KL, naive over KL", least=2),
        Rule(figure="median σ, KL", least=0.25, most=0.40),
    ),
    known={"median σ, naive": ".023", "true KL, naive over KL": "2.8", "median σ, KL": ".32"},
    run=run,
)
