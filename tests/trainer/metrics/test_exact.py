"""The evidence and the true posterior by quadrature, against closed forms, Monte Carlo and the IWAE bound."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from tests.trainer.metrics.linear import VARIANCE, as_images, optimum, rows
from trainer.config import LIKELIHOODS, ModelConfig
from trainer.metrics.collapse import linear_log_likelihood
from trainer.metrics.exact import ExactError, exact
from trainer.metrics.importance import iwae, log_weights
from trainer.metrics.joint_density import JointDensity, of_model, of_replica
from trainer.models.initialise import build
from trainer.models.latent_model import LatentModel
from trainer.posteriors import GaussianPosterior
from trainer.priors.gaussian import StandardNormal
from trainer.priors.mixture import GaussianMixture
from trainer.progress import CancelledError, Monitor
from trainer.replica.numpy_replica import NumpyReplica
from trainer.reports import Snapshot

SPREAD = np.array([0.02, 0.3])


def normal(codes: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """ln N(mean, diag spread²)."""
    return (-0.5 * ((codes - mean) / spread) ** 2 - np.log(spread) - 0.5 * math.log(2 * math.pi)).sum(1)


def joint_of(log_density, latent: int, posterior: GaussianPosterior | None = None) -> JointDensity:
    return JointDensity.around(log_density, np.zeros(latent), np.ones(latent), posterior)


def snapshot(model: LatentModel) -> Snapshot:
    weights = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    return Snapshot(number=0, step=0, config=model.config, weights=weights)


@pytest.mark.parametrize("latent", [1, 2])
def test_linear_models_have_their_closed_form(latent: int) -> None:
    data = rows(6)
    model = optimum(rows(60), latent)
    with torch.no_grad():
        model.mean.weight *= 0.8
        model.log_variance.bias += 0.7
    weight = model.output.weight.detach().double().numpy()
    inner = np.linalg.inv(np.eye(latent) + weight.T @ weight / VARIANCE)
    for row in data:
        found = exact(of_model(model, as_images(row[None])))
        expected = linear_log_likelihood(row[None], weight, np.zeros(9), VARIANCE)
        assert found.log_evidence == pytest.approx(expected, abs=1e-4)
        assert found.error <= 1e-3
        true_mean = inner @ weight.T @ row / VARIANCE
        np.testing.assert_allclose(found.mean, true_mean, atol=1e-4)
        np.testing.assert_allclose(found.covariance, inner, atol=1e-4)
        own = model.posterior(as_images(row[None]))
        gap, spread = own.mean[0].detach().double().numpy() - true_mean, own.log_variance[0].exp().detach().numpy()
        precision = np.linalg.inv(inner)
        divergence = gap @ precision @ gap + (spread * np.diag(precision)).sum() - latent - np.log(spread).sum()
        divergence += np.linalg.slogdet(inner)[1]
        assert found.kl == pytest.approx(0.5 * float(divergence), abs=2e-4)


def test_the_bound_rises_to_it() -> None:
    model = optimum(rows(60), 2)
    with torch.no_grad():
        model.log_variance.bias += 1.0
    images = as_images(rows(10))
    evidence = np.mean([exact(of_model(model, images[[row]])).log_evidence for row in range(10)])
    bounds = iwae(model, images, (1, 10, 100, 5000)).bounds
    assert list(bounds) == sorted(bounds)
    assert bounds[0] < evidence - 0.1
    assert bounds[-1] == pytest.approx(evidence, abs=0.02)


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
@pytest.mark.parametrize("latent", [1, 2])
def test_evidence_is_elbo_and_divergence_in_torch_and_in_numpy(likelihood: str, latent: int) -> None:
    shape, variance = (1, 8, 8), 0.05
    config = ModelConfig(shape=shape, widths=(16,), latent=latent, likelihood=likelihood)
    model = build(config, 1).eval()
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight *= 3.0 if name == "decoder.0.weight" else 1.0
    image = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    row = torch.from_numpy(image[None]).float() / 255
    replica = NumpyReplica(config)
    replica.load(snapshot(model))
    joint = of_model(model, row, variance)
    found = exact(joint)
    other = exact(of_replica(replica, StandardNormal(latent), image, variance))
    assert other.log_evidence == pytest.approx(found.log_evidence, abs=2e-3)
    assert other.kl == pytest.approx(found.kl, abs=5e-3)
    # The ELBO by Monte Carlo, and the divergence over the cells of p(z|x).
    weights = log_weights(model, row, 20_000, torch.Generator().manual_seed(0), variance)[0]
    assert found.elbo == pytest.approx(weights.mean().item(), abs=4 * weights.std().item() / 20_000**0.5 + 1e-3)
    q = np.exp(joint.posterior.log_density(found.codes)) * found.sides.prod(1)
    ratio = joint.posterior.log_density(found.codes) - found.log_posterior(joint, found.codes)
    if q.sum() == pytest.approx(1, abs=1e-4):
        assert found.kl == pytest.approx(float(q @ ratio), rel=1e-4, abs=0.01)
    assert found.shares.sum() == pytest.approx(1)
    assert found.kl >= 0


@pytest.mark.parametrize("where", [(0.0, 0.0), (1.23, -3.1), (40.0, 0.0)])
def test_a_narrow_peak_is_found_wherever_q_is_near(where: tuple[float, float]) -> None:
    """Also one far outside the prior's box, if the encoder points there."""
    mean = np.array(where)
    q = GaussianPosterior(mean[None] + 0.5 * SPREAD, 2 * np.log(SPREAD)[None])
    found = exact(joint_of(lambda codes: normal(codes, mean, SPREAD) - 7.0, 2, q))
    assert found.log_evidence == pytest.approx(-7.0, abs=1e-5)
    np.testing.assert_allclose(found.mean, mean, atol=1e-6)
    np.testing.assert_allclose(found.covariance, np.diag(SPREAD**2), atol=1e-8)
    assert found.kl == pytest.approx(0.25, abs=1e-6)  # 1/2 (0.5² + 0.5²)
    low, high = found.bounds()
    assert (low < mean).all()
    assert (mean < high).all()
    assert ((high - low) < 12 * SPREAD).all()


