"""T9: shapes of clouds of codes, of synthetic ones and of trained models, are called what they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.mnist import digits, run_of
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from tests.trainer.metrics.clouds import clouds
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import registry
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.measures.subject import Subject
from trainer.metrics.cloud_shape import CloudShape, cloud_shape
from trainer.models.latent_model import LatentModel

CLOUDS = 50
WIDTHS = (512, 256)


def run(seed: int, work: Workplace) -> Figures:
    """Label clouds that no other seed has, and the codes of two models."""
    return _synthetic(seed) | _lines(seed, work) | _digits(seed, work)


def _synthetic(seed: int) -> dict[str, Figure]:
    right: dict[str, int] = {}
    for one in range(CLOUDS):
        for name, points in clouds(1_000 * seed + one).items():
            found = cloud_shape(points)
            right[name] = right.get(name, 0) + (found is not None and found.shape == name)
    said: dict[str, Figure] = {f"synthetic: {name} right": f"{hits} of {CLOUDS}" for name, hits in right.items()}
    return said | {"synthetic: share right": sum(right.values()) / (CLOUDS * len(right))}


def _lines(seed: int, work: Workplace) -> dict[str, Figure]:
    """Autoencoders of lines at all angles: the codes of each go round.

    A linear one finds the first two principal components, which are cosine and sine of the angle: a round ring.
    The loop of one with hidden layers is folded, which no rule judges.
    """
    data = registry.load(DataConfig(name="lines", seed=seed), Path())
    train = TrainConfig(batch=64, seed=seed, device="cpu", threads=1)
    found: dict[str, Figure] = {}
    for name, widths, steps, rate in (("linear", (), 2_000, 1e-2), ("MLP", WIDTHS, 1_000, 1e-3)):
        model = ModelConfig(family="autoencoder", widths=widths, latent=2, likelihood="gaussian", shape=data.shape)
        config = RunConfig(data=data.config, models=(model,), train=train)
        (trained,) = work.trained(f"lines-{name}", config, data, Knobs(learning_rate=rate), steps=steps)
        shape = _shape(trained, data, np.arange(data.count))
        found |= {
            f"lines, {name} AE: shape": shape.shape,
            f"lines, {name} AE: entropy": shape.entropy,
            f"lines, {name} AE: share in the middle": shape.middle_share,
            f"lines, {name} AE: variation of the radius": shape.radius_variation,
        }
    return found


def _digits(seed: int, work: Workplace) -> dict[str, Figure]:
    data = digits()
    train = TrainConfig(batch=128, epochs=10, seed=seed)
    (model,) = work.trained("digits-plane", run_of(train, ModelConfig(widths=WIDTHS, latent=2)), data)
    found = _shape(model, data, np.arange(data.train_count, data.count))
    return {"MNIST VAE: shape": found.shape, "MNIST VAE: entropy": found.entropy}


def _shape(model: LatentModel, data: ImageData, rows: np.ndarray) -> CloudShape:
    found = cloud_shape(Subject(model, data, rows).codes())
    assert found is not None
    return found


TARGET = Target(
    key="T9",
    title="shapes of clouds of codes",
    protocol="50 clouds of 2,000 points of each of four kinds; AE of 10,000 lines at all angles, 1024-2-1024, "
    "squared error, batch 64, Adam 1e-2, 2,000 steps, all images; VAE of MNIST, 784-512-256-2, Bernoulli, "
    "batch 128, Adam 1e-3, 10 epochs, μ of the test images; beside them an AE of lines 1024-512-256-2, Adam "
    "1e-3, 1,000 steps",
    rules=(
        Rule(figure="synthetic: share right", least=0.98),
        Rule(figure="lines, linear AE: shape", word="ring"),
        Rule(figure="MNIST VAE: shape", word="disc"),
    ),
    known={"synthetic: share right": ".99 (198 of 200)", "MNIST VAE: entropy": "about .96"},
    run=run,
)
