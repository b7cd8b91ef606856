"""The line on a heat map lies between what fails and what does not, over the points, and says at which p."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor

from latent_explorer.appearance.theme import DARK, LIGHT
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.holes.heat_outline import outline
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from latent_explorer.tools.holes.outline_overlay import OutlineOverlay, fails_above, word_places
from latent_explorer.tools.holes.ramp import heat_ramp
from tests.latent_explorer import pictures
from tests.latent_explorer.build import explorer_state, pane_state
from tests.latent_explorer.colour_science import lab, linear
from trainer.metrics.conformal import ALARM

RECT = (-2.0, -2.0, 2.0, 2.0)
HELD_BACK = 1_999


def disc(radius: float, side: int = 161) -> np.ndarray:
    """log10 p: .1 within `radius` of the origin, and from there on falling with the distance."""
    half = 2 - 2 / side
    x, y = np.meshgrid(np.linspace(-half, half, side), np.linspace(-half, half, side))
    apart = np.hypot(x, y)
    return (-1 - np.maximum(apart - radius, 0) * 4).astype(np.float32)


def test_the_line_is_where_p_is_at_the_limit():
    lines = outline(disc(0.7), RECT, ALARM, HELD_BACK)
    assert len(lines) == 1
    # p = .005 where 1 + 4 (r - .7) = -log10 .005.
    radius = 0.7 + (-math.log10(ALARM) - 1) / 4
    np.testing.assert_allclose(np.hypot(*lines[0].T), radius, atol=0.02)
    np.testing.assert_array_equal(lines[0][0], lines[0][-1])


def test_places_whose_p_is_the_limit_fail():
    values = np.full((40, 40), -1.0, np.float32)
    values[10:30, 10:30] = math.log10(ALARM)
    (line,) = outline(values, RECT, ALARM, HELD_BACK)
    # Around the middle of the outermost cells that fail, less than a cell away from it.
    assert np.abs(line).max() > 0.95
    assert np.abs(line).max() < 1.05
    values[10:30, 10:30] = math.log10(ALARM + 1 / (1 + HELD_BACK))
    assert not outline(values, RECT, ALARM, HELD_BACK)


def test_a_hole_among_data_has_a_line_of_its_own_and_noise_has_none():
    values = disc(1.5)
    values[70:90, 70:90] = -3.0
    values[30, 80] = -3.0
    lines = outline(values, RECT, ALARM, HELD_BACK)
    assert len(lines) == 2


@pytest.mark.parametrize(
    "values",
    [np.empty((0, 0), np.float32), np.zeros((1, 9), np.float32), np.full((9, 9), np.nan, np.float32)],
    ids=["none", "one row", "unknown"],
)
def test_nothing_to_outline(values):
    assert outline(values, RECT, ALARM, HELD_BACK) == ()


def test_no_line_where_it_is_unknown_and_lines_end_at_the_unknown():
    assert outline(disc(0.7), RECT, math.nan, HELD_BACK) == ()
    values = disc(0.7)
    values[:80] = np.nan
    (line,) = outline(values, RECT, ALARM, HELD_BACK)
    assert line[:, 1].min() > -0.1
    assert not np.array_equal(line[0], line[-1])


def test_long_lines_are_thinned():
    noise = np.random.default_rng(0).normal(-2.3, 0.5, (400, 400)).astype(np.float32)
    smooth = sum(np.roll(noise, (dx, dy), (0, 1)) for dx in range(-2, 3) for dy in range(-2, 3)) / 25
    lines = outline(smooth.astype(np.float32), RECT, ALARM, HELD_BACK)
    assert sum(map(len, lines)) < 3_000 + 2 * len(lines)


@pytest.fixture
def overlay(qtbot):
    tools = ToolStates(all_tools())
    made = OutlineOverlay(pane_state(), explorer_state(), tools)
    made.keep = tools
    tools.overlays.choose("heat", "density")
    return made


def shown(overlay: OutlineOverlay, **more) -> HeatPicture:
    values = disc(0.7)
    lines = outline(values, RECT, ALARM, HELD_BACK)
    picture = HeatPicture(kind="density", values=values, rect=RECT, fails=ALARM, outline=lines, **more)
    overlay.tools[HeatState].set_picture(0, picture)
    return picture


def test_it_is_painted_over_the_points_with_its_p(overlay):
    assert not overlay.active
    picture = shown(overlay, number=3)
    assert overlay.active
    assert not overlay.below
    assert overlay.word(picture) == "no data: ≤ 0.5 % of images"
    assert list(overlay.made()) == [(3, False)]
    view = ViewTransform(400, 400, 0.0, 0.0, 100.0)
    radius = 100 * (0.7 + (-math.log10(ALARM) - 1) / 4)
    for tokens in (DARK, LIGHT):
        image = pictures.painted(view, overlay, tokens=tokens)
        along = [
            image.pixelColor(round(200 + radius * math.cos(angle)), round(200 + radius * math.sin(angle)))
            for angle in np.linspace(0, 6.2, 120)
        ]
        near = [abs(colour.lightness() - QColor(tokens.text).lightness()) < 60 for colour in along]
        assert np.mean(near) > 0.2  # it is dashed
        assert image.pixelColor(200, 200).alpha() == 0
    (place,) = word_places(picture.outline, view, 100)
    assert fails_above(picture, view, place)
    assert abs(place.y() - (200 - radius)) < 2
    overlay.tools.overlays.choose("heat", "none")
    assert not overlay.active


def test_the_word_is_on_the_side_that_fails(overlay):
    values = disc(1.5)
    values[60:100, 60:100] = -3.0
    lines = outline(values, RECT, ALARM, HELD_BACK)
    picture = HeatPicture(kind="density", values=values, rect=RECT, fails=ALARM, outline=lines)
    view = ViewTransform(400, 400, 0.0, 0.0, 200.0)  # the hole alone
    (place,) = word_places(picture.outline, view, 100)
    assert not fails_above(picture, view, place)


def test_words_stay_inside_the_map_and_apart(overlay):
    picture = shown(overlay)
    close = ViewTransform(300, 300, 0.0, 0.5, 150.0)
    for wide in (100, 180):  # in small and in large type
        roomy = ViewTransform(500, 400, 0.5, 0.0, 200.0)  # the disc reaches over the left edge
        places = word_places(picture.outline, roomy, wide)
        assert places
        assert all(wide / 2 < place.x() < 500 - wide / 2 for place in places)
    for place in word_places(picture.outline, close, 100):
        assert 80 < place.y() < 260
    assert not word_places(picture.outline, ViewTransform(300, 300, 50.0, 0.0, 100.0), 100)
    assert not word_places(picture.outline, ViewTransform(300, 300, 0.0, 0.0, 10.0), 100)  # too small for a word


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_holes_are_conspicuous(tokens):
    """The lightness of data and holes differs by half of all there is, and holes are like the ground."""
    ramp = lab(linear(heat_ramp(tokens) / 255))[:, 0]
    ground = lab(linear(np.array([tokens.map])))[0, 0]
    assert abs(ramp[-1] - ramp[0]) > 45
    assert abs(ramp[0] - ground) < 6
