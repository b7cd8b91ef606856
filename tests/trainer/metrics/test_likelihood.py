"""Evaluation and the IWAE bound, against closed forms of a linear model and against the training losses."""

import math

import numpy as np
import pytest
import torch

from tests.trainer.metrics.linear import VARIANCE, as_images, optimum, rows
from trainer.config import LIKELIHOODS, ModelConfig
from trainer.metrics.collapse import linear_log_likelihood
from trainer.metrics.likelihood import evaluate, iwae, learned_variance
from trainer.models import build


def small(**changes: object) -> ModelConfig:
    return ModelConfig(widths=(16,), latent=3, shape=(1, 6, 6)).replace(**changes)


def images(count: int, dtype: torch.dtype = torch.uint8) -> torch.Tensor:
    drawn = torch.randint(0, 256, (count, 1, 6, 6), generator=torch.Generator().manual_seed(0))
    return drawn.to(torch.uint8) if dtype == torch.uint8 else drawn.float() / 255


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
@pytest.mark.parametrize("name", ["autoencoder", "variational"])
def test_figures_are_those_of_the_loss(name: str, likelihood: str) -> None:
    model = build(small(family=name, likelihood=likelihood), 0)
    if name == "variational":
        # Without posterior noise to speak of, the loss and the measure see the same codes.
        torch.nn.init.constant_(model.get_parameter("log_variance.weight"), 0.0)
        torch.nn.init.constant_(model.get_parameter("log_variance.bias"), -25.0)
    data = images(50)
    found = evaluate(model, data, batch=16)
    expected = model.losses(data.float() / 255, data.float() / 255, 1.0, None)
    assert found.reconstruction == pytest.approx(expected.reconstruction.item(), rel=1e-4)
    assert found.kl == pytest.approx(expected.kl.item(), rel=1e-4)
    assert found.kl_per_dimension == pytest.approx(expected.kl_per_dimension.tolist(), rel=1e-4)
    assert found.elbo == -found.total
    assert found.images == 50


def test_bytes_and_floats_measure_alike() -> None:
    model = build(small(), 0)
    assert evaluate(model, images(30)) == evaluate(model, images(30, torch.float32))


def test_the_same_seed_gives_the_same_figures_and_the_global_generator_is_left_alone() -> None:
    model = build(small(), 0)
    torch.manual_seed(1)
    expected = torch.rand(1)
    torch.manual_seed(1)
    first = evaluate(model, images(30), binarise="dynamic")
    assert torch.equal(torch.rand(1), expected)
    assert evaluate(model, images(30), binarise="dynamic") == first
    assert evaluate(model, images(30), binarise="dynamic", seed=1) != first


def test_dynamic_binarisation_keeps_the_mean_and_measures_a_likelihood() -> None:
    model = build(small(family="autoencoder"), 0)
    torch.nn.init.zeros_(model.get_parameter("output.weight"))
    torch.nn.init.zeros_(model.get_parameter("output.bias"))
    found = evaluate(model, images(10), binarise="dynamic")
    assert found.reconstruction == pytest.approx(36 * math.log(2), rel=1e-5)
    assert found.mse == pytest.approx(0.25)


def test_active_units_and_squared_error() -> None:
    model = build(small(family="autoencoder"), 0)
    data = images(40, torch.float32)
    weight = model.get_parameter("mean.weight")
    with torch.no_grad():
        weight[0] = 0
        weight[1:] *= 20
    found = evaluate(model, data)
    codes = model.encode(data)
    assert found.variances == pytest.approx(codes.var(0, correction=0).tolist(), rel=1e-4)
    assert found.active == 2
    assert found.mse == pytest.approx((model.decode(codes) - data).square().mean().item(), rel=1e-4)
    assert evaluate(model, data, mse=False).mse is None


def test_learned_variance_is_that_of_all_images_whatever_the_batch() -> None:
    model = build(small(family="autoencoder", likelihood="gaussian-learned"), 0)
    data = images(60)
    whole, parts = evaluate(model, data, batch=60), evaluate(model, data, batch=7)
    assert parts.reconstruction == pytest.approx(whole.reconstruction, rel=1e-6)
    assert learned_variance(model, data, batch=7) == pytest.approx(whole.mse, rel=1e-5)


def test_no_images_are_refused() -> None:
    with pytest.raises(ValueError, match="no images"):
        evaluate(build(small(), 0), images(0))


def test_the_bound_grows_towards_the_exact_evidence() -> None:
    # The model is the optimum, but the encoder is spoilt, so that the bound has something to gain.
    data = rows(60)
    model = optimum(data, 3)
    with torch.no_grad():
        model.mean.weight *= 0.8
        model.log_variance.bias += 0.7
    weight = model.output.weight.detach().double().numpy()
    exact = linear_log_likelihood(data, weight, np.zeros(9), VARIANCE)
    found = iwae(model, as_images(data), (1, 10, 100, 1000, 5000))
    assert list(found.bounds) == sorted(found.bounds)
    assert found.bounds[0] < exact - 0.3
    assert found.bounds[-1] == pytest.approx(exact, abs=0.01)


def test_independent_draws_grow_too() -> None:
    data = rows(60)
    model = optimum(data, 3)
    with torch.no_grad():
        model.log_variance.bias += 1.0
    bounds = [iwae(model, as_images(data), (count,), seed=count).bounds[0] for count in (1, 10, 1000)]
    assert bounds == sorted(bounds)


def test_one_sample_is_the_elbo() -> None:
    data = rows(4000)
    model = optimum(data, 3)
    with torch.no_grad():
        model.log_variance.bias += 0.5
    bound = iwae(model, as_images(data), (1,))
    assert bound.bounds[0] == pytest.approx(evaluate(model, as_images(data)).elbo, abs=0.3)


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_every_likelihood_has_a_bound(likelihood: str) -> None:
    model = build(small(likelihood=likelihood), 0)
    found = iwae(model, images(5), (1, 10))
    assert found.bounds[1] >= found.bounds[0]
    assert found.bounds[0] == pytest.approx(evaluate(model, images(5)).elbo, rel=0.1)


def test_an_exact_posterior_leaves_no_gap() -> None:
    data = rows(50)
    model = optimum(data, 3)
    weight = model.output.weight.detach().double().numpy()
    exact = linear_log_likelihood(data, weight, np.zeros(9), VARIANCE)
    assert iwae(model, as_images(data), (1,)).bounds[0] == pytest.approx(exact, abs=1e-3)


def test_what_has_no_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="posterior"):
        iwae(build(small(family="autoencoder"), 0), images(3), (1,))
    with pytest.raises(ValueError, match="divide"):
        iwae(build(small(), 0), images(3), (2, 5))


@pytest.mark.parametrize("training", [True, False])
def test_measuring_leaves_the_models_mode_as_it_was(training: bool) -> None:
    model = build(small(), 0).train(training)
    evaluate(model, images(5))
    iwae(model, images(2), (1,))
    assert model.training is training
