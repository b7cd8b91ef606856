"""Continuity of rows of pictures whose path is known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from trainer.metrics.continuity import changes, continuity, difference


def test_a_cross_fade_goes_straight_at_constant_speed() -> None:
    black, white = np.zeros((1, 8, 8)), np.ones((1, 8, 8))
    fade = np.stack([(1 - t) * black + t * white for t in np.linspace(0, 1, 11)])
    measured = continuity(fade)
    assert np.allclose(measured.change, 0.1, atol=1e-6)  # grey levels per frame
    assert measured.chord == pytest.approx(1)
    assert measured.ratio == pytest.approx(1, abs=1e-5)
    assert measured.largest == pytest.approx(1, abs=1e-5)


def test_a_half_circle_in_picture_space() -> None:
    turn = np.linspace(0, np.pi, 401)
    pictures = np.zeros((401, 3, 4, 4))
    pictures[:, 0, 0, 0], pictures[:, 1, 2, 3] = np.cos(turn), np.sin(turn)
    measured = continuity(pictures)
    assert measured.ratio == pytest.approx(np.pi / 2, rel=1e-3)
    assert measured.length == pytest.approx(np.pi / np.sqrt(48), rel=1e-3)


def test_a_jump_is_distinguished_from_even_steps() -> None:
    pictures = np.zeros((11, 1, 4, 4))
    pictures[5:] = 1
    measured = continuity(pictures)
    assert measured.largest == pytest.approx(10)
    assert measured.ratio == pytest.approx(1)


def test_chords_go_from_stop_to_stop() -> None:
    there_and_back = np.concatenate([np.linspace(0, 1, 6), np.linspace(1, 0, 6)[1:]])[:, None, None, None]
    assert np.isnan(continuity(there_and_back).ratio)
    assert continuity(there_and_back, there_and_back[[0, 5, 10]]).ratio == pytest.approx(1, abs=1e-6)


def test_stops_need_not_be_among_the_pictures() -> None:
    corner = np.array([[0.0, 0], [1, 0], [1, 1]])
    cut = continuity(corner[[0, 2]], corner)
    assert cut.chord == pytest.approx(np.sqrt(2))
    assert cut.ratio == pytest.approx(np.sqrt(0.5))


def test_equal_pictures_have_no_ratio_and_no_largest_step() -> None:
    measured = continuity(np.full((5, 1, 4, 4), 0.5))
    assert measured.length == 0
    assert np.isnan(measured.ratio)
    assert np.isnan(measured.largest)


def test_change_is_the_root_mean_squared_difference() -> None:
    pictures = np.random.default_rng(0).random((6, 3, 7, 5))
    expected = [np.sqrt(np.mean((b - a) ** 2)) for a, b in pairwise(pictures)]
    assert np.allclose(changes(pictures), expected, atol=1e-6)
    assert difference(pictures[0], pictures[1]) == pytest.approx(expected[0])
    with pytest.raises(ValueError, match="two pictures"):
        continuity(pictures[:1])