def test_two_peaks_and_a_prior_of_several_components() -> None:
    """A mixture is its own evidence of nothing: ∫ p(z) dz = 1, with one peak that q knows nothing of."""
    prior = GaussianMixture(np.log([0.3, 0.7]), np.array([[-2.0, 0.0], [2.5, 1.0]]), np.full((2, 2), -3.0))
    joint = JointDensity.around(
        prior.log_density,
        prior.mean,
        prior.spread,
        GaussianPosterior(np.array([[-2.0, 0.0]]), np.full((1, 2), -6.0)),
    )
    found = exact(joint)
    assert found.log_evidence == pytest.approx(0.0, abs=1e-3)
    assert found.shares[found.codes[:, 0] > 0].sum() == pytest.approx(0.7, abs=1e-3)
    assert found.kl == pytest.approx(-math.log(0.3), abs=1e-6)


def test_mass_beyond_the_box_widens_it() -> None:
    far = np.array([12.0])
    found = exact(joint_of(lambda codes: normal(codes, far, np.ones(1)), 1))
    assert found.log_evidence == pytest.approx(0.0, abs=1e-6)
    assert found.elbo is None
    assert found.kl is None
    assert found.kl_error is None


def test_the_stated_error_is_above_the_true_one_where_the_density_has_kinks() -> None:
    def log_density(codes: np.ndarray) -> np.ndarray:
        return (-np.abs(codes - 0.1234) / 0.05).sum(1) - 2 * math.log(0.1)

    found = exact(joint_of(log_density, 2))
    assert abs(found.log_evidence) <= found.error <= 0.01


def test_what_has_no_quadrature_says_so() -> None:
    with pytest.raises(ExactError, match="one or two"):
        exact(joint_of(lambda codes: codes.sum(1), 3))
    with pytest.raises(ExactError, match="likelihood"):
        exact(joint_of(lambda codes: np.full(len(codes), np.nan), 2))
    with pytest.raises(ExactError, match="likelihood"):
        exact(joint_of(lambda codes: np.full(len(codes), -np.inf), 1))
    wild = GaussianPosterior(np.full((1, 2), np.nan), np.zeros((1, 2)))
    with pytest.raises(ExactError, match="code"):
        exact(joint_of(lambda codes: codes.sum(1), 2, wild))
    with pytest.raises(CancelledError):
        exact(joint_of(lambda codes: codes.sum(1), 2), monitor=Monitor(is_cancelled=lambda: True))


def test_an_autoencoder_has_no_joint_density() -> None:
    model = build(ModelConfig(family="autoencoder", shape=(1, 8, 8), widths=(4,), latent=2), 0)
    assert of_model(model, torch.zeros(1, 1, 8, 8)) is None


def test_a_replica_without_its_learned_variance_has_none_either() -> None:
    config = ModelConfig(shape=(1, 8, 8), widths=(4,), latent=2, likelihood="gaussian-learned")
    replica = NumpyReplica(config)
    replica.load(snapshot(build(config, 0)))
    assert of_replica(replica, StandardNormal(2), np.zeros((1, 8, 8), np.uint8)) is None
