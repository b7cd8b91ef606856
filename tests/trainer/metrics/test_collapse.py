"""The linear VAE's closed forms against an optimum set by hand, against numerical search, and against training."""

import numpy as np
import pytest
import torch

from tests.trainer.metrics.linear import VARIANCE, as_images, optimum, rows
from trainer.config import ModelConfig
from trainer.metrics.collapse import eigenvalues, linear_log_likelihood, linear_optimum
from trainer.metrics.likelihood import evaluate
from trainer.models.family import family
from trainer.models.initialise import build
from trainer.models.latent_model import Batch


def test_eigenvalues_are_those_of_the_covariance() -> None:
    data = rows(200) + 5
    expected = np.linalg.eigvalsh(np.cov(data.T.astype(np.float64), bias=True))[::-1]
    assert eigenvalues(data) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("beta", [0.5, 1.0, 3.0, 20.0])
def test_the_optimum_reaches_the_closed_form(beta: float) -> None:
    data = rows(20_000)
    expected = linear_optimum(eigenvalues(data), latent=5, variance=VARIANCE, beta=beta)
    found = evaluate(optimum(data, 5, beta), as_images(data), batch=20_000)
    assert found.kl == pytest.approx(expected.kl, abs=1e-3)
    assert sorted(found.kl_per_dimension, reverse=True) == pytest.approx(expected.kl_per_dimension, abs=1e-3)
    assert found.reconstruction == pytest.approx(expected.reconstruction, abs=0.1)
    assert found.active == expected.active


def test_at_beta_one_the_bound_is_the_exact_evidence() -> None:
    data = rows(500)
    model = optimum(data, 9)
    weight = model.output.weight.detach().double().numpy()
    exact = linear_log_likelihood(data, weight, np.zeros(9), VARIANCE)
    expected = linear_optimum(eigenvalues(data), latent=9, variance=VARIANCE, beta=1.0)
    assert -exact == pytest.approx(expected.total, abs=1e-5)


def test_the_exact_evidence_is_a_normal_density() -> None:
    generator = np.random.default_rng(1)
    data, weight, offset = generator.normal(size=(40, 6)), generator.normal(size=(6, 2)), generator.normal(size=6)
    covariance = torch.from_numpy(weight @ weight.T + 0.3 * np.eye(6))
    density = torch.distributions.MultivariateNormal(torch.from_numpy(offset), covariance)
    expected = density.log_prob(torch.from_numpy(data)).mean().item()
    assert linear_log_likelihood(data, weight, offset, 0.3) == pytest.approx(expected)


def test_no_other_gain_is_better() -> None:
    spectrum, variance, beta = np.array([0.7]), 0.1, 3.0
    gain = np.linspace(0, 2, 20_001)[1:]
    posterior = beta * variance / (gain**2 + beta * variance)
    mean = gain / (gain**2 + beta * variance)
    error = (1 - gain * mean) ** 2 * spectrum + gain**2 * posterior
    reconstruction = 0.5 * np.log(2 * np.pi * variance) + error / (2 * variance)
    kl = 0.5 * (mean**2 * spectrum + posterior - np.log(posterior) - 1)
    best = np.argmin(reconstruction + beta * kl)
    expected = linear_optimum(spectrum, latent=1, variance=variance, beta=beta)
    assert (reconstruction[best], kl[best]) == pytest.approx((expected.reconstruction, expected.kl), abs=1e-4)


def test_spare_latent_dimensions_stay_dark() -> None:
    expected = linear_optimum(np.array([1.0, 0.5]), latent=4, variance=0.1, beta=1.0)
    assert expected.active == 2
    assert expected.kl_per_dimension[2:] == (0.0, 0.0)


def test_training_obeys_the_law() -> None:
    data = rows(400)
    images = as_images(data)
    config = ModelConfig(widths=(), latent=4, likelihood="gaussian", variance=VARIANCE, shape=(1, 3, 3))
    model, kind = build(config, 0), family("variational")
    optimisers = kind.optimisers(model, 2e-2)
    generator = torch.Generator().manual_seed(0)
    for step in range(800):
        optimisers[0].param_groups[0]["lr"] = 2e-2 * (1 - step / 800)
        kind.step(model, optimisers, Batch(images, images, {"beta": 4.0}, generator))
    found = evaluate(model, images)
    expected = linear_optimum(eigenvalues(data), latent=4, variance=VARIANCE, beta=4.0)
    assert 0 < expected.active < 4
    assert found.active == expected.active
    assert found.kl == pytest.approx(expected.kl, abs=0.03)


@pytest.mark.parametrize(("variance", "beta"), [(0.0, 1.0), (0.1, 0.0)])
def test_settings_without_an_optimum_are_refused(variance: float, beta: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        linear_optimum(np.ones(2), latent=1, variance=variance, beta=beta)
