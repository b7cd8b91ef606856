"""The lasso on a map: real mouse and keys, and which images it finds."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.core.pane import PaneCodes
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.lasso_rows import rows_inside
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.directions.lasso_overlay import LassoOverlay
from latent_explorer.tools.directions.state import DirectionsState
from tests.latent_explorer.build import explorer_state, pane_state


class Desk:
    """A map with a lasso."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pane, self.explorer, self.tools = (
            pane_state(0, count=2000),
            explorer_state(count=2000),
            ToolStates(all_tools()),
        )
        self.state = self.tools[DirectionsState]
        self.wanted: list[str] = []
        self.tools.panel_wanted.connect(self.wanted.append)
        self.map = LatentMap(self.pane, self.explorer, [LassoOverlay(self.pane, self.explorer, self.tools)])
        self.map.resize(400, 400)
        qtbot.addWidget(self.map)
        self.map.show()
        qtbot.waitExposed(self.map)

    def draw(
        self, *corners: tuple[int, int], modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        points = [QPoint(*corner) for corner in corners]
        QTest.mousePress(self.map, Qt.MouseButton.LeftButton, modifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(self.map, point)
        QTest.mouseRelease(self.map, Qt.MouseButton.LeftButton, modifier, points[-1])

    def expected(self, left: float, top: float, right: float, bottom: float) -> np.ndarray:
        """Rows inside a rectangle of pixels, worked out another way."""
        found = []
        for row, (x, y) in zip(self.pane.codes.rows, self.pane.codes.points, strict=True):
            px, py = self.map.view.to_pixels(float(x), float(y))
            if left <= px < right and top <= py < bottom:
                found.append(int(row))
        return np.array(found)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_images_inside_a_drawn_rectangle_join_the_group(desk: Desk) -> None:
    cursor = desk.pane.cursor
    desk.state.set_lasso(True)
    desk.draw((120, 130), (260, 130), (260, 250), (120, 250))
    rows = desk.state.direction.plus.rows
    wanted = desk.expected(120, 130, 260, 250)
    assert len(wanted) > 100
    # An edge that goes through a pixel may be taken either way.
    assert len(np.setxor1d(rows, wanted)) <= 0.01 * len(wanted) + 2
    assert desk.pane.cursor == cursor
    assert desk.explorer.picked is None
    assert desk.state.direction.plus.parts == ("lasso",)


def test_the_group_that_is_filled_is_chosen_and_shift_takes_out(desk: Desk) -> None:
    desk.state.set_lasso(True)
    desk.state.set_active(1)
    desk.draw((100, 100), (300, 100), (300, 300), (100, 300))
    before = len(desk.state.direction.minus)
    assert before > 100
    assert len(desk.state.direction.plus) == 0
    shift = Qt.KeyboardModifier.ShiftModifier
    desk.draw((150, 150), (250, 150), (250, 250), (150, 250), modifier=shift)
    inside = desk.expected(152, 152, 248, 248)
    assert len(desk.state.direction.minus) < before
    assert not np.isin(inside, desk.state.direction.minus.rows).any()


def test_l_turns_it_on_and_off_and_escape_off(desk: Desk) -> None:
    desk.map.setFocus()
    QTest.keyClick(desk.map, Qt.Key.Key_L)
    assert not desk.state.lasso  # with the panel closed the lasso is not for its groups
    desk.state.set_shown(True)
    QTest.keyClick(desk.map, Qt.Key.Key_L)
    assert desk.state.lasso
    assert desk.wanted == ["directions"]
    QTest.keyClick(desk.map, Qt.Key.Key_L)
    assert not desk.state.lasso
    QTest.keyClick(desk.map, Qt.Key.Key_L)
    QTest.keyClick(desk.map, Qt.Key.Key_Escape)
    assert not desk.state.lasso
    desk.draw((120, 130), (260, 130), (260, 250), (120, 250))
    assert len(desk.state.direction.plus) == 0


def test_while_a_minus_b_plus_c_is_shown_a_drag_moves_the_cursor(desk: Desk) -> None:
    desk.state.set_shown(True)
    desk.state.set_lasso(True)
    desk.state.set_arithmetic(True)
    assert not desk.state.lasso
    desk.state.set_lasso(True)
    assert not desk.state.lasso
    cursor = desk.pane.cursor
    desk.draw((120, 130), (260, 130), (260, 250), (120, 250))
    assert len(desk.state.direction.plus) == 0
    assert desk.pane.cursor != cursor


def test_a_lasso_given_up_on_the_way_takes_nothing(desk: Desk) -> None:
    desk.state.set_lasso(True)
    QTest.mousePress(desk.map, Qt.MouseButton.LeftButton, pos=QPoint(120, 130))
    for corner in ((260, 130), (260, 250), (120, 250)):
        QTest.mouseMove(desk.map, QPoint(*corner))
    desk.state.set_arithmetic(True)
    QTest.mouseRelease(desk.map, Qt.MouseButton.LeftButton, pos=QPoint(120, 250))
    assert len(desk.state.direction.plus) == 0


def test_by_keyboard_corners_at_the_cursor_enclose_images(desk: Desk) -> None:
    desk.state.set_shown(True)
    desk.map.setFocus()
    QTest.keyClick(desk.map, Qt.Key.Key_L)
    view = desk.map.view
    for corner in ((100, 100), (300, 100), (300, 250), (100, 250)):
        desk.pane.drag_cursor(*view.to_world(*corner))
        QTest.keyClick(desk.map, Qt.Key.Key_Space)
    QTest.keyClick(desk.map, Qt.Key.Key_Return)
    taken = set(desk.state.direction.plus.rows.tolist())
    # The polygon is filled as a picture: within a pixel of its edge either answer will do.
    assert (
        set(desk.expected(101, 101, 299, 249).tolist()) <= taken <= set(desk.expected(99, 99, 301, 251).tolist())
    )
    assert len(taken) > 10
    assert desk.state.lasso  # until Esc, as by hand
    for corner in ((100, 100), (300, 100), (300, 250), (100, 250)):
        desk.pane.drag_cursor(*view.to_world(*corner))
        QTest.keyClick(desk.map, Qt.Key.Key_Space)
    QTest.keyClick(desk.map, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert not len(desk.state.direction.plus.rows)


def test_corners_beyond_the_map_count_and_two_are_too_few(desk: Desk) -> None:
    desk.state.set_shown(True)
    desk.map.setFocus()
    QTest.keyClick(desk.map, Qt.Key.Key_L)
    points = desk.pane.codes.points
    left, bottom = points.min(axis=0) - 1
    right, top = points.max(axis=0) + 1
    desk.map.zoom(8)
    for corner in ((left, bottom), (right, bottom)):
        desk.pane.drag_cursor(float(corner[0]), float(corner[1]))
        QTest.keyClick(desk.map, Qt.Key.Key_Space)
    QTest.keyClick(desk.map, Qt.Key.Key_Return)
    assert not len(desk.state.direction.plus.rows)
    for corner in ((left, bottom), (right, bottom), (right, top), (left, top)):
        desk.pane.drag_cursor(float(corner[0]), float(corner[1]))
        QTest.keyClick(desk.map, Qt.Key.Key_Space)
    QTest.keyClick(desk.map, Qt.Key.Key_Return)
    assert len(desk.state.direction.plus.rows) == len(points)


def test_insert_adds_the_image_under_the_pointer_and_delete_takes_it_out(desk: Desk) -> None:
    desk.state.set_shown(True)
    desk.map.setFocus()
    desk.pane.set_hovered(17)
    scale = desk.map.view.scale
    QTest.keyClick(desk.map, Qt.Key.Key_Insert)
    assert desk.state.direction.plus.rows.tolist() == [17]
    desk.pane.set_hovered(None)
    desk.explorer.pick(40)
    QTest.keyClick(desk.map, Qt.Key.Key_Insert)
    assert desk.state.direction.plus.rows.tolist() == [17, 40]
    QTest.keyClick(desk.map, Qt.Key.Key_Delete)
    assert desk.state.direction.plus.rows.tolist() == [17]
    assert desk.map.view.scale == scale
    QTest.keyClick(desk.map, Qt.Key.Key_Minus)  # always the map's own key
    assert desk.state.direction.plus.rows.tolist() == [17]
    assert desk.map.view.scale < scale


@pytest.mark.parametrize("shown", [False, True])
def test_plus_zooms_with_and_without_the_panel(desk: Desk, shown: bool) -> None:
    desk.state.set_shown(shown)
    desk.map.setFocus()
    desk.explorer.pick(40)
    scale = desk.map.view.scale
    QTest.keyClick(desk.map, Qt.Key.Key_Plus)
    assert desk.map.view.scale > scale
    assert len(desk.state.direction.plus) == 0


def test_groups_and_lasso_are_seen(desk: Desk) -> None:
    plain = desk.map.grab().toImage()
    desk.state.set_shown(True)
    desk.state.add_rows(0, np.arange(60), "some")
    desk.state.add_rows(1, np.arange(100, 160), "others")
    assert desk.map.grab().toImage() != plain
    desk.state.set_shown(False)
    desk.map.grab()
    assert not desk.map.stack.overlays[0].active


def test_points_that_are_not_finite_or_out_of_sight_are_never_inside() -> None:
    points = np.float32([[0, 0], [np.nan, 0], [1e9, 0], [-1e30, 1], [np.inf, np.inf], [0.1, 0.1]])
    codes = PaneCodes(np.array([3, 4, 5, 6, 7, 9]), points, points)
    view = ViewTransform(200, 100, 0, 0, 50)
    polygon = [QPointF(0, 0), QPointF(200, 0), QPointF(200, 100), QPointF(0, 100)]
    assert rows_inside(polygon, view, codes).tolist() == [3, 9]
    triangle = [QPointF(90, 40), QPointF(110, 60), QPointF(90, 60)]
    assert rows_inside(triangle, view, codes).tolist() == [3]
