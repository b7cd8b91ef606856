"""Samples beside real images: every figure with its conditions, or the reason why there is none."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.trainer.latent.drained import drained
from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.latent.density import fit_gaussian
from trainer.measures import samples
from trainer.measures.measure import measured
from trainer.measures.samples import DENSITIES, GROUP, SOURCES
from trainer.metrics.features import feature_net_for
from trainer.metrics.real_rows import real_rows
from trainer.metrics.samples import compare, frechet_distance
from trainer.noise import draw_noise
from trainer.progress import CancelledError, Monitor

SHARES = ("precision", "recall", "coverage")


@pytest.fixture(scope="module")
def many():
    """480 images of 10 x 10, half of them held out: 240 are compared with 240 training images."""
    return image_data(480, shape=(1, 10, 10))


@pytest.fixture(scope="module")
def found(many):
    return figures(GROUP, subject(data=many))


def test_every_source_has_every_figure(found):
    assert [measure.key for measure in GROUP.measures] == list(found)
    assert GROUP.slow
    for one in found.values():
        assert one.value is not None, one.reason
        assert one.conditions is not None
    for source in SOURCES:
        assert found[f"{source}_fd"].error > 0
        for share in SHARES:
            one = found[f"{source}_{share}"]
            low, high = one.interval
            assert 0 <= low <= one.value <= high <= 1
            assert 0.8 < one.reference[0] <= 1
        assert found[f"{source}_fd"].reference[0] < found[f"{source}_fd"].value  # of an untrained model
    assert str(found["prior_fd"].conditions) == "FD-clf: 240 draws of N(0, I), against 240 held-out images"
    assert str(found["prior_fd"].reference[1]) == "240 training images against them"
    said = str(found["reconstruction_coverage"].conditions)
    assert said == "reconstructions of 240 held-out images, against 240 training images"
    assert "mixture of 10 Gaussians fitted to codes of 240 training images" in str(
        found["mixture_coverage"].conditions
    )


def test_the_figures_are_those_of_the_parts(many, found):
    of = subject(data=many)
    wanted, others = real_rows(480, 240, 10_000, of.rows)
    net = feature_net_for(many.shape)
    real, other = (net.features(many.images[rows]) for rows in (wanted, others))
    density = drained(fit_gaussian(of.drawn(training=True)))
    made = net.features(of.decode(density.sample(draw_noise(240, 2, 0))))
    fidelity, calibration = drained(compare(real, made)), drained(compare(real, other))
    for name in (*SHARES, "density"):
        assert found[f"gaussian_{name}"].value == pytest.approx(getattr(fidelity, name))
        assert found[f"gaussian_{name}"].reference[0] == pytest.approx(getattr(calibration, name))
    assert found["gaussian_fd"].value == pytest.approx(frechet_distance(real, made), rel=1e-5)
    judged = density.log_density(of.drawn())
    assert found["gaussian_log_density"].value == pytest.approx(judged.mean())
    assert found["gaussian_log_density"].error == pytest.approx(judged.std(ddof=1) / np.sqrt(240))


def test_the_same_call_gives_the_same_numbers(many, found):
    again = figures(GROUP, subject(data=many))
    assert {key: one.value for key, one in again.items()} == {key: one.value for key, one in found.items()}


def test_a_prior_is_judged_by_its_own_density(found, many):
    codes = subject(data=many).drawn().astype(float)
    expected = (-0.5 * (codes**2).sum(axis=1) - np.log(2 * np.pi)).mean()
    assert found["prior_log_density"].value == pytest.approx(expected, rel=1e-5)


def test_a_model_without_a_prior_says_so(many):
    found = figures(GROUP, subject("autoencoder", data=many))
    assert str(found["prior_log_density"].reason) == "This model has no prior."
    assert "N(0, I), which is no part of this model" in str(found["prior_coverage"].conditions)
    assert "draw of q" not in str(found["gaussian_log_density"].conditions)
    assert all(one.value is not None for key, one in found.items() if key != "prior_log_density")


def test_too_few_images_for_a_distance_or_for_neighbours():
    found = figures(GROUP, subject(data=image_data(60)))
    assert "Below 200 pictures" in str(found["prior_fd"].reason)
    assert "there are 30" in str(found["reconstruction_fd"].reason)
    assert found["prior_coverage"].value is not None
    assert found["gaussian_log_density"].value is not None
    for count in (2, 3, 10):
        found = figures(GROUP, subject(data=image_data(count)))
        for source in SOURCES:
            # Precision never comes alone.
            for name in ("fd", "density", *SHARES):
                assert "more than 5 held-out images" in str(found[f"{source}_{name}"].reason)


def test_no_held_out_image(many):
    found = figures(GROUP, subject(data=image_data(40, train=40)))
    assert all(one.value is None and one.reason is not None for one in found.values())
    of = subject(data=many)
    of.rows = np.arange(0, 240)
    assert all(one.value is None for one in figures(GROUP, of).values())


def test_images_that_are_all_the_same():
    data = image_data(60)
    images = np.repeat(data.images[:1], 60, axis=0)
    found = figures(
        GROUP, subject(data=type(data)(config=data.config, title="Same", images=images, train_count=30))
    )
    assert str(found["prior_precision"].reason) == "The images are all the same one."


def test_a_collapsed_model_has_precision_and_no_coverage(many):
    of = subject(data=many)
    row = torch.from_numpy(many.images[300].reshape(-1) / 255.0).float().clamp(0.01, 0.99)
    with torch.no_grad():
        linear = [module for module in of.model.modules() if isinstance(module, torch.nn.Linear)]
        (last,) = (module for module in linear if module.out_features == 100)
        last.weight.zero_()
        last.bias.copy_(torch.logit(row))
    found = figures(GROUP, of)
    assert found["prior_precision"].value == 1
    assert found["prior_coverage"].value < 0.1
    assert found["prior_coverage"].interval[0] > 0 or found["prior_coverage"].value == 0


@pytest.mark.parametrize("family", ["autoencoder", "variational"])
def test_weights_that_are_not_numbers(family, many):
    of = subject(family, data=many)
    with torch.no_grad():
        for parameter in of.model.parameters():
            parameter.fill_(float("nan"))
    found = figures(GROUP, of)
    assert all(one.value is None and one.reason is not None for one in found.values())
    assert "not finite" in str(found["prior_precision"].reason)


@pytest.mark.parametrize("latent", [1, 512])
def test_one_dimension_and_many(latent, many):
    found = figures(GROUP, subject(data=many, latent=latent))
    assert found["prior_coverage"].value is not None
    assert found["kernels_coverage"].value is not None
    if latent == 512:
        assert "at least 513 codes of 512 dimensions" in str(found["gaussian_fd"].reason)
        assert "at least 5,130 codes" in str(found["mixture_log_density"].reason)
    else:
        assert all(one.value is not None for one in found.values())


def test_colour_pictures_and_pictures_too_small_for_a_laplacian():
    found = figures(GROUP, subject(data=image_data(60, shape=(3, 9, 9))))
    assert found["prior_coverage"].value is not None
    found = figures(GROUP, subject(data=image_data(60, shape=(1, 2, 12), classes=2)))
    assert "3 × 3" in str(found["prior_sharpness"].reason)
    assert found["prior_mid_grey"].value is not None


def test_blocks_do_not_change_the_figures(many, found, monkeypatch):
    monkeypatch.setattr(samples, "_VALUES", 100 * 37)
    again = figures(GROUP, subject(data=many))
    for key, one in found.items():
        assert again[key].value == pytest.approx(one.value, rel=1e-4, abs=0.01)


def test_it_can_be_stopped(many):
    seen = []
    monitor = Monitor(seen.append, lambda: len(seen) > 3)
    with pytest.raises(CancelledError):
        measured(GROUP, subject(data=many), monitor)
    assert {str(progress.unit) for progress in seen} <= {"images", "codes", "iterations", "pictures"}


def test_every_density_is_judged():
    assert {f"{name}_log_density" for name in DENSITIES} <= {measure.key for measure in GROUP.measures}
