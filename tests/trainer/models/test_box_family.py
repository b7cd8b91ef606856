"""A family whose posteriors are no Gaussians: what is drawn and measured asks the posterior."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pytest
import torch
from scipy import stats

from tests.families import registered
from tests.trainer.latent.drained import drained
from tests.trainer.training.blobs import VAE, blob_data, make_trainer
from trainer.latent.aggregated import aggregated
from trainer.latent.traversal import summarise
from trainer.metrics.importance import log_weights
from trainer.metrics.surgery import surgery
from trainer.models.family import unregister
from trainer.posteriors import POSTERIORS
from trainer.prior import Prior
from trainer.priors.gaussian import DiagonalGaussian, StandardNormal
from trainer.replica.choice import make_replica
from trainer.replica.torch_replica import TorchReplica
from trainer.training.engine import Trainer

MEANS, SIGMAS = np.array([[0.5, -2.0, 0.0], [3.0, 0.1, -0.4]]), np.array([[0.3, 1.0, 0.05], [2.0, 0.7, 0.2]])
HALVES = math.sqrt(3) * SIGMAS
PRIORS = [StandardNormal(3), DiagonalGaussian(np.array([1.0, -1.0, 0.0]), np.log([0.5, 2.0, 1.0]))]


@pytest.fixture(autouse=True)
def box() -> Iterator[None]:
    registered("box")
    yield
    unregister("box")


def trained() -> Trainer:
    trainer = make_trainer(VAE.replace(family="box"))
    list(islice(trainer.steps(), 6))
    return trainer


def test_draws_fill_the_box_evenly() -> None:
    posterior = POSTERIORS["box"].of_sigmas(MEANS, SIGMAS)
    drawn = posterior.sample(np.random.default_rng(0).standard_normal((20_000, 2, 3)))
    low, high = MEANS - HALVES, MEANS + HALVES
    assert ((drawn >= low) & (drawn <= high)).all()
    for row, dimension in np.ndindex(2, 3):
        even = stats.uniform(low[row, dimension], 2 * HALVES[row, dimension])
        assert stats.kstest(drawn[:, row, dimension], even.cdf).pvalue > 1e-3
    density = posterior.log_density(drawn)
    np.testing.assert_allclose(density, np.broadcast_to(-np.log(2 * HALVES).sum(1), density.shape))
    assert posterior.log_density(high + 1e-3).tolist() == [-math.inf] * 2


@pytest.mark.parametrize("prior", PRIORS, ids=lambda prior: prior.kind)
def test_the_divergence_from_a_gaussian_prior_is_exact(prior: Prior) -> None:
    found = prior.kl(POSTERIORS["box"].of_sigmas(MEANS, SIGMAS)).each
    for row, dimension in np.ndindex(2, 3):
        z = np.linspace(-1, 1, 20_001) * HALVES[row, dimension] + MEANS[row, dimension]
        log_prior = stats.norm(prior.mean[dimension], prior.spread[dimension]).logpdf(z)
        exact = np.trapezoid(-math.log(2 * HALVES[row, dimension]) - log_prior, z) / (2 * HALVES[row, dimension])
        assert found[row, dimension] == pytest.approx(exact, rel=1e-6)
    summary = drained(summarise(MEANS, SIGMAS, prior, POSTERIORS["box"]))
    np.testing.assert_allclose(summary.kl, found.mean(0))


def test_samples_of_the_aggregated_posterior_lie_in_the_boxes() -> None:
    codes, sigmas = np.zeros((3_000, 2), np.float32), np.ones((3_000, 2), np.float32)
    drawn = drained(aggregated(codes, sigmas, 3_000, posterior=POSTERIORS["box"]))
    assert drawn.dtype == np.float32
    assert np.abs(drawn).max() <= math.sqrt(3) + 1e-6
    np.testing.assert_allclose(drawn.std(0), 1, atol=0.05)


def test_a_trained_model_is_measured_with_its_own_posteriors() -> None:
    trainer = trained()
    report, model = trainer.evaluate(), trainer.members[0].model
    images = torch.from_numpy(blob_data().images[:64].copy()).float() / 255
    with torch.no_grad():
        posterior, prior = model.posterior(images), model.prior_distribution()
        assert type(posterior) is POSTERIORS["box"]
        found = surgery(posterior, prior, draws=8)
        assert found.mutual_information + found.marginal_kl == pytest.approx(
            found.kl, abs=4 * found.standard_error
        )
        weights = log_weights(model, images, 200, torch.Generator().manual_seed(0))
        # The mean log weight is the ELBO, whose KL is known exactly.
        noise = torch.randn(200, *posterior.mean.shape, generator=torch.Generator().manual_seed(1))
        costs = torch.stack([model.reconstruction(codes, images) for codes in posterior.sample(noise)])
        elbo = -(costs.double().mean() + prior.kl(posterior).mean)
        spread = math.hypot(float(weights.mean(0).std()), float(costs.mean(1).std()))
        assert float(weights.mean()) == pytest.approx(float(elbo), abs=4 * spread / math.sqrt(200))
    assert report.held_out[0]["kl"] > 0


def test_replicas_know_what_the_posterior_is() -> None:
    trainer = trained()
    snapshot, images = trainer.snapshot(0), blob_data().images[:3]
    kind = POSTERIORS["box"]
    plain, heavy = make_replica(snapshot.config, posterior=kind), TorchReplica(snapshot.config)
    found = []
    for replica in (plain, heavy):
        replica.load(snapshot)
        found.append(replica.posterior(images))
        assert type(found[-1]) is kind
    np.testing.assert_allclose(found[0].mean, found[1].mean, atol=1e-5)
    np.testing.assert_allclose(found[0].spread, found[1].spread, rtol=1e-4)
