"""All codes against the prior, and the shape of their cloud, of whole models."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy import stats

from tests.families import priors  # noqa: F401 (registers its families)
from tests.trainer.measures.subjects import figures, image_data, subject
from tests.trainer.metrics.clouds import clouds
from trainer.measures import aggregate, shape
from trainer.measures.as_text import as_json
from trainer.measures.measure import measured
from trainer.measures.subject import Subject
from trainer.posteriors import GaussianPosterior
from trainer.progress import CancelledError, Monitor

AGAINST_PRIOR = ("aggregate_mean", "aggregate_spread", "mmd", "mmd_squared", "energy_distance")


class Given(Subject):
    """Posteriors that are given, whatever the model makes of the images: means and spreads float32 (n, d)."""

    means: np.ndarray
    spreads: np.ndarray | None = None

    def _encoded(self, name, images, monitor):
        return self.means, self.spreads

    @property
    def posterior_kind(self):
        return None if self.spreads is None else GaussianPosterior


def given(means: np.ndarray, spreads: np.ndarray | None = None, *, family: str = "variational") -> Given:
    of = subject(family, latent=means.shape[1], data=image_data(len(means) + 4, train=4, shape=(1, 4, 4)))
    found = Given(of.model, of.data, of.rows)
    found.means = means.astype(np.float32)
    found.spreads = None if spreads is None else spreads.astype(np.float32)
    return found


def normal(count: int, latent: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, latent))


def test_draws_count_not_means() -> None:
    """A collapsed posterior's means are all alike; what its decoder gets is the prior."""
    found = figures(aggregate.GROUP, given(np.zeros((1500, 3)), np.ones((1500, 3))))
    assert found["aggregate_spread"].value == pytest.approx(1, abs=0.05)
    assert found["aggregate_mean"].value < 0.06
    assert abs(found["mmd_squared"].value) < 4 * found["mmd_squared"].error
    assert found["mmd"].value < 2 * found["mmd"].reference[0]
    assert found["energy_distance"].value < 2 * found["energy_distance"].reference[0]
    assert str(found["mmd"].conditions).startswith(
        "1,500 held-out images, one draw of q(z|x) each, and as many draws of the prior; s = 0.1, 0.2"
    )


def test_codes_that_have_outgrown_the_prior() -> None:
    of = given(3 * normal(2500, 2) + [1.0, 0.0], 0.1 * np.ones((2500, 2)))
    found = figures(aggregate.GROUP, of)
    assert found["aggregate_spread"].value == pytest.approx(3, rel=0.1)
    assert found["aggregate_mean"].each == pytest.approx((1, 0), abs=0.2)
    assert found["mmd"].value > 5 * found["mmd"].reference[0]
    assert found["mmd_squared"].value > 10 * found["mmd_squared"].error
    assert found["energy_distance"].value > 5 * found["energy_distance"].reference[0]
    assert str(found["mmd"].conditions).startswith("2,000 of 2,500 held-out images, one draw")
    assert str(found["aggregate_mean"].conditions) == "2,500 held-out images, one draw of q(z|x) each"
    for key in ("aggregate_mean", "aggregate_spread", "code_correlation"):
        assert found[key].error > 0


def test_the_energy_distance_is_that_of_scipy_for_the_same_draws() -> None:
    of = given(normal(300, 1) + 0.5, 0.5 * np.ones((300, 1)))
    expected = stats.energy_distance(of.drawn()[:, 0], of.prior_codes(300, 1)[:, 0])
    assert figures(aggregate.GROUP, of)["energy_distance"].value == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("family", ["shifted", "two-gaussians"])
def test_the_prior_is_the_models_own(family: str) -> None:
    """Codes that are draws of the model's prior are not distinguished from it, draws of N(0, I) are."""
    own = subject(family, latent=3, data=image_data(804, train=4, shape=(1, 4, 4)))
    for codes, alike in ((own.prior_codes(800, 7), True), (normal(800, 3), False)):
        of = Given(own.model, own.data, own.rows)
        of.means, of.spreads = codes.astype(np.float32), np.zeros((800, 3), np.float32)
        found = figures(aggregate.GROUP, of)
        assert (found["mmd"].value < 2 * found["mmd"].reference[0]) == alike
        assert (found["aggregate_mean"].value < 0.1) == alike


