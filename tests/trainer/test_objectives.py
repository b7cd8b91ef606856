"""Objectives by name: every report carries the penalty and the true KL beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest
import torch

from tests.trainer.training.blobs import VAE, blob_data, make_trainer
from trainer.arrays import Array
from trainer.knobs import Knobs
from trainer.models.family import family, unregister
from trainer.models.family import register as register_family
from trainer.models.initialise import build
from trainer.models.latent_model import Batch
from trainer.models.plain import PlainModel
from trainer.models.variational import VariationalFamily
from trainer.objectives import _OBJECTIVES, PENALTY, Objective, objective, register
from trainer.posteriors import GaussianPosterior
from trainer.prior import Divergence, Prior
from trainer.records import ConfigError


class NaivePenalty(Objective):
    """E[|μ|² + |σ - 1|²], as someone else would add it."""

    name = "naive of a test"
    title = "Naive penalty"

    def penalty(self, divergence: Divergence, posterior: GaussianPosterior, prior: Prior) -> Array:
        return (posterior.mean**2 + (posterior.spread - 1) ** 2).sum(-1).mean()


@pytest.fixture
def families() -> Iterator[None]:
    register(NaivePenalty)
    made = []
    for name, chosen in (("naive-vae", NaivePenalty.name), ("free-vae", "none")):
        kind = objective(chosen)
        card = dataclasses.replace(VariationalFamily.card, name=name, terms=kind.terms)
        register_family(type(name, (VariationalFamily,), {"card": card, "objective": kind})())
        made.append(name)
    yield
    for name in made:
        unregister(name)
    del _OBJECTIVES[NaivePenalty.name]


def losses(name: str, beta: float = 3.0) -> tuple[dict[str, float], np.ndarray, np.ndarray]:
    """A step's terms, and μ and σ of its images."""
    model = build(VAE.replace(family=name), 0)
    assert isinstance(model, PlainModel)
    pixels = torch.from_numpy(blob_data().images[:32].copy()).float() / 255
    found = family(name).losses(model, Batch(pixels, pixels, {"beta": beta}, torch.Generator().manual_seed(0)))
    posterior = model.heads(pixels)
    return (
        {key: value.item() for key, value in found.terms.items()},
        posterior.mean.detach().double().numpy(),
        posterior.spread.detach().double().numpy(),
    )


@pytest.mark.parametrize("name", ["variational", "naive-vae", "free-vae"])
def test_the_true_divergence_is_reported_beside_whatever_is_minimised(families: None, name: str) -> None:
    found, mean, spread = losses(name)
    kl = 0.5 * (mean**2 + spread**2 - 2 * np.log(spread) - 1).sum(1).mean()
    assert found["kl"] == pytest.approx(kl, rel=1e-5)
    penalty = {"variational": kl, "naive-vae": (mean**2 + (spread - 1) ** 2).sum(1).mean(), "free-vae": 0.0}[name]
    if name == "naive-vae":
        assert list(found) == ["reconstruction", "kl", "penalty", "total"]
        assert found["penalty"] == pytest.approx(penalty, rel=1e-5)
        assert abs(found["penalty"] - found["kl"]) > 1e-3
    else:
        assert list(found) == ["reconstruction", "kl", "total"]
    assert found["total"] == pytest.approx(found["reconstruction"] + 3 * penalty, rel=1e-6)


def test_reports_of_a_run_and_its_evaluation_carry_both(families: None) -> None:
    models = tuple(VAE.replace(family=name) for name in ("variational", "naive-vae", "free-vae"))
    trainer = make_trainer(*models, knobs=Knobs(learning_rate=0.01))
    *_, last = islice(trainer.steps(), 150)
    usual, naive, free = last.losses
    assert abs(naive["penalty"] - naive["kl"]) > 0.01
    assert usual["kl"] < free["kl"]
    assert PENALTY.name not in free.terms
    report = trainer.evaluate()
    for held_out in report.held_out:
        # At β = 1 and whatever was minimised: the negative ELBO.
        assert held_out.total == pytest.approx(held_out["reconstruction"] + held_out["kl"])


def test_nothing_but_the_reconstruction_moves_a_model_without_penalty(families: None) -> None:
    model = build(VAE.replace(family="free-vae"), 0)
    pixels = torch.from_numpy(blob_data().images[:8].copy()).float() / 255
    gradients = []
    for term in ("total", "reconstruction"):
        model.zero_grad()
        batch = Batch(pixels, pixels, {"beta": 5.0}, torch.Generator().manual_seed(0))
        family("free-vae").losses(model, batch)[term].backward()
        gradients.append([parameter.grad.clone() for parameter in model.parameters()])
    assert all(torch.equal(one, other) for one, other in zip(*gradients, strict=True))


def test_unknown_and_taken_names(families: None) -> None:
    with pytest.raises(ConfigError, match="no objective called 'mmd'; known are kl, naive of a test, none"):
        objective("mmd")
    with pytest.raises(ValueError, match="registered already"):
        register(NaivePenalty)
