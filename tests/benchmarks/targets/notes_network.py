"""T4: the study notes' network on MNIST, an autoencoder and a VAE trained as a pair."""

from __future__ import annotations

from tests.benchmarks.targets.mnist import digits, held_out, run_of
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import ModelConfig, TrainConfig
from trainer.metrics.likelihood import evaluate
from trainer.models.latent_model import LatentModel

LATENT = 20
#: Other targets train the same network in other ways.
NETWORK = ModelConfig(widths=(512,), latent=LATENT)
TRAIN = TrainConfig(batch=64, epochs=8)
WORDS = "784-512-20-512-784, batch 64, Adam 1e-3, 8 epochs, grey levels"


def pair(seed: int, work: Workplace) -> tuple[LatentModel, LatentModel]:
    """The autoencoder and the VAE, trained once a seed for all targets."""
    models = (NETWORK.replace(family=family) for family in ("autoencoder", "variational"))
    plain, variational = work.trained("notes-pair", run_of(TRAIN.replace(seed=seed), *models), digits())
    return plain, variational


def run(seed: int, work: Workplace) -> Figures:
    """Measure both on all test images."""
    plain, variational = (evaluate(model, held_out(), seed=seed) for model in pair(seed, work))
    assert plain.mse is not None
    assert variational.mse is not None
    assert variational.active is not None
    return {
        "AE reconstruction": plain.reconstruction,
        "VAE reconstruction": variational.reconstruction,
        "VAE KL": variational.kl,
        "VAE total": variational.total,
        "VAE active units": variational.active,
        "AE MSE": plain.mse,
        "VAE MSE": variational.mse,
        "AE MSE over VAE MSE": plain.mse / variational.mse,
    }


TARGET = Target(
    key="T4",
    title="the notes' network, nats per image",
    protocol=f"MNIST, {WORDS}; all 10,000 test images",
    rules=(
        Rule(figure="AE reconstruction", most=68),
        Rule(figure="VAE total", most=106.5),
        Rule(figure="VAE KL", least=23, most=27),
        Rule(figure="VAE active units", least=LATENT, most=LATENT),
        Rule(figure="AE MSE over VAE MSE", below=1),
    ),
    known={
        "AE reconstruction": "66.3",
        "VAE total": "105.1",
        "VAE KL": "25.3",
        "VAE active units": "20",
        "AE MSE": ".0077",
        "VAE MSE": ".0094",
    },
    run=run,
)
