"""Overlays on a map: cached painting, below or above the points, and drags."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import Tokens, theme
from latent_explorer.core.overlay import Caption, Overlay
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.latent_map import LatentMap
from latent_explorer.map.map_picture import MapPicture
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.selection.overlay import SelectionOverlay
from latent_explorer.tools.selection.state import NAME
from tests.latent_explorer.build import explorer_state, pane_state


class Patch(Overlay):
    """A red square of 40 pixels in the upper left corner that can be dragged."""

    def __init__(self, *parts: object, below: bool = False) -> None:
        super().__init__(*parts)
        self.below = below
        self.shown, self.painted = True, 0
        self.moves: list[tuple[float, float]] = []
        self.released = False
        self.keys: list[tuple[int, tuple[float, float] | None]] = []

    @property
    def active(self) -> bool:
        return self.shown

    def paint(self, painter: QPainter, view: ViewTransform, tokens: Tokens) -> None:
        self.painted += 1
        painter.fillRect(0, 0, 40, 40, QColor("#ff0000"))

    def caption(self, view: ViewTransform) -> Caption:
        return Caption("A patch", (QColor("#000000"), QColor("#ffffff")), "0", "1")

    def over(self, position: QPointF, view: ViewTransform) -> bool:
        return position.x() < 40 and position.y() < 40

    def press(self, position: QPointF, view: ViewTransform) -> bool:
        return self.over(position, view)

    def move(self, position: QPointF, view: ViewTransform) -> None:
        self.moves.append((position.x(), position.y()))

    def release(self, position: QPointF, view: ViewTransform) -> None:
        self.released = True

    def key(self, event: QKeyEvent, world: tuple[float, float] | None) -> bool:
        self.keys.append((event.key(), world))
        return event.key() == Qt.Key.Key_A


def _map(qtbot: QtBot, below: bool) -> tuple[LatentMap, Patch]:
    pane, explorer, tools = pane_state(0), explorer_state(), ToolStates(all_tools())
    patch = Patch(pane, explorer, tools, below=below)
    shown = LatentMap(pane, explorer, [patch])
    shown.resize(400, 400)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    qtbot.waitUntil(lambda: shown.at_rest)
    return shown, patch


@pytest.mark.parametrize("below", [False, True])
def test_it_is_seen_and_painted_once_for_many_cursor_moves(qtbot: QtBot, below: bool) -> None:
    shown, patch = _map(qtbot, below)
    assert shown.grab().toImage().pixelColor(20, 30) == QColor("#ff0000")
    painted = patch.painted
    for place in range(10):
        shown._pane.drag_cursor(0.1 * place, 0.0)
        shown.grab()
    assert patch.painted == painted
    patch.changed.emit()
    shown.grab()
    assert patch.painted == painted + 1


def test_captions_let_see_what_lies_under_the_pointer(qtbot: QtBot) -> None:
    theme().set_appearance("dark")
    shown, _ = _map(qtbot, False)
    shown.grab()

    def whitest() -> int:
        picture = shown.grab(QRect(200, 0, 200, 60)).toImage()
        return max(picture.pixelColor(x, y).lightness() for x in range(200) for y in range(60))

    said = shown.grab_image()
    assert whitest() > 240
    QTest.mouseMove(shown, QPoint(380, 12))
    assert whitest() < 200
    assert shown.grab_image() == said  # exported pictures include the captions
    QTest.mouseMove(shown, QPoint(100, 300))
    assert whitest() > 240


def test_a_small_map_says_it_in_few_words(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, False)
    patch.caption = lambda _view: Caption("a long text " * 50)  # type: ignore[method-assign]
    shown.grab()
    long = shown._captions.height()
    patch.caption = lambda _view: Caption("a long text " * 50, brief="few words")  # type: ignore[method-assign]
    shown.grab()
    assert shown._captions.height() < long / 3
    shown.resize(700, 700)
    shown.grab()
    assert shown._captions.height() < long / 3  # the full text would hide more than a tenth of the map
    patch.caption = lambda _view: Caption("a long text " * 10, brief="few words")  # type: ignore[method-assign]
    shown.grab()
    assert shown._captions.height() > 25


def test_a_sign_comes_before_all_captions_and_overlaps_none(qtbot: QtBot) -> None:
    theme().set_appearance("dark")
    pane, explorer, tools = pane_state(0), explorer_state(), ToolStates(all_tools())
    reported, sign = Patch(pane, explorer, tools), Patch(pane, explorer, tools)
    reported.caption = lambda _view: Caption("a caption")  # type: ignore[method-assign]
    sign.caption = lambda _view: Caption("past", sign=True)  # type: ignore[method-assign]
    shown = LatentMap(pane, explorer, [reported, sign])
    shown.resize(400, 400)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown.at_rest)
    picture = shown.grab().toImage()
    lit = [y for y in range(60) if picture.pixelColor(385, y).lightness() > 200]
    words = [
        y
        for y in range(60)
        if y > lit[-1] and any(picture.pixelColor(x, y).lightness() > 120 for x in range(330, 395))
    ]
    assert lit == list(range(lit[0], lit[-1] + 1))
    assert lit[0] < 12
    assert 12 < len(lit) < 30
    assert min(words) > lit[-1] + 1
    assert shown._captions.top() < lit[0] + 1
    assert shown._captions.bottom() > words[-1]


def test_points_are_seen_over_what_lies_below(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, below=True)
    patch.paint = lambda painter, view, tokens: painter.fillRect(0, 0, 400, 400, QColor("#ff0000"))
    patch.changed.emit()
    shown._hover.set(None)
    image = shown.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(60, 340, 2) for y in range(60, 340, 2)}
    assert "#ff0000" in colours
    assert len(colours) > 20


def test_without_overlays_the_map_is_as_it_was(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, below=True)
    patch.shown = False
    patch.changed.emit()
    assert shown.grab().toImage().pixelColor(20, 60) != QColor("#ff0000")
    assert not shown.stack.has_under


def test_a_hand_takes_hold_of_it_instead_of_the_cursor(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, below=False)
    cursor = shown._pane.cursor
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(shown, QPoint(100, 120))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(100, 120))
    assert patch.moves == [(100.0, 120.0)]
    assert patch.released
    assert shown._pane.cursor == cursor
    assert shown._explorer.picked is None
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert shown._pane.cursor != cursor


def test_what_is_not_shown_takes_no_press_but_hears_keys(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, below=False)
    patch.shown = False
    cursor = shown._pane.cursor
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(shown, QPoint(100, 120))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(100, 120))
    assert not patch.moves
    assert shown._pane.cursor != cursor
    QTest.keyClick(shown, Qt.Key.Key_A)
    assert patch.keys[-1][0] == Qt.Key.Key_A


def test_keys_are_offered_with_the_place_under_the_pointer(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, below=False)
    QTest.mouseMove(shown, QPoint(200, 200))
    QTest.keyClick(shown, Qt.Key.Key_A)
    key, world = patch.keys[-1]
    assert key == Qt.Key.Key_A
    assert world == pytest.approx(shown.view.to_world(200, 200))
    cursor = shown._pane.cursor
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert shown._pane.cursor != cursor


def test_state_tells_where_the_map_looks_and_can_send_it_elsewhere(qtbot: QtBot) -> None:
    shown, _ = _map(qtbot, below=False)
    pane = shown._pane
    assert pane.view == shown.view
    QTest.keyClick(shown, Qt.Key.Key_Plus)
    assert pane.view == shown.view
    there = ViewTransform(10, 10, 0.5, 0.25, 321.0)
    pane.look(there)
    assert (shown.view.x, shown.view.y, shown.view.scale) == (0.5, 0.25, 321.0)
    assert (shown.view.width, shown.view.height) == (400, 400)


def test_points_are_fainter_over_what_is_to_be_read_through_them_on_screen_and_in_files(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, below=True)
    patch.paint = lambda painter, view, tokens: painter.fillRect(0, 0, 400, 400, QColor("#000000"))
    patch.caption = lambda _view: None  # type: ignore[method-assign]

    def brightest(picture: QImage) -> int:
        at = np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        return int(at.reshape(picture.height(), picture.width(), 4)[60:340, 60:340, :3].max())

    def pictures() -> tuple[int, int]:
        patch.changed.emit()
        file = QImage(400, 400, QImage.Format.Format_RGB32)
        with QPainter(file) as painter:
            made = MapPicture(shown._pane, shown._explorer, shown.stack.overlays)
            made.paint(painter, 1.0, theme().tokens, shown.font(), cursor=False)
        return brightest(shown.grab().toImage()), brightest(file)

    shown._pane.drag_cursor(1e6, 0.0)
    plain = pictures()
    patch.opacity_of_points = 0.4
    faint = pictures()
    assert [int(a < 0.6 * b) for a, b in zip(faint, plain, strict=True)] == [1, 1]
    patch.shown = False
    assert shown.stack.opacity_over(shown.stack.active()) == 1


def test_captions_of_a_small_map_are_in_a_row(qtbot: QtBot) -> None:
    pane, explorer, tools = pane_state(0), explorer_state(), ToolStates(all_tools())
    patches = [Patch(pane, explorer, tools) for _ in range(3)]
    for patch in patches:
        patch.caption = lambda _view: Caption("a long text about it", brief="word")  # type: ignore[method-assign]
    shown = LatentMap(pane, explorer, patches)
    shown.resize(400, 300)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    shown.grab()
    in_a_row = shown._captions.height()
    for patch in patches[1:]:
        patch.caption = lambda _view: None  # type: ignore[method-assign,return-value]
    shown.grab()
    assert shown._captions.height() == in_a_row > 0


def test_overlays_learn_where_the_map_itself_says_something(qtbot: QtBot) -> None:
    shown, patch = _map(qtbot, False)
    shown.keep_clear(QRect(40, 350, 200, 20))
    shown.grab()
    shown.grab()
    assert QRectF(40, 350, 200, 20) in patch.clear
    captions = shown._captions
    assert any(rect.contains(captions) for rect in patch.clear)
    painted = patch.painted
    shown.grab()
    assert patch.painted == painted
    # A file has another size: nothing of the window's lies over it.
    image = QImage(560, 520, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        MapPicture(shown._pane, explorer_state(), [patch]).paint(painter, 1.0, theme().tokens, shown.font())
    assert patch.clear == ()


def test_while_a_lasso_is_on_a_drag_over_a_handle_draws_it(qtbot: QtBot) -> None:
    pane, explorer, tools = pane_state(0), explorer_state(), ToolStates(all_tools())
    patch = Patch(pane, explorer, tools)
    shown = LatentMap(pane, explorer, [SelectionOverlay(pane, explorer, tools), patch])
    shown.resize(400, 400)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    for taker, moved in ((NAME, False), ("", True)):
        tools.lasso.take(taker)
        QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        QTest.mouseMove(shown, QPoint(60, 60))
        QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
        assert bool(patch.moves) == moved
