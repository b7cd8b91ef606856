"""Lines and moons: how near pictures are to true ones, and how evenly their factor changes, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from trainer.data.lines import render_line, render_lines
from trainer.data.moons import render_moon, render_moons
from trainer.metrics.line_truth import LINES, PICTURES, TrueLines, smoothness_of_turns
from trainer.metrics.moon_truth import TrueMoons, error_of
from trainer.metrics.path_smoothness import smoothness
from trainer.progress import CancelledError, Monitor

STEP = 2 * math.pi / LINES


@pytest.fixture(scope="module")
def lines() -> TrueLines:
    return TrueLines(32)


@pytest.fixture(scope="module")
def moons() -> TrueMoons:
    return TrueMoons(28)


def paths_of_lines(angles: np.ndarray) -> np.ndarray:
    """Pictures float32 (n, 32, 32) of angles, as bytes have them."""
    return render_lines(angles.ravel())[:, 0].astype(np.float32) / 255


def test_smoothness_of_even_steps_a_jump_and_a_detour() -> None:
    even, jump, back = np.linspace(0, 2, 5), np.array([0, 0, 0, 0, 2.0]), np.array([0, 3, 3, 3, 2.0])
    found = smoothness(np.array([even, jump, back, even[::-1]]))
    np.testing.assert_allclose(found, [0, 1 - 1 / 4, 3 / 2 - 1 / 4, 0], atol=1e-15)


def test_a_path_that_goes_nowhere_has_no_smoothness() -> None:
    found = smoothness(np.array([[1, 1, 1.0], [0, 1, 0], [0, math.nan, 1], [math.nan, 0, 1]]))
    assert np.isnan(found).all()
    assert smoothness(np.array([[0.0, 1]])) == [0]


def test_turns_are_counted_the_short_way_round() -> None:
    over_zero = np.array([[6.1, 6.2, 0.02, 0.12]])
    assert smoothness_of_turns(over_zero)[0] == pytest.approx(0.1032 / 0.3032 - 1 / 3, abs=1e-4)
    whole_turn = np.linspace(0, 1.5 * math.pi, 10)[None]  # in small steps it is no short way back
    assert smoothness_of_turns(whole_turn)[0] == pytest.approx(0, abs=1e-12)


def test_true_lines_that_turn_evenly_score_almost_zero(lines: TrueLines) -> None:
    """The metric on perfect paths: at most 1e-4 and .01 are asked for."""
    ends = np.random.default_rng(0).random((2, 64, 1)) * 2 * math.pi
    turn = (ends[1] - ends[0] + math.pi) % (2 * math.pi) - math.pi
    distance, angle = lines.nearest(paths_of_lines(ends[0] + turn * np.linspace(0, 1, PICTURES)))
    assert distance.mean() <= 1e-5
    assert smoothness_of_turns(angle.reshape(64, PICTURES)).mean() <= 0.005


def test_the_nearest_line_is_found_among_all_as_scipy_finds_it(lines: TrueLines) -> None:
    rng = np.random.default_rng(1)
    some = np.concatenate(
        [
            paths_of_lines(rng.random(6) * 2 * math.pi) * 0.7,
            rng.random((3, 32, 32), np.float32),
            (paths_of_lines(rng.random(3) * 7) + paths_of_lines(rng.random(3) * 7)) / 2,
        ]
    )
    distance, angle = lines.nearest(some)
    flat = 2.0 * some.reshape(len(some), -1) - 1
    numbers = np.rint(angle / STEP).astype(int)
    assert ((numbers >= 0) & (numbers < LINES)).all()
    every = np.concatenate([np.arange(0, LINES, 20), numbers])
    true = render_lines(every * STEP).reshape(len(every), -1) / 127.5 - 1
    apart = cdist(flat, true, "cosine")
    found = apart[np.arange(len(some)), len(every) - len(some) + np.arange(len(some))]
    np.testing.assert_allclose(distance, found, atol=2e-6)
    assert (found <= apart.min(axis=1) + 2e-6).all()


def test_each_eighth_of_the_turn_has_its_own_lines(lines: TrueLines) -> None:
    # Away from the axes, where lines at neighbouring angles have the same pixels.
    numbers = np.arange(0, LINES, LINES // 16) + LINES // 32 + 3
    _, angle = lines.nearest(paths_of_lines(numbers * STEP))
    np.testing.assert_allclose(angle, numbers * STEP, atol=6 * STEP)


def test_a_cross_fade_of_two_lines_by_hand(lines: TrueLines) -> None:
    """Right and left: 30 pixels each, white in one and black in the other, 964 black in both.

    At share s of the second, pixels of the first are 1 - 2 s =: a and of the second -a, on the scale of -1 to 1.
    The cosine with the first is (964 + 60 a) / √(1024 (964 + 60 a²)). In 15 steps the nearest line is about the
    first until the middle and then about the second: there a line that is a little askew, hence grey at its edges,
    is nearer to grey pixels than either.
    """
    ends = paths_of_lines(np.array([0, math.pi]))
    shares = np.linspace(0, 1, PICTURES)[:, None, None]
    distance, angle = lines.nearest((1 - shares) * ends[0] + shares * ends[1])
    for place in (0, 1, 2):
        a = 1 - 2 * place / 15
        by_hand = 1 - (964 + 60 * a) / math.sqrt(1024 * (964 + 60 * a**2))
        assert distance[[place, 15 - place]] == pytest.approx([by_hand, by_hand], abs=2e-6)
    turned = (angle + 0.5) % (2 * math.pi) - 0.5
    np.testing.assert_allclose(turned, [0] * 8 + [math.pi] * 8, atol=0.03)
    assert smoothness(turned[None])[0] == pytest.approx(1 - 1 / 15, abs=0.02)
    middle, _ = lines.nearest(ends.mean(axis=0)[None])
    assert 0.8 < middle[0] / (1 - math.sqrt(964 / 1024)) < 1


def test_a_jump_from_one_line_to_another(lines: TrueLines) -> None:
    angles = np.where(np.arange(PICTURES) < 5, 1.0, 2.0)
    distance, found = lines.nearest(paths_of_lines(angles))
    assert distance.max() <= 1e-4
    assert smoothness_of_turns(found[None])[0] == pytest.approx(1 - 1 / 15, abs=1e-9)


def test_pictures_without_a_direction_and_that_are_not_finite(lines: TrueLines) -> None:
    pictures = np.stack([np.full((32, 32), 0.5), np.full((32, 32), np.nan), render_line(1.0), np.zeros((32, 32))])
    distance, angle = lines.nearest(pictures)
    assert distance[0] == 1
    assert np.isnan([distance[1], angle[1]]).all()
    assert angle[2] == pytest.approx(1, abs=0.01)
    assert 0.04 < distance[3] < 60 / 1024  # at most that of a line without grey pixels
    with pytest.raises(CancelledError):
        lines.nearest(pictures, Monitor(is_cancelled=lambda: True))


@pytest.mark.parametrize("fraction", [0, 0.125, 0.5, 0.77, 1])
def test_true_moons_are_found_with_their_lit_fraction(moons: TrueMoons, fraction: float) -> None:
    error, lit = moons.nearest(render_moons(np.array([fraction]))[:, 0] / 255.0)
    assert lit[0] == pytest.approx(fraction, abs=0.003)
    assert error[0] <= 1e-5


def test_the_cross_fade_of_half_and_full_moon_is_a_jump(moons: TrueMoons) -> None:
    """Before the middle about the half moon is nearest, after it about the full one; .0445 off in the middle."""
    half, full = render_moon(0.5), render_moon(1.0)
    shares = np.linspace(0, 1, 16)[:, None, None]
    error, lit = moons.nearest((1 - shares) * half + shares * full)
    np.testing.assert_allclose(lit, [0.5] * 8 + [1.0] * 8, atol=0.08)
    assert smoothness(lit[None])[0] > 0.7
    middle = (half + full)[None] / 2
    assert error_of(middle, 0.75)[0] == pytest.approx(0.0445, abs=5e-5)
    assert moons.nearest(middle)[0][0] == pytest.approx(0.0445, rel=0.05)
    # A share s of half the disc is grey s: s² of it where the half moon is black.
    assert error[1] == pytest.approx((1 / 15) ** 2 * np.square(full - half).mean(), rel=0.01)


def test_moons_that_wax_evenly(moons: TrueMoons) -> None:
    lit = moons.nearest(render_moons(np.linspace(0.5, 1, 17))[:, 0] / 255.0)[1]
    assert lit[8] == pytest.approx(0.75, abs=0.003)
    assert smoothness(lit[None])[0] <= 0.01


def test_moons_that_are_not_finite(moons: TrueMoons) -> None:
    pictures = np.stack([np.full((28, 28), np.nan), render_moon(0.3), np.full((28, 28), np.inf)])
    error, lit = moons.nearest(pictures)
    assert np.isnan([error[0], lit[0], error[2], lit[2]]).all()
    assert lit[1] == pytest.approx(0.3, abs=0.003)
    with pytest.raises(CancelledError):
        moons.nearest(pictures, Monitor(is_cancelled=lambda: True))
