"""The IWAE bound and ln p(x) of whole models, and the reasons why some have none."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from tests.trainer.measures.subjects import figures, image_data, subject
from trainer.measures import bound, exact
from trainer.measures.subject import Subject
from trainer.metrics.importance import iwae
from trainer.progress import CancelledError, Monitor

KEYS = {bound.GROUP: ("iwae_bound", "bound_gap"), exact.GROUP: ("exact_log_likelihood", "exact_gap")}
GROUPS = tuple(KEYS)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few images and draws, for speed."""
    monkeypatch.setattr(bound, "DRAWS", 200)
    monkeypatch.setattr(exact, "MOST_IMAGES", 4)
    monkeypatch.setattr(exact, "DRAWS", 200)


def reasons(group, of: Subject) -> set[str]:
    found = figures(group, of)
    assert all(figure.value is None for figure in found.values())
    return {str(figure.reason) for figure in found.values()}


def test_the_bound_is_that_of_the_same_images() -> None:
    of = subject()
    found = figures(bound.GROUP, of)
    expected = iwae(of.model, of.data.tensor()[of.rows], (200,))
    assert found["iwae_bound"].value == pytest.approx(expected.bounds[0])
    assert found["iwae_bound"].error == pytest.approx(expected.errors[0])
    assert found["iwae_bound"].reference[0] == pytest.approx(expected.elbo)
    assert found["bound_gap"].value == pytest.approx(expected.gaps[0])
    assert found["bound_gap"].error == pytest.approx(expected.gap_errors[0])
    assert str(found["bound_gap"].conditions) == "30 held-out images, 200 draws of q(z|x) each"


@pytest.mark.parametrize("latent", [1, 2])
def test_evidence_bound_and_elbo_are_in_their_order(latent: int) -> None:
    found = figures(exact.GROUP, subject(latent=latent))
    evidence, elbo = found["exact_log_likelihood"].value, found["exact_log_likelihood"].reference[0]
    assert found["exact_gap"].value == pytest.approx(evidence - elbo)
    assert found["exact_gap"].value >= 0
    assert -0.05 <= found["exact_iwae_gap"].value <= found["exact_gap"].value + 0.05
    assert len(found["exact_gap"].each) == 4
    assert "4 of 30 held-out images" in str(found["exact_gap"].conditions)
    assert figures(exact.GROUP, subject(latent=latent))["exact_gap"].value == found["exact_gap"].value


def test_binarised_pixels_are_the_same_for_both() -> None:
    """A decoder that ignores z: ln p(x) is the bound, the ELBO is both but for the KL."""
    of = subject()
    of = Subject(of.model, of.data, of.rows, binarise="dynamic")
    with torch.no_grad():
        of.model.output.weight.zero_()
        of.model.output.bias.copy_(torch.linspace(-4, 4, 64))
    found = figures(exact.GROUP, of)
    assert found["exact_iwae_gap"].value == pytest.approx(0.0, abs=0.2)
    assert found["exact_log_likelihood"].error > 1


def test_three_dimensions_have_a_bound_and_no_grid() -> None:
    of = subject(latent=3)
    assert figures(bound.GROUP, of)["bound_gap"].value is not None
    assert reasons(exact.GROUP, of) == {"A grid covers one or two latent dimensions, and this model has 3."}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_what_has_none_says_why(group) -> None:
    assert reasons(group, subject("autoencoder")) == {
        "This model has no prior, and so no probability of an image."
    }
    assert reasons(group, subject(likelihood="gaussian-learned")) == {"The learned σ² of this model is not known."}
    broken = subject()
    with torch.no_grad():
        broken.model.mean.weight.fill_(math.nan)
    assert reasons(group, broken) == {"Some codes are not finite numbers."}
    blown = subject()
    with torch.no_grad():
        blown.model.output.bias.fill_(math.nan)
    assert all("finite" in reason for reason in reasons(group, blown))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_one_image_has_no_error_and_two_have(group) -> None:
    for count in (1, 2):
        found = figures(group, subject(data=image_data(2 + count, train=2, shape=(1, 4, 4))))
        for key in KEYS[group]:
            assert found[key].value is not None
            assert (found[key].error is None) == (count == 1)


def test_512_dimensions_have_a_bound() -> None:
    found = figures(bound.GROUP, subject(latent=512, data=image_data(4, train=2, shape=(1, 4, 4))))
    assert np.isfinite(found["iwae_bound"].value)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_they_can_be_cancelled(group) -> None:
    with pytest.raises(CancelledError):
        list(group.measure(subject(), Monitor(is_cancelled=lambda: True)))
