"""The squares of the samples on a map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from latent_explorer.appearance.theme import theme
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.samples.overlay import SamplesOverlay
from latent_explorer.tools.samples.state import SamplesState, Sheet
from tests.latent_explorer.build import explorer_state, pane_state
from tests.latent_explorer.pictures import painted
from trainer.latent import plane as planes
from trainer.reports import Snapshot

VIEW = ViewTransform(200, 200, 0, 0, 50)


@pytest.fixture
def tools(qapp):
    return ToolStates(all_tools())


@pytest.fixture
def pane(qapp):
    return pane_state(0)


@pytest.fixture
def overlay(pane, tools):
    return SamplesOverlay(pane, explorer_state(), tools)


def sheet(pane, tools, codes):
    codes = np.asarray(codes, np.float32)
    return Sheet(
        settings=tools[SamplesState].settings,
        snapshot=Snapshot(number=0, step=0, config=pane.model.config, weights={}),
        codes=codes,
        pictures=np.zeros((len(codes), 28, 28, 1), np.uint8),
        prior="N(0, I)",
    )


def test_shown_with_the_sheets_and_the_switch(overlay, pane, tools, qtbot):
    assert not overlay.active
    tools[SamplesState].set_sheet(0, sheet(pane, tools, [[0, 0], [1, 1]]))
    assert not overlay.active
    with qtbot.waitSignal(overlay.changed):
        tools[SamplesState].set_shown(True)
    assert overlay.active
    assert overlay.caption(VIEW).text == "□ samples: N(0, I)"
    with qtbot.waitSignal(overlay.changed):
        tools.overlays.switch("samples", False)
    assert not overlay.active
    with qtbot.assertNotEmitted(overlay.changed):
        tools[SamplesState].set_shown(False)


def test_squares_are_open_and_are_on_the_codes(overlay, pane, tools):
    tools[SamplesState].set_sheet(0, sheet(pane, tools, [[0, 0], [1, 1], [np.nan, 0]]))
    tools[SamplesState].set_shown(True)
    image = painted(VIEW, overlay)
    accent = theme().accent(0)
    for x, y in ((100, 100), (150, 50)):
        assert QColor.fromRgba(image.pixel(x - 3, y)).hue() == pytest.approx(accent.hue(), abs=6)
        # Inside, the map shows through.
        assert image.pixelColor(x, y).alpha() < 120
    assert image.pixelColor(20, 20).alpha() == 0


def test_the_sample_pointed_at_is_ringed(overlay, pane, tools, qtbot):
    tools[SamplesState].set_sheet(0, sheet(pane, tools, [[0, 0], [1, 1]]))
    tools[SamplesState].set_shown(True)
    plain = painted(VIEW, overlay)
    with qtbot.waitSignal(overlay.changed):
        tools[SamplesState].hover((0, 1))
    ringed = painted(VIEW, overlay)
    assert ringed.pixelColor(150 + 9, 50) != plain.pixelColor(150 + 9, 50)
    tools[SamplesState].hover((1, 1))
    assert painted(VIEW, overlay) == plain
    # A mark outside a sheet that has become smaller belongs to no image.
    tools[SamplesState].select((0, 40))
    assert painted(VIEW, overlay) == plain


def test_codes_follow_the_plane(pane, tools):
    wide = pane_state(1, latent=3)
    overlay = SamplesOverlay(wide, explorer_state(), tools)
    codes = np.eye(3, dtype=np.float32)
    tools[SamplesState].set_sheet(1, sheet(wide, tools, codes))
    np.testing.assert_allclose(overlay.points(), wide.plane.project(codes), atol=1e-6)
    turned = planes.axes(3, 2, 0) if hasattr(planes, "axes") else planes.pca(wide.codes.codes[:50])
    wide.set_codes(replace(wide.codes, points=turned.project(wide.codes.codes)), turned)
    np.testing.assert_allclose(overlay.points(), turned.project(codes), atol=1e-6)


def test_codes_of_another_model_are_not_on_this_map(overlay, pane, tools):
    other = sheet(pane, tools, np.zeros((4, 5)))
    tools[SamplesState].set_sheet(0, other)
    tools[SamplesState].set_shown(True)
    assert not overlay.active
