"""Losses, bits per dimension, and the KL taken apart, of whole models."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.measures import information, rate
from trainer.metrics.likelihood import evaluate


def test_bits_a_dimension_are_nats_an_image_by_the_pixel() -> None:
    of = subject()
    found = figures(rate.GROUP, of)
    expected = evaluate(of.model, of.data.tensor()[of.rows])
    assert found["elbo"].value == pytest.approx(expected.elbo)
    assert found["bits_per_dimension"].value == pytest.approx(-expected.elbo / (64 * math.log(2)))
    assert found["bits_per_dimension"].error == pytest.approx(expected.elbo_error / (64 * math.log(2)))
    assert str(found["elbo"].conditions) == "30 held-out images, one draw of q(z|x) each"
    assert len(found["kl"].each) == 2


def test_an_autoencoder_has_no_bound_and_says_so() -> None:
    found = figures(rate.GROUP, subject("autoencoder"))
    assert found["reconstruction"].value is not None
    for key in ("kl", "elbo", "bits_per_dimension"):
        assert found[key].value is None
        assert "no posterior" in str(found[key].reason)


def test_a_learned_variance_that_is_not_known_is_said() -> None:
    found = figures(rate.GROUP, subject(likelihood="gaussian-learned"))
    assert found["kl"].value is not None
    assert all("σ²" in str(found[key].reason) for key in ("reconstruction", "elbo", "bits_per_dimension"))


def test_the_kl_is_its_two_parts_within_their_error() -> None:
    of = subject(latent=3, data=image_data(400))
    found = figures(information.GROUP, of) | figures(rate.GROUP, of)
    parts = found["mutual_information"].value + found["marginal_kl"].value
    assert parts == pytest.approx(found["kl"].value, abs=4 * found["mutual_information"].error)
    assert found["mutual_information"].reference[0] == pytest.approx(math.log(200))
    assert found["mutual_information"].value <= math.log(200)


def test_one_image_has_neither_active_units_nor_parts() -> None:
    of = subject(data=image_data(4, train=3))
    found = figures(information.GROUP, of)
    assert all(figure.value is None and figure.reason is not None for figure in found.values())


@pytest.mark.parametrize("latent", [1, 512])
@pytest.mark.parametrize("family", ["variational", "autoencoder"])
def test_any_number_of_dimensions(family: str, latent: int) -> None:
    found = figures(information.GROUP, subject(family, latent=latent))
    assert 0 <= found["effective_rank"].value <= latent


def test_draws_are_one_an_image_and_spread_as_their_posteriors() -> None:
    of = subject(latent=2, data=image_data(4000))
    drawn, codes, sigmas = of.drawn(), of.codes(), of.sigmas()
    assert drawn.shape == codes.shape
    wide = (codes.var(0) + (sigmas**2).mean(0)) ** 0.5
    assert np.std(drawn, axis=0) == pytest.approx(wide, rel=0.1)
