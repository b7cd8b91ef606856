"""Distances between the ten class colours. Where they are small, shapes and labels distinguish the classes."""

import numpy as np
import pytest

from latent_explorer.appearance.theme import DARK, LIGHT
from tests.latent_explorer.colour_science import DEFICIENCIES, ciede2000, contrast, smallest_difference


def test_ciede2000_of_published_pairs():
    # Sharma, Wu & Dalal 2005, table 1: pairs 1, 7, 17, 25 and 34.
    first = np.array(
        [[50, 2.6772, -79.7751], [50, 0, 0], [50, 2.5, 0], [60.2574, -34.0099, 36.2677], [2.0776, 0.0795, -1.1350]]
    )
    second = np.array(
        [[50, 0, -82.7485], [50, -1, 2], [73, 25, -18], [60.4626, -34.1751, 39.4387], [0.9033, -0.0636, -0.5514]]
    )
    expected = [2.0425, 2.3669, 27.1492, 1.2644, 0.9082]
    assert ciede2000(first, second) == pytest.approx(expected, abs=1e-4)


def test_contrast_of_black_and_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_classes_stay_apart(tokens, deficiency):
    # A difference of 1 is about the smallest visible side by side.
    least = 20.0 if deficiency == "none" else 10.0
    assert smallest_difference(tokens.classes, deficiency) >= least


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_classes_show_on_their_map(tokens):
    for colour in tokens.classes:
        assert contrast(colour, tokens.map) >= 3.0
