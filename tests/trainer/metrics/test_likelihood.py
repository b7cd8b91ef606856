"""Evaluation and the IWAE bound, against closed forms of a linear model and against the training losses."""

import math

import numpy as np
import pytest
import torch

from tests.trainer.metrics.linear import as_images, optimum, rows
from trainer.config import LIKELIHOODS, ModelConfig
from trainer.metrics.binarisation import as_seen, pixels_of, static_draw
from trainer.metrics.importance import iwae
from trainer.metrics.likelihood import evaluate, learned_variance
from trainer.metrics.likelihood_label import likelihood_label
from trainer.models.family import family
from trainer.models.initialise import build
from trainer.models.latent_model import Batch


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
    variance = learned_variance(model, data, batch=16)
    found = evaluate(model, data, batch=16, variance=variance)
    expected = family(name).losses(model, Batch(data.float() / 255, data.float() / 255, {"beta": 1.0}))
    assert found.reconstruction == pytest.approx(expected["reconstruction"].item(), rel=1e-4)
    if name == "autoencoder":
        assert found.kl == 0
        assert found.kl_per_dimension == ()
        return
    assert found.kl == pytest.approx(expected["kl"].item(), rel=1e-4)
    assert expected.kl_per_dimension is not None
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
    assert found.active is None  # a matter of a posterior's scale
    assert 1 <= found.rank <= 2
    assert found.mse == pytest.approx((model.decode(codes) - data).square().mean().item(), rel=1e-4)
    assert evaluate(model, data, mse=False).mse is None


def test_learned_variance_is_that_of_all_images_whatever_the_batch() -> None:
    model = build(small(family="autoencoder", likelihood="gaussian-learned"), 0)
    data = images(60)
    whole, parts = (evaluate(model, data, batch=batch, variance=0.1) for batch in (60, 7))
    assert parts.reconstruction == pytest.approx(whole.reconstruction, rel=1e-6)
    assert learned_variance(model, data, batch=7) == pytest.approx(whole.mse, rel=1e-5)


def test_no_images_are_refused() -> None:
    with pytest.raises(ValueError, match="no images"):
        evaluate(build(small(), 0), images(0))


@pytest.mark.parametrize("training", [True, False])
def test_measuring_leaves_the_models_mode_as_it_was(training: bool) -> None:
    model = build(small(), 0).train(training)
    evaluate(model, images(5))
    iwae(model, images(2), (1,))
    assert model.training is training


def test_active_units_are_those_whose_mean_varies() -> None:
    data = rows(500)
    model = optimum(data, 3)
    with torch.no_grad():
        model.mean.weight[2] = 0.0
    found = evaluate(model, as_images(data))
    assert found.active == int((np.array(found.variances) > 0.01).sum()) == 2
    assert found.rank is None


def test_of_a_single_image_some_figures_are_not_available() -> None:
    for name in ("variational", "autoencoder"):
        found = evaluate(build(small(family=name), 0), images(1))
        assert found.active is found.rank is None
        assert found.variances == ()
        assert found.reconstruction_error is found.kl_error is found.elbo_error is None
        assert math.isfinite(found.reconstruction)
    bound = iwae(build(small(), 0), images(1), (1, 10))
    assert bound.errors == bound.gap_errors == (None, None)
    assert bound.elbo_error is None


def test_standard_errors_are_those_of_independent_subsets() -> None:
    """The spread of the mean over many subsets of 100 images, against the error that one of them claims."""
    data = rows(20_000)
    model = optimum(data, 3)
    parts = [evaluate(model, as_images(part), mse=False) for part in np.split(data, 200)]
    for name in ("reconstruction", "elbo"):
        claimed = np.mean([getattr(part, f"{name}_error") for part in parts])
        assert np.std([getattr(part, name) for part in parts], ddof=1) == pytest.approx(claimed, rel=0.2)


def test_a_learned_variance_is_used_and_not_fitted_again() -> None:
    model = build(small(family="autoencoder", likelihood="gaussian-learned"), 0)
    data = images(40)
    own = learned_variance(model, data)
    unknown = evaluate(model, data)
    assert math.isnan(unknown.reconstruction)
    assert math.isnan(unknown.elbo)
    assert unknown.reconstruction_error is unknown.elbo_error is unknown.variance is None
    assert unknown.mse == pytest.approx(own, rel=1e-5)
    for variance in (own / 2, 3 * own):
        found = evaluate(model, data, variance=variance)
        ratio = own / variance
        expected = 36 / 2 * (ratio + math.log(2 * math.pi * variance))
        assert found.reconstruction == pytest.approx(expected, rel=1e-5)
        # The same from torch's own density.
        pictures = model.decode(model.encode(data.float() / 255)).detach()
        density = torch.distributions.Normal(pictures, math.sqrt(variance)).log_prob(data.float() / 255)
        assert found.reconstruction == pytest.approx(-density.flatten(1).sum(1).mean().item(), rel=1e-5)
        assert found.variance == variance


