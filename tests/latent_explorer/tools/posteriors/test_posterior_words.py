"""What the overlays of posteriors and prior say: of what, in which space, and how much of it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from latent_explorer.core.pane import PaneState
from latent_explorer.tools.posteriors import brief as posterior_brief
from latent_explorer.tools.posteriors import words as posterior_words
from latent_explorer.tools.posteriors.state import UnionPicture
from tests.latent_explorer.build import pane_state
from trainer.latent.prior_regions import MASSES, PriorRegions
from trainer.priors.gaussian import DiagonalGaussian, StandardNormal
from trainer.priors.mixture import GaussianMixture

UNION = UnionPicture(number=1, posteriors=1234)


def prior_words(pane: PaneState) -> str:
    assert pane.model is not None
    return posterior_words.of_prior(pane.model, StandardNormal(pane.model.config.latent), None)


def test_in_a_plane_1_and_2_sigma_hold_39_and_86_per_cent(qapp):
    held = [100 * stats.chi2.cdf(radius**2, 2) for radius in (1, 2)]
    assert [round(value) for value in held] == [39, 86]
    spread = np.array([0.1, 0.2])
    assert "1σ and 2σ hold 39 % and 86 % of it" in posterior_words.of_row(pane_state(1), "5", "picked", spread)
    assert "they hold 39 % and 86 % of each" in posterior_words.of_union(UNION, 2)
    assert "hold 39 %, 86 % and 95 % of it" in prior_words(pane_state(1))


def test_on_a_line_they_hold_68_and_95_per_cent(qapp):
    assert [round(100 * stats.chi2.cdf(radius**2, 1)) for radius in (1, 2)] == [68, 95]
    told = posterior_words.of_row(pane_state(1, latent=1), "5", "picked", np.array([0.1]))
    assert "1σ and 2σ hold 68 % and 95 % of it" in told


@pytest.mark.parametrize("latent", [3, 20])
def test_with_hidden_dimensions_all_is_as_this_plane_shows_it(qapp, latent):
    pane = pane_state(1, latent)
    spread = np.full(latent, 0.3)
    assert "as this plane shows them" in posterior_words.of_row(pane, "5", "picked", spread)
    assert "as this plane shows them" in posterior_words.of_union(UNION, latent)
    assert "on this plane" in posterior_brief.of_union(UNION, latent)
    assert "on this plane" not in posterior_brief.of_union(UNION, 2)
    assert "as this plane shows it" in prior_words(pane)


GAUSSIANS = [(1, "1σ about its mean holds 68 %"), (2, "ellipses of 1, 2 and 2.45σ"), (9, "shell of √9 = 3.00σ")]


@pytest.mark.parametrize(("latent", "words"), GAUSSIANS)
def test_another_gaussian_is_named_and_reported_in_its_own_units(qapp, latent, words):
    model = pane_state(1, latent).model
    prior = DiagonalGaussian(np.ones(latent), np.zeros(latent))
    told = posterior_words.of_prior(model, prior, None)
    assert told.startswith("Prior N(m, s²)")
    assert words in told
    at = "lines at 1, 2, 1.96 σ" if latent == 1 else "rings at 1, 2, 2.45 σ"
    assert posterior_brief.of_prior(model, prior, None).startswith(f"N(m, s²): {at}")


def test_contours_of_any_other_prior_say_of_what_they_are(qapp):
    def told(latent: int, regions: PriorRegions | None) -> tuple[str, str]:
        prior = GaussianMixture(np.zeros(2), np.arange(2 * latent).reshape(2, latent), np.zeros((2, latent)))
        model = pane_state(1, latent).model
        return tuple(words.of_prior(model, prior, regions) for words in (posterior_words, posterior_brief))

    made = PriorRegions(MASSES, ((), (), ()))
    assert told(2, None) == ("Prior Σ w N(m, s²): its contours are being computed…",) * 2
    assert told(2, made) == ("Prior Σ w N(m, s²): contours hold 39, 86, 95 % of it", "Σ w N(m, s²): 39, 86, 95 %")
    assert "as this plane shows it: contours hold 39, 86, 95 % of what is seen" in told(3, made)[0]
    sliced = PriorRegions(MASSES, ((), (), ()), slice=True)
    assert "in this slice alone" in told(3, sliced)[0]
    assert told(3, sliced)[1].endswith("39, 86, 95 %, in this slice")
