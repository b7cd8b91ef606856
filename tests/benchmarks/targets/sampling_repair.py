"""T5: a mixture fitted to an autoencoder's codes repairs its samples (Ghosh et al. 2020)."""

from __future__ import annotations

import numpy as np

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.mnist import digits
from tests.benchmarks.targets.notes_network import WORDS, pair
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.measures.samples import GROUP
from trainer.measures.subject import Subject
from trainer.progress import UNWATCHED


def run(seed: int, work: Workplace) -> Figures:
    """Samples of both models from N(0, I) and from a mixture, beside the test images."""
    data = digits()
    rows = np.arange(data.train_count, data.count)
    found: dict[str, Figure] = {}
    for name, model in zip(("AE", "VAE"), pair(seed, work), strict=True):
        measured = {one.key: one for one in GROUP.measure(Subject(model, data, rows, seed=seed), UNWATCHED)}
        for source in ("prior", "mixture"):
            for key, words in (("fd", "FD"), ("coverage", "coverage")):
                value = measured[f"{source}_{key}"].value
                assert value is not None
                found[f"{words}, {name} {source}"] = value
        if (calibration := measured["prior_fd"].reference) is not None:
            found["FD, other real images"] = calibration[0]
    prior = found["FD, VAE prior"]
    assert isinstance(prior, float)
    for name in ("AE prior", "AE mixture"):
        value = found[f"FD, {name}"]
        assert isinstance(value, float)
        found[f"FD, {name} over VAE prior"] = value / prior
    return found


TARGET = Target(
    key="T5",
    title="sampling repair, FD-clf and coverage",
    protocol=f"the models of T4 (MNIST, {WORDS}), 10,000 samples beside the 10,000 test images; mixture of 10 "
    "full Gaussians fitted to codes of 10,000 training images, draws of q(z|x) where there is one",
    rules=(
        Rule(figure="FD, AE prior over VAE prior", least=4),
        Rule(figure="FD, AE mixture over VAE prior", below=1 / 3),
        Rule(figure="coverage, AE prior", most=0.10),
        Rule(figure="coverage, VAE prior", least=0.30),
        Rule(figure="coverage, AE mixture", least=0.75),
    ),
    known={
        "FD, AE prior over VAE prior": "8.4",
        "FD, AE mixture over VAE prior": ".13; other classifier and data 10.66 / 19.21: Ghosh et al. 2020",
        "coverage, AE prior": ".02",
        "coverage, VAE prior": ".39",
        "coverage, AE mixture": ".82",
        "FD, AE prior": "959",
        "FD, VAE prior": "115",
        "FD, AE mixture": "15.0; other features and network 10.66: Ghosh et al. 2020",
        "FD, VAE mixture": "20.8; 17.66: Ghosh et al. 2020",
    },
    run=run,
)
