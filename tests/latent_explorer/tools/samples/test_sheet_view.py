"""The sheet: tiles that fit, real mouse and keys, pixels as they should be."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from latent_explorer.tools.samples.sheet_view import SheetView
from latent_explorer.tools.samples.tiling import GAP, tiling


@pytest.mark.parametrize("count", [1, 16, 36, 64, 100, 144, 256])
@pytest.mark.parametrize("room", [(320, 90), (320, 160), (700, 400), (90, 600)])
@pytest.mark.parametrize("picture", [(8, 8), (28, 28), (64, 64), (32, 96)])
def test_tiles_fit_the_room(count, room, picture):
    tiles = tiling(count, picture, room)
    assert tiles.size[0] <= room[0]
    assert tiles.size[1] <= room[1]
    assert tiles.rows * tiles.columns >= count
    if tiles.width >= picture[0]:
        assert tiles.width % picture[0] == tiles.height % picture[1] == 0
    for place in range(count):
        x, y = tiles.corner(place)
        assert tiles.at(x, y) == tiles.at(x + tiles.width + GAP - 1, y + tiles.height - 1) == place
    assert tiles.at(-1, 0) is None
    assert tiles.at(0, tiles.rows * (tiles.height + GAP)) is None


def test_no_room_no_tiles():
    assert tiling(256, (28, 28), (10, 10)) is None


@pytest.fixture
def view(qtbot):
    made = SheetView(0)
    qtbot.addWidget(made)
    made.resize(300, 150)
    made.show()
    qtbot.waitExposed(made)
    return made


def pictures(count=16, side=8, channels=1):
    grey = np.arange(count, dtype=np.uint8) * 10 + 20
    return np.broadcast_to(grey[:, None, None, None], (count, side, side, channels)).copy()


def test_every_sample_is_in_its_tile(view):
    view.show_pictures(pictures())
    shown = view.grab().toImage()
    for place in range(16):
        centre = view.tile_rect(place).center().toPoint()
        assert QColor(shown.pixel(centre)).red() == 20 + 10 * place


def test_colours_stay_in_order(view):
    picture = np.zeros((1, 4, 4, 3), np.uint8)
    picture[..., 0] = 200
    view.show_pictures(picture)
    assert QColor(view.grab().toImage().pixel(5, 5)).getRgb()[:3] == (200, 0, 0)


def test_the_mouse_points_and_chooses(view, qtbot):
    view.show_pictures(pictures())
    spot = view.tile_rect(5).center().toPoint()
    with qtbot.waitSignal(view.hovered) as pointed:
        QTest.mouseMove(view, spot)
    assert pointed.args == [5]
    assert view.pointed == 5
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == [5]
    with qtbot.waitSignal(view.hovered) as pointed:
        QTest.mouseMove(view, QPoint(view.width() - 1, view.height() - 1))
    assert pointed.args == [None]


def test_the_sample_pointed_at_is_enlarged_inside_the_widget(view):
    view.show_pictures(pictures(64))
    plain = view.grab().toImage()
    QTest.mouseMove(view, view.tile_rect(0).center().toPoint())
    large = view.grab().toImage()
    assert plain != large
    assert QColor(large.pixel(40, 40)).red() == 20


def test_the_keyboard_points_and_chooses(view, qtbot):
    view.show_pictures(pictures())
    view.setFocus()
    for key, place in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0)):
        QTest.keyClick(view, key)
        assert view.pointed == place
    QTest.keyClick(view, Qt.Key.Key_Down)
    below = view.pointed
    assert below is not None
    assert view.tile_rect(below).left() == view.tile_rect(0).left()
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [below]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.pointed is None


def test_an_empty_sheet_says_why_and_takes_no_clicks(view, qtbot):
    view.show_pictures(pictures())
    QTest.mouseMove(view, view.tile_rect(3).center().toPoint())
    view.hide_pictures()
    view.show_text("Why there is nothing.")
    assert view.count == 0
    assert view.pointed is None
    with qtbot.assertNotEmitted(view.chosen):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert not view.grab().isNull()
    view.show_pictures(pictures()[:0])
    assert view.count == 0


def test_fewer_pictures_let_go_of_the_one_pointed_at(view):
    view.show_pictures(pictures(16))
    QTest.mouseMove(view, view.tile_rect(15).center().toPoint())
    view.select(15)
    view.show_pictures(pictures(4))
    assert view.pointed is None
    assert not view.grab().isNull()


def test_the_sheet_is_drawn_once(view, monkeypatch):
    view.show_pictures(pictures())
    view.grab()
    kept = view._sheet
    QTest.mouseMove(view, view.tile_rect(2).center().toPoint())
    view.grab()
    assert view._sheet is kept
    view.resize(320, 200)
    view.grab()
    assert view._sheet is not kept


def test_of_equal_tiles_the_fullest_last_row_is_taken() -> None:
    made = tiling(64, (28, 28), (320, 98))
    assert made is not None
    assert (made.columns, made.rows, made.width) == (16, 4, 18)
