"""The lasso on a map, the light in both maps, and the contact sheet: real mouse and keys."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.selection import NOTHING, SelectionState, row_set
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.selection.halo import Halo, points_of
from latent_explorer.tools.selection.overlay import SelectionOverlay
from latent_explorer.tools.selection.panel import SelectionPanel
from latent_explorer.tools.selection.state import BY_NUMBER, NAME, SelectionPanelState
from latent_explorer.tools.selection.words import selected_text
from tests.latent_explorer.build import explorer_state, pane_state

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SQUARE = ((120, 130), (260, 130), (260, 250), (120, 250))


class Desk:
    """Two maps and the panel."""

    def __init__(self, qtbot: QtBot, count: int = 2000, classes: int = 10) -> None:
        self.bot = qtbot
        self.explorer = explorer_state(count=count, classes=classes)
        self.panes = (pane_state(0, count=count), pane_state(1, count=count))
        self.tools = ToolStates(all_tools())
        self.state = self.tools[SelectionPanelState]
        self.wanted: list[str] = []
        self.tools.panel_wanted.connect(self.wanted.append)
        self.maps = [
            LatentMap(pane, self.explorer, [SelectionOverlay(pane, self.explorer, self.tools)])
            for pane in self.panes
        ]
        for shown in self.maps:
            shown.resize(400, 400)
            qtbot.addWidget(shown)
            shown.show()
            qtbot.waitExposed(shown)
        self.panel = SelectionPanel(self.explorer, TrainingState(), self.panes, self.tools)
        self.panel.resize(900, 200)
        qtbot.addWidget(self.panel)

    def open(self) -> None:
        self.panel.show()
        self.bot.waitExposed(self.panel)
        self.panel.redraw()

    @property
    def rows(self) -> np.ndarray:
        return self.explorer.selection.rows

    def draw(
        self, *corners: tuple[int, int], modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        points = [QPoint(*corner) for corner in corners]
        QTest.mousePress(self.maps[0], Qt.MouseButton.LeftButton, modifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(self.maps[0], point)
        QTest.mouseRelease(self.maps[0], Qt.MouseButton.LeftButton, modifier, points[-1])

    def lasso(
        self, *corners: tuple[int, int], modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.maps[0].setFocus()
        if self.tools.lasso.taker != NAME:
            QTest.keyClick(self.maps[0], Qt.Key.Key_L)
        self.draw(*corners, modifier=modifier)

    def expected(self, left: float, top: float, right: float, bottom: float) -> np.ndarray:
        codes = self.panes[0].codes
        assert codes is not None
        pixels = np.array([self.maps[0].view.to_pixels(*point) for point in codes.points.tolist()])
        inside = (pixels >= (left, top)).all(axis=1) & (pixels < (right, bottom)).all(axis=1)
        return codes.rows[inside]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_l_and_a_drag_select_the_images_inside_and_open_the_sheet(desk: Desk) -> None:
    cursor = desk.panes[0].cursor
    desk.lasso(*SQUARE)
    wanted = desk.expected(120, 130, 260, 250)
    assert len(wanted) > 100
    # An edge that goes through a pixel may be taken either way.
    assert len(np.setxor1d(desk.rows, wanted)) <= 0.01 * len(wanted) + 2
    assert desk.panes[0].cursor == cursor
    assert desk.wanted == [NAME]
    assert desk.tools.lasso.taker == ""  # the next drag moves the cursor again


def test_ctrl_adds_shift_takes_out_and_both_keep_the_lasso(desk: Desk) -> None:
    desk.lasso(*SQUARE)
    first = desk.rows
    desk.lasso((260, 130), (330, 130), (330, 250), (260, 250), modifier=CTRL)
    assert np.isin(first, desk.rows).all()
    assert len(desk.rows) > len(first)
    assert desk.tools.lasso.taker == NAME
    desk.draw((110, 120), (340, 120), (340, 260), (110, 260), modifier=SHIFT)
    assert len(desk.rows) == 0
    assert desk.explorer.selection.now is NOTHING
    QTest.keyClick(desk.maps[0], Qt.Key.Key_Escape)
    assert desk.tools.lasso.taker == ""


@pytest.mark.parametrize("count", [0, 1, 5, 3_000, 70_000])
def test_a_remembered_selection_is_small_and_whole(count: int) -> None:
    """Fifty of nearly all of 70,000 images, as undoing keeps them, take less than a megabyte."""
    rows = row_set(np.random.default_rng(count).choice(70_000, count, replace=False))
    state, changes = SelectionState(), []
    state.changed.connect(lambda: changes.append(1))
    state.set_rows(rows)
    kept = state.now
    assert len(kept) == len(state.rows) == count
    assert 50 * kept.nbytes < 1_000_000
    state.set_rows([3, 1])
    state.restore(kept)
    assert np.array_equal(state.rows, rows)
    assert state.rows.dtype == np.int64
    assert not state.rows.flags.writeable
    assert len(changes) == (3 if count else 2)
    state.set_rows(rows)
    assert state.now is kept


def test_an_empty_lasso_leaves_the_selection(desk: Desk) -> None:
    desk.lasso(*SQUARE)
    before, reported = desk.explorer.selection.now, []
    desk.state.drawn_empty.connect(lambda: reported.append(1))
    desk.lasso((1, 1), (9, 1), (9, 9), (1, 9))
    assert desk.explorer.selection.now is before
    assert reported == [1]
    desk.draw((200, 200))  # a mere click
    assert reported == [1]


def test_another_tools_lasso_ends_this_one(desk: Desk) -> None:
    desk.tools.lasso.take(NAME)
    desk.tools.lasso.take("directions")
    desk.draw(*SQUARE)
    assert not len(desk.rows)


def test_the_selection_lights_up_in_both_maps(desk: Desk) -> None:
    before = [shown.grab_image() for shown in desk.maps]
    desk.explorer.selection.set_rows(np.arange(5))
    for shown, former in zip(desk.maps, before, strict=True):
        assert shown.grab_image() != former
        codes = shown._pane.codes
        assert codes is not None
        overlay = shown.stack.overlays[0]
        assert overlay.caption(shown.view).text.startswith("selected: 5 images of")


def test_the_line_goes_round_every_point() -> None:
    pane = pane_state(0, count=50)
    assert pane.codes is not None
    view = ViewTransform(300, 200, 0, 0, 30)
    rows = row_set([3, 7, 49, 1000])
    points = points_of(pane.codes, rows)
    assert len(points) == 3
    image = Halo().draw(points, view, QColor("#ffffff"))
    for x, y in points.tolist():
        px, py = map(round, view.to_pixels(x, y))
        if not (8 < px < 292 and 8 < py < 192):
            continue
        assert image.pixelColor(px, py).alpha() == 0
        ring = [image.pixelColor(px + dx, py).alpha() for dx in range(-7, 8)]
        assert ring.count(255) >= 2


def ringed(points: np.ndarray, view: ViewTransform) -> np.ndarray:
    """Where the line is, found pixel by pixel: bool (height, width)."""
    width, height = round(view.width), round(view.height)
    marked = {
        (
            math.floor(view.width / 2 + (x - view.x) * view.scale),
            math.floor(view.height / 2 - (y - view.y) * view.scale),
        )
        for x, y in points.tolist()
    }
    plus = {(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)}
    square = {(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)}
    inside = marked
    for step in (plus, square, plus):
        inside = {(x + dx, y + dy) for x, y in inside for dx, dy in step}
    outside = {(x + dx, y + dy) for x, y in inside for dx, dy in plus} - inside
    found = np.zeros((height, width), bool)
    for x, y in outside:
        if 0 <= x < width and 0 <= y < height:
            found[y, x] = True
    return found


@pytest.mark.parametrize(("width", "height"), [(1, 1), (56, 31), (57, 64), (120, 130), (125, 7)])
@pytest.mark.parametrize("count", [0, 1, 40, 900])
def test_the_line_is_the_same_pixel_by_pixel(width: int, height: int, count: int) -> None:
    halo, rng = Halo(), np.random.default_rng(count)
    for scale in (1.0, 30.0):  # in memory that it has used before
        points = rng.normal(size=(count, 2)).astype(np.float32)
        view = ViewTransform(width, height, 0.1, -0.2, scale)
        image = halo.draw(points, view, QColor("#ffffff"))
        drawn = [[image.pixelColor(x, y).alpha() == 255 for x in range(width)] for y in range(height)]
        assert np.array_equal(drawn, ringed(points, view))


def test_the_line_round_a_large_selection_follows_a_pan() -> None:
    pane = pane_state(0, count=70_000)
    assert pane.codes is not None
    points, halo = points_of(pane.codes, row_set(np.arange(0, 70_000, 3))), Halo()
    took = []
    for step in range(20):
        start = time.thread_time()
        halo.draw(points, ViewTransform(900, 900, 0.01 * step, 0, 80), QColor("#ffffff"))
        took.append(time.thread_time() - start)
    assert min(took) < 0.02


def test_words_of_a_selection() -> None:
    data = explorer_state(count=20, classes=4).data
    assert data is not None
    data = replace(
        data, labels=np.array([0] * 10 + [1] * 5 + [2] * 3 + [3] * 2), label_names=("a & b", "c", "d", "e")
    )
    assert selected_text(np.arange(20), data) == "20 images of 4 classes: a & b (10), c (5), d (3) …"
    assert selected_text(np.arange(4), data) == "4 images of class a & b"
    assert selected_text(np.array([4]), data) == "1 image of class a & b"
    assert selected_text(np.arange(4), replace(data, labels=None)) == "4 images"


# ---------------------------------------------------------------- the sheet


def cell(desk: Desk, place: int) -> QPoint:
    return desk.panel.sheet.cell_rect(place).center()


def test_the_sheet_shows_the_selection_or_else_all(desk: Desk) -> None:
    desk.open()
    assert len(desk.panel.sheet.rows) == 2000
    assert desk.panel.text.text() == "Nothing is selected: all 2,000 images."
    desk.explorer.selection.set_rows([5, 3, 900])
    desk.panel.redraw()
    assert desk.panel.sheet.rows.tolist() == [3, 5, 900]
    desk.explorer.selection.set_rows([4])  # one image
    desk.panel.redraw()
    assert desk.panel.sheet.rows.tolist() == [4]
    assert not desk.panel.use.isEnabled()
    assert "at least two" in desk.panel.use.toolTip()


def test_a_click_picks_and_hover_lights_up(desk: Desk) -> None:
    desk.open()
    desk.explorer.selection.set_rows(np.arange(100, 160))
    desk.panel.redraw()
    viewport = desk.panel.sheet.viewport()
    QTest.mouseMove(viewport, cell(desk, 4))
    assert desk.explorer.hovered == 104
    QTest.mouseMove(viewport, cell(desk, 5))
    assert desk.explorer.hovered == 105
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=cell(desk, 7))
    assert desk.explorer.picked == 107


def test_the_keyboard_moves_and_picks(desk: Desk) -> None:
    desk.open()
    sheet = desk.panel.sheet
    sheet.setFocus()
    desk.bot.waitUntil(sheet.hasFocus)
    columns = sheet.columns
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(sheet, key)
    assert sheet.current == 2 * columns
    assert desk.explorer.hovered == 2 * columns
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert desk.explorer.picked == 2 * columns
    QTest.keyClick(sheet, Qt.Key.Key_End)
    assert sheet.current == 1999
    assert sheet.cell_rect(1999).bottom() <= sheet.viewport().height()
    QTest.keyClick(sheet, Qt.Key.Key_Home)
    assert (sheet.current, sheet.verticalScrollBar().value()) == (0, 0)


def test_only_pictures_in_sight_are_drawn(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(qtbot, 70_000)
    desk.open()
    sheet = desk.panel.sheet
    drawn: list[int] = []
    paint = type(sheet)._paint_cell
    monkeypatch.setattr(
        type(sheet),
        "_paint_cell",
        lambda self, painter, place, row: (drawn.append(place), paint(self, painter, place, row)),
    )
    sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().maximum())
    drawn.clear()
    sheet.viewport().grab()
    assert 69_999 in drawn
    assert len(drawn) < 200


def test_many_classes_open_at_once_and_are_searched(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 20_000, classes=10_000)
    desk.open()
    menu = desk.panel.classes.menu_shown
    desk.panel.classes.open_menu()
    assert len(menu.actions()) < 210
    labels = [label.text() for label in menu.findChildren(type(desk.panel.text).__mro__[1])]
    assert "200 of 10,000" in labels
    menu.close()
    desk.panel.classes.select(77)
    assert desk.explorer.data is not None
    np.testing.assert_array_equal(desk.rows, np.flatnonzero(desk.explorer.data.labels == 77))


def test_the_order_by_a_loss_is_worst_first(desk: Desk) -> None:
    from latent_explorer.core.losses import PaneLosses

    losses = np.random.default_rng(0).random(2000).astype(np.float32)
    losses[7] = np.nan
    desk.explorer.losses.set_offered(("reconstruction:0",))
    desk.explorer.losses.set_measured(0, PaneLosses(step=3, number=1, values={"reconstruction": losses}))
    desk.open()
    desk.explorer.selection.set_rows(np.arange(100))
    desk.panel.redraw()
    desk.panel.order.setFocus()
    QTest.keyClick(desk.panel.order, Qt.Key.Key_Down)
    QTest.keyClick(desk.panel.order, Qt.Key.Key_Return)
    assert desk.state.order == "reconstruction:0"
    desk.panel.redraw()
    shown = desk.panel.sheet.rows
    assert shown[-1] == 7
    np.testing.assert_array_equal(shown[:-1], np.argsort(-np.where(np.isnan(losses[:100]), -1, losses[:100]))[:-1])
    desk.explorer.losses.set_state(frozenset({0}), False)
    desk.panel.redraw()
    assert "Losses of step 3" in desk.panel.text.text()
    desk.explorer.losses.set_offered(())
    desk.panel.redraw()
    assert desk.state.order == BY_NUMBER


def test_setting_equal_rows_says_nothing() -> None:
    state, reported = SelectionState(), []
    state.changed.connect(lambda: reported.append(1))
    state.set_rows([])
    state.set_rows([2, 1, 2])
    state.set_rows(np.array([1, 2]))
    assert reported == [1]
    state.remove([1, 2])
    assert state.now is NOTHING


def test_the_name_of_a_part_of_a_data_set() -> None:
    from latent_explorer.words.trainer_names import shown_name

    assert shown_name("MNIST · 500 / 70,000") == "MNIST · 500 / 70,000"
    assert shown_name("My · folder") == "My · folder"


def test_without_images_the_sheet_shows_the_marks_of_the_classes(desk: Desk) -> None:
    data = desk.explorer.data
    desk.explorer.set_data(replace(data, images=None, fingerprint="without images"))
    desk.open()
    desk.explorer.selection.set_rows(np.arange(6))
    desk.panel.redraw()
    sheet = desk.panel.sheet
    shown = sheet.viewport().grab().toImage()
    for place in range(6):
        area = sheet.cell_rect(place)
        middle = QPoint(area.center().x(), area.top() + area.width() // 2)
        wanted = QColor(theme().tokens.classes[int(data.labels[place]) % 10])
        # Near the middle, in which a star's or a cross's arms meet.
        assert wanted.rgb() in {
            shown.pixelColor(middle + QPoint(dx, dy)).rgb() for dx in range(-2, 3) for dy in range(-2, 3)
        }
