"""T6: β trades rate against distortion, and is the slope of the curve between them (Alemi et al. 2018)."""

from __future__ import annotations

from itertools import pairwise

from tests.benchmarks.report import Figure
from tests.benchmarks.targets.mnist import digits, held_out, run_of
from tests.benchmarks.targets.notes_network import NETWORK, TRAIN, WORDS, pair
from tests.benchmarks.targets.target import Figures, Rule, Target
from tests.benchmarks.targets.workplace import Workplace
from trainer.knobs import Knobs, own_name
from trainer.metrics.likelihood import evaluate

BETAS = (0.1, 1.0, 4.0, 30.0)
#: That of β = 1 is T4's.
OTHERS = tuple(beta for beta in BETAS if beta != 1)


def run(seed: int, work: Workplace) -> Figures:
    """Train the others on the same batches, and measure all on the test images."""
    knobs = Knobs(**{own_name(index, "beta"): beta for index, beta in enumerate(OTHERS)})
    others = work.trained(
        "notes-betas", run_of(TRAIN.replace(seed=seed), *[NETWORK] * len(OTHERS)), digits(), knobs
    )
    models = dict(zip(OTHERS, others, strict=True)) | {1.0: pair(seed, work)[1]}
    measured = {beta: evaluate(models[beta], held_out(), seed=seed, mse=False) for beta in BETAS}
    found: dict[str, Figure] = {}
    for beta, one in measured.items():
        assert one.active is not None
        found[f"rate, β = {beta:g}"], found[f"distortion, β = {beta:g}"] = one.kl, one.reconstruction
        found[f"active units, β = {beta:g}"] = one.active
    falls, rises = [], []
    for low, high in pairwise(BETAS):
        falls.append(measured[low].kl - measured[high].kl)
        rises.append(measured[high].reconstruction - measured[low].reconstruction)
        found[_slope(low, high)] = -rises[-1] / falls[-1]
    return found | {"smallest fall of the rate": min(falls), "smallest rise of the distortion": min(rises)}


def _slope(low: float, high: float) -> str:
    return f"slope from β = {low:g} to {high:g}"


TARGET = Target(
    key="T6",
    title="rate and distortion, nats per image",
    protocol=f"VAE of T4 (MNIST, {WORDS}) at β = .1, 1, 4 and 30 on the same batches; all 10,000 test images",
    rules=(
        Rule(figure="smallest fall of the rate", above=0),
        Rule(figure="smallest rise of the distortion", above=0),
        *(Rule(figure=_slope(low, high), least=-high, most=-low) for low, high in pairwise(BETAS)),
        Rule(figure="active units, β = 4", most=14),
        Rule(figure="active units, β = 30", least=0, most=0),
        Rule(figure="rate, β = 30", below=0.1),
    ),
    known={
        _slope(0.1, 1): "-.41",
        _slope(1, 4): "-1.97",
        _slope(4, 30): "-9.85",
        "active units, β = 4": "12",
        "active units, β = 30": "0",
    },
    run=run,
)
