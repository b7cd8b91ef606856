"""T3: the likelihood of dynamically binarised MNIST, by the importance-weighted bound (Burda et al. 2016)."""

from __future__ import annotations

import torch

from tests.benchmarks.targets.mnist import digits, held_out, run_of
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import ModelConfig, TrainConfig
from trainer.data.split import subset
from trainer.metrics.importance import iwae

SAMPLES, IMAGES = 5_000, 500


def run(seed: int, work: Workplace) -> Figures:
    """Train, and measure a seeded random choice of test images."""
    train = TrainConfig(batch=100, epochs=20, final_epochs=5, final_rate=0.2, binarise="dynamic", seed=seed)
    (model,) = work.trained("dynamic", run_of(train, ModelConfig(widths=(512,), latent=20)), digits())
    images = held_out()
    some = images[torch.from_numpy(subset(IMAGES, len(images), seed))]
    found = iwae(model, some, (SAMPLES,), seed=seed, binarise="dynamic")
    error, gap_error = found.errors[0], found.gap_errors[0]
    assert error is not None
    assert gap_error is not None
    return {
        "NLL, IWAE-5000": -found.bounds[0],
        "NLL, standard error": error,
        "negative ELBO": -found.elbo,
        "gap": found.gaps[0],
        "gap, standard error": gap_error,
    }


TARGET = Target(
    key="T3",
    title="NLL of dynamically binarised MNIST, nats per image",
    protocol="784-512-20 with ReLU, a fresh Bernoulli draw of every pixel each step, batch 100, Adam 1e-3, "
    "20 epochs, the last 5 at a fifth of the rate; IWAE-5000 of 500 test images, dynamically binarised",
    rules=(Rule(figure="NLL, IWAE-5000", most=94.5), Rule(figure="gap", least=3, most=7)),
    known={
        "NLL, IWAE-5000": "93.0; after 3,280 epochs of 200-200-50 86.76 (VAE), 84.78 (IWAE-50): Burda et al. 2016",
        "gap": "4.8",
    },
    run=run,
)
