"""What the overlays of posteriors and prior say: of what, in which space, and how much of it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from latent_explorer.tools.posteriors import brief as posterior_brief
from latent_explorer.tools.posteriors import words as posterior_words
from latent_explorer.tools.posteriors.state import UnionPicture
from tests.latent_explorer.build import pane_state

UNION = UnionPicture(number=1, posteriors=1234)


def test_in_a_plane_1_and_2_sigma_hold_39_and_86_per_cent(qapp):
    held = [100 * stats.chi2.cdf(radius**2, 2) for radius in (1, 2)]
    assert [round(value) for value in held] == [39, 86]
    spread = np.array([0.1, 0.2])
    assert "1σ and 2σ hold 39 % and 86 % of it" in posterior_words.of_row(pane_state(1), "5", "picked", spread)
    assert "they hold 39 % and 86 % of each" in posterior_words.of_union(UNION, 2)
    assert "hold 39 %, 86 % and 95 % of it" in posterior_words.of_prior(pane_state(1))


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
    assert "as this plane shows it" in posterior_words.of_prior(pane)
