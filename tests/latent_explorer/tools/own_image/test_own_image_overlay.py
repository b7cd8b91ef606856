"""The stars of an image of one's own on a map."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.appearance.theme import theme
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.own_image.overlay import OwnImageOverlay
from latent_explorer.tools.own_image.state import OwnImageState, OwnSource
from tests.latent_explorer.build import explorer_state, pane_state, picture
from tests.latent_explorer.pictures import painted
from tests.latent_explorer.tools.own_image.made import encoded, refined
from trainer.latent import plane as planes

VIEW = ViewTransform(200, 200, 0, 0, 50)


@pytest.fixture
def tools(qapp):
    made = ToolStates(all_tools())
    made[OwnImageState].set_source(OwnSource("file", "", picture()))
    return made


@pytest.mark.parametrize("index", [0, 1])
def test_a_star_in_the_panes_colour(tools, qtbot, index):
    overlay = OwnImageOverlay(pane_state(index), explorer_state(), tools)
    assert not overlay.active
    assert overlay.caption(VIEW) is None
    with qtbot.waitSignal(overlay.changed):
        tools[OwnImageState].set_encoded(index, encoded((0.5, -0.5)))
    assert overlay.caption(VIEW).text == "★ your image"
    spot = VIEW.to_pixels(0.5, -0.5)
    assert painted(VIEW, overlay).pixelColor(round(spot[0]), round(spot[1])) == theme().accent(index)
    with qtbot.assertNotEmitted(overlay.changed):
        tools[OwnImageState].set_encoded(1 - index, encoded((0.5, -0.5)))
    with qtbot.waitSignal(overlay.changed):
        tools[OwnImageState].clear()
    assert not overlay.active


def test_beyond_the_edge_an_arrow_tells(tools):
    overlay = OwnImageOverlay(pane_state(0), explorer_state(), tools)
    tools[OwnImageState].set_encoded(0, encoded((9.0, 0.0)))
    assert "outside this view" in overlay.caption(VIEW).text
    image = painted(VIEW, overlay)
    assert image.pixelColor(190, 100) == theme().accent(0)
    assert image.pixelColor(100, 100).alpha() == 0


def test_the_way_of_a_refinement(tools):
    overlay = OwnImageOverlay(pane_state(0), explorer_state(), tools)
    tools[OwnImageState].set_encoded(0, encoded((0.5, -0.5)))
    alone = painted(VIEW, overlay)
    tools[OwnImageState].set_refined(0, refined(((0.5, -0.5), (1.0, 1.0))))
    assert "refined z" in overlay.caption(VIEW).text
    image = painted(VIEW, overlay)
    half = VIEW.to_pixels(0.75, 0.25)
    assert alone.pixelColor(round(half[0]), round(half[1])).alpha() == 0
    assert image.pixelColor(round(half[0]), round(half[1])).alpha() == 255


def test_more_dimensions_and_what_cannot_be_placed(tools):
    pane = pane_state(0, latent=20)
    overlay = OwnImageOverlay(pane, explorer_state(), tools)
    code = np.random.default_rng(0).normal(size=20).astype(np.float32)
    tools[OwnImageState].set_encoded(0, encoded(code, None))
    np.testing.assert_allclose(overlay.star(), pane.plane.project(code[None])[0], rtol=1e-5)
    assert isinstance(pane.plane, planes.Plane)
    for wrong in (code[:3], np.full(20, np.nan)):
        tools[OwnImageState].set_encoded(0, encoded(wrong, None))
        assert not overlay.active
        painted(VIEW, overlay)
