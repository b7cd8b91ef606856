"""A data point that is pointed at in one map, or picked by keyboard, lights up in the other one, too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from latent_explorer.appearance.theme import DARK, LIGHT, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.map.latent_map import LatentMap
from tests.latent_explorer.map.conftest import COUNT, clusters, data_view
from trainer.latent.plane import raw


def move(shown: LatentMap, place: QPointF) -> None:
    """The pointer goes to a whole pixel, as a mouse's does, even if it was there already."""
    place, none = QPointF(place.toPoint()), Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, place, shown.mapToGlobal(place), none, none, plain)
    QApplication.sendEvent(shown, event)


@dataclass
class Pair:
    """Two maps of the same data, the right one mirrored and without the last thousand rows."""

    window: QWidget
    maps: list[LatentMap]
    panes: list[PaneState]
    explorer: ExplorerState
    points: list[np.ndarray]

    def spot(self, which: int, row: int) -> QPointF:
        return QPointF(*self.maps[which].view.to_pixels(*self.points[which][row].tolist()))

    def hover(self, which: int, row: int) -> None:
        move(self.maps[which], self.spot(which, row))

    def lit(self, which: int) -> int | None:
        hovered = self.maps[which]._hover.hovered
        return None if hovered is None else hovered.row

    def give(self, which: int, points: np.ndarray) -> None:
        self.points[which] = points
        self.panes[which].set_codes(PaneCodes(np.arange(len(points)), points, points), raw(2))

    def alone(self, which: int) -> int:
        """A row that is well in sight on both maps, and found on map `which` where it is shown."""
        for row in range(COUNT - 1000):
            spots = [self.spot(map_, row) for map_ in range(2)]
            inside = all(
                30 < spot.x() < shown.width() - 30 and 30 < spot.y() < shown.height() - 30
                for spot, shown in zip(spots, self.maps, strict=True)
            )
            if inside and self.maps[which].row_near(QPointF(spots[which].toPoint())) == row:
                return row
        raise AssertionError("no such row")


def around(picture: QImage, at: QPointF) -> list[int]:
    """Lightness from the mark outwards to the left, where the ring is crossed."""
    return [picture.pixelColor(int(at.x()) - distance, int(at.y())).lightness() for distance in range(9, 16)]


def slowly(shown: LatentMap) -> None:
    """The points' next way to new places lasts longer than any test."""
    shown._motion._easing.seconds = 10_000.0


def half_way(shown: LatentMap) -> None:
    """The points are half way there, and drawn."""
    easing = shown._motion._easing
    easing._began -= easing.seconds / 2
    shown._next_frame()
    assert shown._motion.running


def other_than(pair: Pair, row: int) -> int:
    """A row of the left map a good way off `row`."""
    return int(np.hypot(*(pair.points[0] - pair.points[0][row]).T).argmax())


@pytest.fixture
def pair(qtbot):
    theme().set_appearance("dark")
    points, labels = clusters()
    explorer = ExplorerState()
    explorer.set_data(data_view(labels, np.full((COUNT, 1, 4, 4), 200, np.uint8)))
    panes = [PaneState(0), PaneState(1)]
    window = QWidget()
    row = QHBoxLayout(window)
    maps = [LatentMap(pane, explorer) for pane in panes]
    for shown in maps:
        shown.reduced_motion = True
        row.addWidget(shown)
    window.resize(900, 420)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    made = Pair(window, maps, panes, explorer, [points, -points[: COUNT - 1000]])
    made.give(0, made.points[0])
    made.give(1, made.points[1])
    qtbot.waitUntil(lambda: all(shown.at_rest for shown in maps))
    return made


def test_a_hovered_point_is_marked_in_the_other_map_with_its_picture(pair):
    row = pair.alone(0)
    before = pair.maps[1].grab().toImage()
    pair.hover(0, row)
    here, there = pair.maps[0]._hover.hovered, pair.maps[1]._hover.hovered
    assert here.row == there.row == row
    assert here.in_full
    assert not there.in_full
    assert there.picture is not None
    assert QPointF(there.x, there.y) == pair.spot(1, row)
    after = pair.maps[1].grab().toImage()
    assert after != before
    # The ring is in the colour of text, the mark in the class's, the picture grey 200.
    at = pair.spot(1, row)
    assert max(around(after, at)) > QColor(DARK.text).lightness() - 40
    card = pair.maps[1]._hover.rect(pair.maps[1].size())
    colours = {after.pixelColor(x, y).name() for x in range(card.left(), card.right()) for y in (int(at.y()),)}
    whole = {
        after.pixelColor(x, y).name()
        for x in range(max(card.left(), 0), min(card.right(), after.width() - 1))
        for y in range(max(card.top(), 0), min(card.bottom(), after.height() - 1), 3)
    }
    assert there.colour.name() in colours
    assert "#c8c8c8" in whole


def test_leaving_the_map_puts_it_out_in_both(pair):
    pair.hover(0, pair.alone(0))
    assert pair.lit(1) is not None
    QApplication.sendEvent(pair.maps[0], QEvent(QEvent.Type.Leave))
    assert pair.lit(0) is None
    assert pair.lit(1) is None
    assert pair.explorer.hovered is None


def test_it_works_in_either_direction(pair):
    row = pair.alone(1)
    pair.hover(1, row)
    assert pair.lit(0) == row
    assert not pair.maps[0]._hover.hovered.in_full


