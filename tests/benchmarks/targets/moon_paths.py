"""T7: what lies between half and full moon, learned from two images and from nine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import registry
from trainer.data.images import ImageData
from trainer.measures.subject import Subject
from trainer.measures.truth import GROUP
from trainer.metrics.moon_truth import error_of
from trainer.models.latent_model import LatentModel
from trainer.progress import UNWATCHED

WIDTHS, STEPS = (512,), 2_000


def run(seed: int, work: Workplace) -> Figures:
    """Both parts."""
    return _two_images(seed, work) | _nine_phases(seed, work)


def _two_images(seed: int, work: Workplace) -> dict[str, Figure]:
    """The middle beside the cross-fade and the true moon: squared differences a pixel, black 0 to white 1."""
    data = _moons("half-moons-2")
    # Squared error: with a Bernoulli likelihood the logits of so few images grow until any decoder snaps.
    (model,) = _trained(work, data, seed, ModelConfig(family="autoencoder", latent=2, likelihood="gaussian"))
    codes = _subject(model, data, seed).codes()
    middle = _subject(model, data, seed).decode(codes.mean(axis=0, keepdims=True))[:, 0]
    fade = data.images[:, 0].mean(axis=0) / 255
    return {
        "2 images: middle from the cross-fade": float(((middle - fade) ** 2).mean()),
        "2 images: middle from the true 3/4 moon": float(error_of(middle, 0.75)[0]),
    }


def _nine_phases(seed: int, work: Workplace) -> dict[str, Figure]:
    data = _moons("half-moons-9")
    models = (ModelConfig(family=family, latent=1) for family in ("autoencoder", "variational"))
    found: dict[str, Figure] = {}
    smooth = []
    for name, model in zip(("AE", "VAE"), _trained(work, data, seed, *models), strict=True):
        measured = {one.key: one.value for one in GROUP.measure(_subject(model, data, seed), UNWATCHED)}
        away, smoothness = measured["moon_middle"], measured["moon_smoothness"]
        assert away is not None
        # Both ends the same moon: as far from smooth as can be.
        smooth.append(1.0 if smoothness is None else smoothness)
        found[f"9 phases: |f - 3/4|, {name}"] = away
        found[f"9 phases: smoothness, {name}"] = smooth[-1]
    return found | {"9 phases: smoothness, AE over VAE": smooth[0] / smooth[1]}


def _moons(name: str) -> ImageData:
    return registry.load(DataConfig(name=name), Path())


def _trained(work: Workplace, data: ImageData, seed: int, *models: ModelConfig) -> tuple[LatentModel, ...]:
    fitted = tuple(model.replace(widths=WIDTHS, shape=data.shape) for model in models)
    train = TrainConfig(batch=data.count, seed=seed, device="cpu", threads=1)
    config = RunConfig(data=data.config, models=fitted, train=train)
    return work.trained(data.config.name, config, data, steps=STEPS)


def _subject(model: LatentModel, data: ImageData, seed: int) -> Subject:
    torch.set_num_threads(1)
    return Subject(model, data, np.arange(data.count), seed=seed)


TARGET = Target(
    key="T7",
    title="moons",
    protocol="784-512-d-512-784, all images a batch, Adam 1e-3, 2,000 steps: (i) AE, d = 2, squared error, on "
    "half and full moon (ii) AE and VAE, d = 1, Bernoulli, on nine phases; path of 17 pictures from half to full",
    rules=(
        Rule(figure="2 images: middle from the cross-fade", most=0.008),
        Rule(figure="2 images: middle from the true 3/4 moon", above=0.035),
        Rule(figure="9 phases: |f - 3/4|, VAE", most=0.04),
        Rule(figure="9 phases: smoothness, VAE", most=0.06),
        Rule(figure="9 phases: smoothness, AE over VAE", least=2),
    ),
    known={
        "2 images: middle from the cross-fade": ".0043",
        "2 images: middle from the true 3/4 moon": ".0453",
        "9 phases: |f - 3/4|, VAE": ".021 (f = .771)",
        "9 phases: smoothness, VAE": ".033",
        "9 phases: smoothness, AE": ".13",
    },
    run=run,
)
