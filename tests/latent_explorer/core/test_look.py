"""A pane at one moment: what it holds, and what counts as the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.look import PARTS, Look, look_at, same
from latent_explorer.core.pane import PaneState
from latent_explorer.core.view_transform import ViewTransform
from tests.latent_explorer.build import explorer_state, pane_state

#: What the map holds its hidden dimensions at.
HIDDEN = np.array([1.0, 2.0, 3.0], np.float32)


@pytest.fixture
def pane(qapp: object) -> PaneState:
    made = pane_state(latent=3)
    made.set_view(ViewTransform(300, 200))
    made.set_picture(made.codes.codes[0], np.zeros((28, 28, 1), np.uint8), 0.1)
    return made


@pytest.fixture
def explorer(qapp: object) -> ExplorerState:
    made = explorer_state()
    made.pick(7)
    return made


def taken(pane: PaneState, explorer: ExplorerState, *parts: str) -> Look:
    look = look_at(pane, explorer, lambda index: HIDDEN, *parts)
    assert look is not None
    return look


def test_a_look_holds_what_it_was_taken_with(pane: PaneState, explorer: ExplorerState) -> None:
    look = taken(pane, explorer, *PARTS)
    assert look.codes is pane.codes
    assert look.traits is pane.model.traits
    assert look.number == pane.codes.number
    assert look.images is explorer.data.images
    np.testing.assert_array_equal(look.picked_code, pane.codes.codes[7])
    np.testing.assert_array_equal(look.lift(np.ones((2, 2))), pane.plane.lift(np.ones((2, 2)), HIDDEN))
    bare = taken(pane, explorer)
    assert [getattr(bare, part) for part in PARTS] == [None] * len(PARTS)
    assert (bare.images, bare.picked_code, bare.picked_spread) == (None, None, None)


def test_it_keeps_the_hidden_code_as_it_was(pane: PaneState, explorer: ExplorerState) -> None:
    moving = HIDDEN.copy()
    look = look_at(pane, explorer, lambda index: moving, "hidden")
    moving += 1
    np.testing.assert_array_equal(look.hidden, HIDDEN)


@pytest.mark.parametrize("part", PARTS)
def test_looks_differ_by_the_parts_that_they_hold_alone(
    pane: PaneState, explorer: ExplorerState, part: str
) -> None:
    changes = {
        "hidden": HIDDEN + 1,
        "view": pane.view.panned(1, 0),
        "code": pane.codes.codes[1],
        "picture": pane.picture.copy(),
        "picked": 8,
        "data": replace(explorer.data),
    }
    look = taken(pane, explorer, *PARTS)
    assert look.same(taken(pane, explorer, *PARTS))
    other = replace(look, **{part: changes[part]})
    assert not look.same(other)
    assert look.same(other, tuple(name for name in PARTS if name != part))


def test_weights_plane_model_and_pane_always_count(pane: PaneState, explorer: ExplorerState) -> None:
    look = taken(pane, explorer)
    for change in (
        {"codes": replace(pane.codes)},
        {"plane": replace(pane.plane)},
        {"model": replace(pane.model, generation=2)},
        {"axes": "pca"},
        {"index": 1},
    ):
        assert not look.same(replace(look, **change), ())


def test_there_is_none_without_codes_or_of_a_model_that_is_awaited(
    pane: PaneState, explorer: ExplorerState
) -> None:
    codes, plane = pane.codes, pane.plane
    pane.set_model(replace(pane.model, config=replace(pane.model.config, latent=5)))
    assert look_at(pane, explorer, lambda index: HIDDEN) is None
    pane.set_codes(codes, plane)
    assert look_at(pane, explorer, lambda index: HIDDEN) is None
    pane.set_model(None)
    assert look_at(pane, explorer, lambda index: HIDDEN) is None


def test_questions_are_compared_cheaply(pane: PaneState, explorer: ExplorerState) -> None:
    code, many = np.array([1.0, np.nan]), np.zeros((3, 2))
    looks = (taken(pane, explorer, "view"), taken(pane, explorer, "view"))
    assert same((looks[0], "kind", 3, True, code, (None,)), (looks[1], "kind", 3, True, code.copy(), (None,)))
    for first, second in ((1, 2), (1, True), ("a", None), (code, code + 1), (many, many.copy()), ((1,), (1, 2))):
        assert not same(first, second)
    assert same(many, many)