def test_a_row_that_is_not_on_the_other_map_lights_up_nothing_there(pair):
    row = next(
        row
        for row in range(COUNT - 1000, COUNT)
        if pair.maps[0].rect().adjusted(30, 30, -30, -30).contains(pair.spot(0, row).toPoint())
        and pair.maps[0].row_near(QPointF(pair.spot(0, row).toPoint())) == row
    )
    pair.hover(0, row)
    assert pair.lit(0) == row
    assert pair.lit(1) is None
    pair.explorer.set_hovered(COUNT - 1)
    assert pair.lit(0) == COUNT - 1
    assert pair.lit(1) is None


def test_a_point_out_of_sight_lights_up_nothing_until_the_map_looks_there(pair):
    row = pair.alone(0)
    pair.hover(0, row)
    shown = pair.maps[1]
    fitted = shown.view
    shown.set_view(fitted.panned(10 * shown.width(), 0))
    away = pair.spot(1, row)
    assert not shown.rect().contains(away.toPoint())
    assert pair.lit(1) is None
    shown.set_view(fitted)
    assert pair.lit(1) == row


def test_without_the_images_there_is_a_mark_and_no_card(pair):
    labels = pair.explorer.data.labels
    pair.explorer.set_data(data_view(labels))
    row = pair.alone(0)
    pair.hover(0, row)
    assert pair.lit(1) == row
    rect = pair.maps[1]._hover.rect(pair.maps[1].size())
    assert rect.width() < 50
    pair.maps[1].repaint()


def test_while_points_glide_the_mark_goes_along_and_the_point_stays_lit(pair, qtbot):
    row = pair.alone(0)
    pair.hover(0, row)
    shown = pair.maps[1]
    shown.reduced_motion = False
    pair.panes[1].follows = False
    before = pair.spot(1, row)
    former = pair.points[1]
    slowly(shown)
    pair.give(1, former + np.float32(0.4))
    assert shown._motion.running
    assert pair.lit(1) == row
    hovered = shown._hover.hovered
    assert abs(hovered.x - before.x()) < 1e-3
    half_way(shown)
    now = shown._motion._now[np.flatnonzero(shown._motion._rows == row)[0]]
    x, y = shown.view.to_pixels(*now.tolist())
    assert (shown._hover.hovered.x, shown._hover.hovered.y) == pytest.approx((x, y))
    assert abs(hovered.x - before.x()) < 1e-3 < abs(shown._hover.hovered.x - before.x())
    shown._motion._easing.seconds = 0.001
    qtbot.waitUntil(lambda: not shown._motion.running)
    assert QPointF(shown._hover.hovered.x, shown._hover.hovered.y) == pair.spot(1, row)


def test_while_training_the_pointer_finds_points_where_they_are_drawn(pair, qtbot):
    shown = pair.maps[0]
    shown.reduced_motion = False
    pair.panes[0].follows = False
    row = pair.alone(0)
    before = pair.spot(0, row)
    slowly(shown)
    # Far enough for another point to come to where this one is.
    pair.give(0, pair.points[0] + pair.points[0][row] - pair.points[0][other_than(pair, row)])
    assert shown._motion.running
    move(shown, before)
    assert pair.lit(0) == row
    assert pair.lit(1) == row
    half_way(shown)
    shown._motion._easing.seconds = 0.001
    qtbot.waitUntil(lambda: not shown._motion.running)
    # At the end what is under the pointer is lit.
    lit = pair.lit(0)
    assert lit is not None
    assert lit != row
    assert (pair.spot(0, lit) - QPointF(before.toPoint())).manhattanLength() < 3
    assert pair.explorer.hovered == lit


def test_a_refresh_leaves_what_is_under_the_pointer_lit(pair):
    row = pair.alone(0)
    pair.hover(0, row)
    pair.give(0, pair.points[0].copy())
    assert pair.lit(0) == pair.lit(1) == row


def test_an_image_picked_by_keyboard_lights_up_in_both_maps(pair, qtbot):
    shown = pair.maps[0]
    pair.window.activateWindow()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(shown.hasFocus)
    row = pair.alone(0)
    pair.panes[0].drag_cursor(*pair.points[0][row].tolist())
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert pair.explorer.picked == row
    assert pair.lit(0) == row
    assert shown._hover.hovered.in_full
    assert pair.lit(1) == row
    assert not pair.maps[1]._hover.hovered.in_full
    QTest.keyClick(shown, Qt.Key.Key_Left)
    assert pair.lit(0) is None
    assert pair.lit(1) is None
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert pair.lit(0) is not None
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert pair.explorer.picked is None
    assert pair.lit(0) is None


def test_the_pointer_takes_over_from_the_keyboard(pair):
    pair.explorer.set_hovered(12)
    assert pair.lit(0) == 12
    move(pair.maps[0], QPointF(2, 2))
    assert pair.explorer.hovered is None


def test_a_map_without_the_pointer_puts_nothing_out(pair):
    row = pair.alone(0)
    pair.hover(0, row)
    pair.give(1, pair.points[1] * np.float32(1.1))
    pair.maps[1].point_at(None)
    assert pair.lit(0) == pair.lit(1) == row


def test_the_ring_has_the_colours_of_the_appearance(pair):
    row = pair.alone(0)
    pair.hover(0, row)
    theme().set_appearance("light")
    picture = pair.maps[1].grab().toImage()
    assert min(around(picture, pair.spot(1, row))) < QColor(LIGHT.text).lightness() + 40
    theme().set_appearance("dark")


def test_another_data_set_puts_it_out(pair):
    pair.hover(0, pair.alone(0))
    labels = pair.explorer.data.labels
    pair.explorer.set_data(data_view(labels))
    assert pair.explorer.hovered is None
    assert pair.lit(1) is None
