"""Numbers can be read over pictures; the arrow to a cursor out of sight covers no words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from latent_explorer.appearance.contrast import contrast
from latent_explorer.appearance.theme import DARK, LIGHT
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.map.axes_layer import AxesLayer
from latent_explorer.map.cursor_layer import CursorLayer
from latent_explorer.map.word_plate import PLATE

HALF = 10.0


def mixed(under: str, over: str, opacity: float) -> str:
    parts = zip(QColor(under).getRgb()[:3], QColor(over).getRgb()[:3], strict=True)
    return QColor(*(round(a * (1 - opacity) + b * opacity) for a, b in parts)).name()


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("tile", ["#000000", "#ffffff"])
def test_numbers_and_names_can_be_read_over_any_picture(tokens, tile):
    plate = mixed(tile, tokens.map, PLATE)
    assert contrast(tokens.text_2, plate) >= 4.5
    assert contrast(tokens.text, plate) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_numbers_have_a_plate(tokens, qtbot):
    layer = AxesLayer()
    layer.names = ("z1", "z2")
    view = ViewTransform(300, 200, 0, 0, 50)
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff00ff"))
    with QPainter(image) as painter:
        layer.paint(painter, view, tokens, QFont(), QRect(0, 0, 300, 200))
    name = layer.names_at(view, QFont())[-1]
    corner = image.pixelColor(int(name.left()) + 1, int(name.bottom()) - 2)
    wanted = QColor(mixed("#ff00ff", tokens.map, PLATE))
    assert all(abs(a - b) <= 3 for a, b in zip(corner.getRgb(), wanted.getRgb(), strict=True))


def arrow(layer: CursorLayer, view: ViewTransform, cursor: tuple[float, float]) -> QRectF:
    x, y, seen = layer.place(view, cursor)
    assert not seen
    return QRectF(x - HALF, y - HALF, 2 * HALF, 2 * HALF)


def test_the_arrow_covers_no_words_wherever_the_cursor_is(qtbot):
    view = ViewTransform(400, 300, 0, 0, 50)
    layer = CursorLayer()
    layer.clear_of = (QRectF(180, 6, 214, 60), QRectF(44, 255, 260, 22), QRectF(3, 6, 20, 14))
    for cursor in [(x, y) for x in range(-12, 13, 2) for y in (-9, -5, 5, 9)] + [(x, 0) for x in (-9, 9)]:
        if abs(cursor[0]) <= 4 and abs(cursor[1]) <= 3:
            continue
        head = arrow(layer, view, cursor)
        assert QRectF(0, 0, 400, 300).contains(head), cursor
        assert not any(head.intersects(words) for words in layer.clear_of), cursor
        assert QRectF(layer.rect(view, cursor)).contains(head)


def test_without_words_the_arrow_is_on_the_edge(qtbot):
    view = ViewTransform(400, 300, 0, 0, 50)
    assert CursorLayer().place(view, (100, 0)) == (388.0, 150.0, False)


def test_where_words_fill_the_map_the_arrow_stays_on_the_edge(qtbot):
    view = ViewTransform(400, 300, 0, 0, 50)
    layer = CursorLayer()
    layer.clear_of = (QRectF(0, 0, 400, 300),)
    assert layer.place(view, (100, 0)) == (388.0, 150.0, False)


def test_the_map_keeps_its_arrow_off_captions_and_off_what_lies_over_it(bench):
    bench.map.keep_clear(QRect(44, 270, 300, 24))
    bench.pane.place_cursor(0.0, -1_000.0)
    bench.map.repaint()
    x, y, seen = bench.map._cursor_layer.place(bench.map.view, bench.pane.cursor)
    assert not seen
    assert y + HALF <= 270
    assert abs(x - 200) < 60


def test_the_corner_for_notes_is_clear_of_all_numbers(bench):
    for scale in (1e-3, 0.5, 80.0, 1e5):
        view = ViewTransform(400, 300, 0, 0, scale)
        layer = AxesLayer()
        layer.names = ("z1", "z2")
        corner = layer.corner(view, bench.map.font())
        room = QRectF(corner.x(), corner.y() - 60, 150, 60)
        texts = layer._lay_out(view, bench.map.font()).texts
        numbers = [rect for rect, _, name in texts if not name]
        assert numbers
        assert not any(rect.adjusted(-3, 0, 3, 0).intersects(room) for rect in numbers), scale
