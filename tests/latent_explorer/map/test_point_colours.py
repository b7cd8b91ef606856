import numpy as np
import pytest

from latent_explorer.appearance.theme import DARK, LIGHT
from latent_explorer.map.class_marks import class_mark
from latent_explorer.map.point_colours import point_colours, ramp, split_colours
from tests.latent_explorer.colour_science import lab
from tests.latent_explorer.colour_science import linear as to_linear
from tests.latent_explorer.map.conftest import data_view

LABELS = np.array([0, 3, 9, 10, 13, -1])
ROWS = np.arange(6)


def colours_of(made):
    return ["#" + bytes(made.palette[i]).hex() for i in made.index]


def test_classes_cycle_after_ten_and_unknown_is_grey():
    made = point_colours(data_view(LABELS), ROWS, "class", frozenset(), DARK)
    c = DARK.classes
    assert colours_of(made) == [c[0], c[3], c[9], c[0], c[3], DARK.grey]
    assert made.grey


def test_shapes_tell_apart_classes_of_one_colour():
    names = set()
    for label in range(100):
        path = class_mark(label, 6.0)
        points = tuple(
            (round(path.elementAt(i).x, 3), round(path.elementAt(i).y, 3)) for i in range(path.elementCount())
        )
        names.add((label % 10, points))
    assert len(names) == 100


def test_greyed_classes_are_grey_others_keep_their_colour():
    made = point_colours(data_view(LABELS), ROWS, "class", frozenset({3, 99}), DARK)
    assert colours_of(made)[:3] == [DARK.classes[0], DARK.grey, DARK.classes[9]]


def test_rows_choose_their_labels():
    made = point_colours(data_view(LABELS), np.array([2, 0]), "class", frozenset(), LIGHT)
    assert colours_of(made) == [LIGHT.classes[9], LIGHT.classes[0]]
    assert not made.grey


def test_split():
    made = point_colours(data_view(LABELS), ROWS, "split", frozenset({0}), DARK)
    train, held_out = split_colours(DARK)
    assert colours_of(made) == [train] * 3 + [held_out] * 3


def test_factor_goes_along_the_ramp():
    labels = np.zeros(100, np.int64)
    made = point_colours(data_view(labels), np.arange(100), "height", frozenset(), DARK)
    assert made.index[0] == 0
    assert made.index[-1] == made.grey_index - 1
    assert (np.diff(made.index.astype(int)) >= 0).all()
    assert not made.grey


def test_a_factor_that_is_not_finite_is_grey():
    data = data_view(np.zeros(4, np.int64))
    assert data.factors is not None
    data.factors[2] = np.nan
    made = point_colours(data, np.arange(4), "height", frozenset(), DARK)
    assert made.index[2] == made.grey_index
    assert made.grey


@pytest.mark.parametrize("what", ["none", "no such factor"])
def test_what_is_unknown_is_neutral(what):
    made = point_colours(data_view(LABELS), ROWS, what, frozenset(), DARK)
    assert set(colours_of(made)) == {DARK.text_2}
    assert set(colours_of(point_colours(None, ROWS, "class", frozenset(), DARK))) == {DARK.text_2}
    beyond = point_colours(data_view(LABELS), ROWS + 1, "class", frozenset(), DARK)
    assert set(colours_of(beyond)) == {DARK.text_2}


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_the_ramp_is_even_in_lightness(tokens):
    light = lab(to_linear(ramp(tokens) / 255))[:, 0]
    steps = np.diff(light) * (1 if tokens.dark else -1)
    assert steps.min() > 0
    assert steps.max() < 2.2 * steps.mean()
    assert abs(light[-1] - light[0]) > 40
