"""A - B + C on a map: letters by keys, places, and what is painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.core.tools import ToolStates
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.directions.arithmetic_overlay import ArithmeticOverlay
from latent_explorer.tools.directions.state import DirectionsState, PaneAnalogy
from latent_explorer.tools.interpolation.overlay import PathOverlay
from latent_explorer.tools.interpolation.state import InterpolationState
from tests.latent_explorer.build import explorer_state, pane_state


class Desk:
    """A map with both overlays that listen to A, B and C, in the program's order."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pane, self.explorer, self.tools = (
            pane_state(0, count=2000),
            explorer_state(count=2000),
            ToolStates(all_tools()),
        )
        self.state = self.tools[DirectionsState]
        self.overlay = ArithmeticOverlay(self.pane, self.explorer, self.tools)
        path = PathOverlay(self.pane, self.explorer, self.tools)
        self.map = LatentMap(self.pane, self.explorer, [path, self.overlay])
        self.map.resize(400, 400)
        qtbot.addWidget(self.map)
        self.map.show()
        qtbot.waitExposed(self.map)
        self.map.setFocus()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_letters_take_the_image_under_the_pointer_or_the_picked_one(desk: Desk) -> None:
    desk.state.set_shown(True)
    desk.state.set_arithmetic(True)
    QTest.keyClick(desk.map, Qt.Key.Key_A)  # no image there
    assert desk.state.terms == (None, None, None)
    desk.pane.set_hovered(17)
    QTest.keyClick(desk.map, Qt.Key.Key_A)
    desk.pane.set_hovered(None)
    desk.explorer.pick(40)
    QTest.keyClick(desk.map, Qt.Key.Key_C)
    assert desk.state.terms == (17, None, 40)
    assert not any(desk.tools[InterpolationState].stops)
    QTest.keyClick(desk.map, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert desk.state.terms == (17, None, 40)


def test_letters_are_stops_of_a_path_elsewhere(desk: Desk) -> None:
    desk.pane.set_hovered(17)
    for arithmetic, path in ((False, False), (True, True)):
        desk.state.set_shown(True)
        desk.state.set_arithmetic(arithmetic)
        desk.tools[InterpolationState].set_shown(path)
        QTest.keyClick(desk.map, Qt.Key.Key_A)
        assert desk.state.terms == (None, None, None)
        assert [stop is not None and stop.row for stop in desk.tools[InterpolationState].stops[:1]] == [17]


def test_the_menu_offers_what_the_letters_do(desk: Desk) -> None:
    def offered() -> list[str]:
        return [name for name, _ in desk.map.stack.offers(QPointF(3, 3), desk.map.view)]

    desk.pane.set_hovered(17)
    assert offered() == ["A at this image", "B at this image"]
    desk.state.set_shown(True)
    desk.state.set_arithmetic(True)
    assert offered() == [f"This image as {letter} of A − B + C" for letter in "ABC"]
    desk.map.stack.offers(QPointF(3, 3), desk.map.view)[1][1]()
    assert desk.state.terms == (None, 17, None)
    assert not any(desk.tools[InterpolationState].stops)
    desk.pane.set_hovered(None)
    assert offered() == []
    desk.tools[InterpolationState].set_shown(True)
    assert offered() == ["A here", "B here"]


def test_places_are_those_of_the_images_and_the_result(desk: Desk) -> None:
    assert not desk.overlay.active
    desk.state.set_shown(True)
    desk.state.set_arithmetic(True)
    rows = desk.pane.codes.rows
    desk.state.set_terms((int(rows[3]), int(rows[5]), 10**9))
    assert desk.overlay.active
    first, second, third, result = desk.overlay.places()
    assert np.array_equal(first, desk.pane.codes.points[3])
    assert np.array_equal(second, desk.pane.codes.points[5])
    assert third is None
    assert result is None
    code = desk.pane.codes.codes[7].copy()
    desk.state.set_analogy(0, PaneAnalogy(terms=(3, 5, 7), code=code))
    np.testing.assert_allclose(desk.overlay.places()[3], desk.pane.codes.points[7], atol=1e-5)
    code[0] = np.nan
    assert desk.overlay.places()[3] is None


def test_it_is_seen_while_the_panel_shows_it(desk: Desk) -> None:
    before = desk.map.grab().toImage()
    rows = desk.pane.codes.rows
    desk.state.set_terms((int(rows[3]), int(rows[5]), int(rows[7])))
    assert desk.map.grab().toImage() == before
    desk.state.set_shown(True)
    desk.state.set_arithmetic(True)
    assert desk.map.grab().toImage() != before
    desk.state.set_shown(False)
    assert desk.map.grab().toImage() == before