def test_members_of_a_pair_see_the_same_binarised_pixels() -> None:
    data = images(50)
    assert torch.equal(as_seen(data, "dynamic", 3), as_seen(data, "dynamic", 3))
    assert not torch.equal(as_seen(data, "dynamic", 3), as_seen(data, "dynamic", 4))
    assert as_seen(data, "none", 3) is data
    mean = torch.stack([as_seen(data, "dynamic", seed).float() / 255 for seed in range(400)]).mean(0)
    level = data.float() / 255
    error = (level * (1 - level) / 400).sqrt()
    assert (((mean - level) / error.clamp_min(1e-3)).square().mean().item()) == pytest.approx(1.0, abs=0.15)


def test_a_static_draw_depends_on_the_image_alone() -> None:
    data = images(2500)
    drawn = static_draw(data)
    assert drawn.shape == data.shape
    assert torch.equal(as_seen(data, "static", 3), drawn)
    assert torch.equal(as_seen(data.flip(0)[:1100], "static", 4).flip(0), drawn[1400:])
    assert torch.equal(static_draw(data.float() / 255), drawn)
    assert len(torch.unique(drawn.flatten(1), dim=0)) == 2500
    again = static_draw(data[:1].repeat(5, 1, 1, 1))
    assert all(torch.equal(row, drawn[0]) for row in again)
    extremes = torch.tensor([0, 255], dtype=torch.uint8).repeat(32).view(1, 1, 8, 8)
    assert torch.equal(static_draw(extremes), extremes)
    assert static_draw(data[:0]).shape == data[:0].shape


def test_a_static_draw_has_the_grey_level_as_probability_and_independent_pixels() -> None:
    data = images(4000)
    level = data.double() / 255
    left = static_draw(data).double() / 255 - level
    variance = (level * (1 - level)).clamp_min(1e-3)
    for around in (0.25, 0.5, 0.75):
        some = (level - around).abs() < 0.05
        assert left[some].mean().abs() < 4 * (variance[some].sum().sqrt() / some.sum())
    standard = left / variance.sqrt()
    for pair in (
        standard[..., :-1] * standard[..., 1:],
        standard[:, :, :-1] * standard[:, :, 1:],
        standard[:-1] * standard[1:],
    ):
        assert pair.mean().abs() < 4 / pair.numel() ** 0.5


def test_pixels_that_are_all_0_or_1_are_binary() -> None:
    black_and_white = (images(30) > 127).to(torch.uint8) * 255
    assert pixels_of(black_and_white) == pixels_of(black_and_white, "dynamic") == "binary"
    assert pixels_of(black_and_white.float() / 255) == pixels_of(black_and_white.numpy()) == "binary"
    assert torch.equal(as_seen(black_and_white, "dynamic", 0), black_and_white)
    assert pixels_of(images(30)) == pixels_of(images(30, torch.float32)) == "grey"
    assert pixels_of(images(30), "dynamic") == "dynamic"
    assert pixels_of(images(30), "static") == "static"
    assert pixels_of(black_and_white, "static") == "binary"
    late = torch.cat([black_and_white.repeat(50, 1, 1, 1), images(1)])
    assert pixels_of(late) == "grey"


@pytest.mark.parametrize(
    ("likelihood", "pixels", "label"),
    [
        ("bernoulli", "grey", "cross-entropy on grey levels (no likelihood)"),
        ("bernoulli", "dynamic", "Bernoulli, dynamic binarisation"),
        ("bernoulli", "static", "Bernoulli, static binarisation"),
        ("bernoulli", "binary", "Bernoulli, binary images"),
        ("gaussian", "grey", "Gaussian, σ² = 0.02"),
        ("gaussian-learned", "grey", "Gaussian, learned σ² = 0.0213"),
        ("gaussian-learned", "dynamic", "Gaussian, learned σ² = 0.0213, dynamic binarisation"),
        ("gaussian-pixel", "binary", "Gaussian, σ² a pixel, binary images"),
    ],
)
def test_labels(likelihood: str, pixels: str, label: str) -> None:
    assert str(likelihood_label(small(likelihood=likelihood), pixels, 0.02134)) == label
