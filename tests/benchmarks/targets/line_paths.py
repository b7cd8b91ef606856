"""T10: pictures between two lines beside true lines, the test of Berthelot et al. 2019."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import registry
from trainer.data.lines import render_lines
from trainer.measures.subject import Subject
from trainer.measures.truth import GROUP
from trainer.metrics.line_truth import PATHS, PICTURES, TrueLines, smoothness_of_turns
from trainer.progress import UNWATCHED

STEPS = 6_000


def run(seed: int, work: Workplace) -> Figures:
    """The measure on true lines, then on an autoencoder's."""
    data = registry.load(DataConfig(name="lines", seed=seed), Path())
    models = (
        ModelConfig(family="autoencoder", widths=(512, 256), latent=64, likelihood="gaussian", shape=data.shape),
    )
    train = TrainConfig(batch=64, seed=seed, device="cpu", threads=1)
    (model,) = work.trained("lines", RunConfig(data=data.config, models=models, train=train), data, steps=STEPS)
    rows = np.arange(data.train_count, data.count)
    measured = {one.key: one.value for one in GROUP.measure(Subject(model, data, rows, seed=seed), UNWATCHED)}
    distance, smoothness = measured["line_distance"], measured["line_smoothness"]
    assert distance is not None
    assert smoothness is not None
    return _true_lines(seed, data.shape[1]) | {"AE: mean distance": distance, "AE: smoothness": smoothness}


def _true_lines(seed: int, size: int) -> dict[str, Figure]:
    """Of lines that turn evenly, by at most half a turn a path."""
    rng = np.random.default_rng([seed, 10])
    first, turn = rng.uniform(0, 2 * math.pi, (PATHS, 1)), rng.uniform(-math.pi, math.pi, (PATHS, 1))
    angles = first + turn * np.linspace(0, 1, PICTURES)
    pictures = render_lines(angles.ravel(), size)[:, 0] / np.float32(255)
    distance, found = TrueLines(size).nearest(pictures)
    smoothness = smoothness_of_turns(found.reshape(PATHS, PICTURES))
    return {
        "true lines: mean distance": float(distance.mean()),
        "true lines: smoothness": float(np.nanmean(smoothness)),
    }


TARGET = Target(
    key="T10",
    title="lines",
    protocol="10,000 lines of 32 x 32 pixels, a tenth held out; AE 1024-512-256-64, squared error, batch 64, Adam "
    "1e-3, 6,000 steps; 256 paths of 16 pictures between held-out lines; the measure itself on as many "
    "paths of true lines",
    rules=(
        Rule(figure="true lines: mean distance", most=1e-4),
        Rule(figure="true lines: smoothness", most=0.01),
        Rule(figure="AE: mean distance", least=5e-3, most=10e-3),
    ),
    known={"AE: mean distance": ".00771; AE .00688, VAE .00121, ACAI .00024: Berthelot et al. 2019"},
    run=run,
)