def test_an_autoencoder_has_correlations_alone() -> None:
    codes = normal(400, 2) @ [[1.0, 0.8], [0.0, 0.6]]
    found = figures(aggregate.GROUP, given(5 * codes, family="autoencoder"))
    assert all("no prior" in str(found[key].reason) for key in AGAINST_PRIOR)
    correlation = found["code_correlation"]
    assert correlation.value == pytest.approx(abs(stats.pearsonr(*codes.T)[0]), rel=1e-4)
    assert str(correlation.reference[1]) == "as many draws of N(0, I)"
    assert str(correlation.conditions) == "400 held-out images"


def test_dimensions_that_do_not_vary_have_no_correlation() -> None:
    codes = normal(100, 4)
    codes[:, 1] = 7
    found = figures(aggregate.GROUP, given(codes, family="autoencoder"))["code_correlation"]
    assert str(found.conditions).startswith("the 3 of 4 dimensions that vary; 100 held-out")
    dead = figures(aggregate.GROUP, given(np.ones((100, 4)), family="autoencoder"))["code_correlation"]
    assert str(dead.reason) == "Fewer than two dimensions vary."


@pytest.mark.parametrize("latent", [1, 512])
@pytest.mark.parametrize("family", ["variational", "autoencoder"])
def test_any_number_of_dimensions(family: str, latent: int) -> None:
    found = figures(aggregate.GROUP, subject(family, latent=latent, data=image_data(200)))
    assert (found["code_correlation"].value is None) == (latent == 1)
    assert (found["mmd"].value is None) == (family == "autoencoder")


@pytest.mark.parametrize("held_out", [1, 2])
def test_one_and_two_images(held_out: int) -> None:
    data = image_data(8 + held_out, train=8)
    found = figures(aggregate.GROUP, subject(data=data))
    if held_out == 1:
        assert {str(figure.reason) for figure in found.values()} == {"It needs two images or more."}
    else:
        assert all(figure.value is not None and figure.error is None for figure in found.values())
    assert "2,000 images" in str(figures(shape.GROUP, subject(data=data))["cloud_entropy"].reason)


def test_weights_that_are_not_numbers() -> None:
    for family in ("variational", "autoencoder"):
        of = subject(family, data=image_data(2100, train=10, shape=(1, 4, 4)))
        with torch.no_grad():
            for weights in of.model.parameters():
                weights.fill_(torch.nan)
        for group in (aggregate.GROUP, shape.GROUP):
            assert {str(figure.reason) for figure in figures(group, of).values()} == {
                "Some codes are not finite numbers."
            }


def test_the_same_call_gives_the_same_and_can_be_stopped() -> None:
    one, two = (figures(aggregate.GROUP, subject(data=image_data(200))) for _ in range(2))
    assert one == two
    with pytest.raises(CancelledError):
        measured(aggregate.GROUP, subject(data=image_data(200)), Monitor(is_cancelled=lambda: True))


@pytest.mark.parametrize("kind", ["line", "disc", "ring", "irregular"])
def test_the_shape_is_said_with_its_figures(kind: str) -> None:
    found = figures(shape.GROUP, given(clouds(0)[kind], family="autoencoder"))
    assert str(found["cloud_entropy"].label) == kind
    said = as_json(found["cloud_entropy"], shape.GROUP)
    assert said["label"] == kind
    assert said["text"].startswith(f"{kind}: ")
    assert str(found["cloud_entropy"].conditions) == "2,000 held-out images"
    for figure in found.values():
        low, high = figure.limits
        assert low <= figure.value <= high


def test_of_more_dimensions_two_principal_components_are_looked_at() -> None:
    codes = np.hstack([clouds(0)["ring"], 0.05 * normal(2000, 6)])
    found = figures(shape.GROUP, given(codes, np.ones((2000, 8))))["cloud_entropy"]
    assert str(found.label) == "ring"
    assert str(found.conditions) == (
        "2,000 held-out images, the mean μ of each posterior, on the first two principal components"
    )


def test_what_has_no_shape() -> None:
    cases = ((normal(2000, 1), "two latent dimensions"), (np.ones((2000, 2)), "All codes are the same"))
    for codes, reason in cases:
        found = figures(shape.GROUP, given(codes))
        assert all(reason in str(figure.reason) for figure in found.values())
