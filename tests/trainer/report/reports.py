"""Reports made by hand."""

from __future__ import annotations

import numpy as np

from trainer.config import ModelConfig, TrainConfig
from trainer.measures.measure import Figure, Group, Measure
from trainer.report.report import Curves, Pictures, Report, ReportedModel
from trainer.sentences import Sentence

LOWER = Measure(
    key="lower",
    title=Sentence("Loss"),
    unit=Sentence("grains"),
    better="lower",
    about=Sentence("A loss."),
    source="A 1",
)
HIGHER = Measure(key="higher", title=Sentence("Score"), better="higher", about=Sentence("A score."))
NEITHER = Measure(key="neither", title=Sentence("Size"), unit=Sentence("grains"), about=Sentence("A size."))
TOY = Group(name="toy", title=Sentence("Toys"), measures=(LOWER, HIGHER, NEITHER), measure=lambda *_: ())

ON = Sentence("{count:,} held-out images", count=1000)


def pictures(count: int = 4, latent: int = 2, channels: int = 1) -> Pictures:
    """Of random pixels and codes."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (count, 6, 5, channels), dtype=np.uint8)
    places = rng.normal(size=(30, 2)).astype(np.float32)
    if latent == 1:
        places[:, 1] = 0
    return Pictures(
        originals=images,
        decoded=255 - images,
        samples=images,
        drawn_from="N(0, I)",
        has_prior=True,
        places=places,
        axes=("z1", "" if latent == 1 else "z2"),
        labels=np.arange(30) % 3,
    )


def curves() -> Curves:
    """Ten steps and one evaluation; a term that is missing at first."""
    steps = np.arange(1, 11)
    kl = np.where(steps < 3, np.nan, 0.5 * steps)
    terms = {"total": 100.0 / steps, "reconstruction": 90.0 / steps, "kl": kl}
    return Curves(steps=steps, terms=terms, held_out_steps=np.array([10]), held_out=np.array([12.0]))


def model(name: str = "AE", *figures: Figure, seen: bool = False, **changes: object) -> ReportedModel:
    """A model with these figures."""
    settings: dict[str, object] = {
        "name": name,
        "title": "Autoencoder",
        "config": ModelConfig(family="autoencoder", shape=(1, 6, 5), widths=(8,), latent=2),
        "train": TrainConfig(seed=3),
        "knobs": {"learning_rate": 1e-3},
        "step": 1200,
        "epoch": 2.5,
        "label": Sentence("Bernoulli"),
        "pixels": "grey",
        "figures": figures,
        "pictures": pictures() if seen else None,
        "curves": curves() if seen else None,
    }
    return ReportedModel(**settings | changes)


def report(*models: ReportedModel, **changes: object) -> Report:
    """Of these models, with the toy measures."""
    settings: dict[str, object] = {
        "data": "Toy",
        "measured": ON,
        "models": models,
        "groups": (TOY,),
        "label_names": ("a", "b", "c"),
        "settings": {"checkpoints": ["runs/one"], "seed": 0},
        "date": "2026-01-02",
        "version": "1.2.3",
    }
    return Report(**settings | changes)


def pair(**changes: object) -> Report:
    """Two models: one better at the loss, nothing to compare at the score."""
    one = model(
        "AE",
        Figure(key="lower", value=10.0, error=0.5, conditions=ON),
        Figure(key="higher", reason=Sentence("It has no posterior.")),
        Figure(key="neither", value=3, conditions=ON),
        seen=True,
    )
    two = model(
        "VAE",
        Figure(key="lower", value=20.0, error=0.5, conditions=ON, reference=(7.6, Sentence("ln N"))),
        Figure(key="higher", value=0.5, interval=(0.4, 0.7), conditions=ON),
        Figure(key="neither", value=5, conditions=ON),
        seen=True,
    )
    return report(one, two, **changes)
