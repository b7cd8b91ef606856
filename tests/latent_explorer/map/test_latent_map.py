"""The map with real mouse, wheel and key events."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from latent_explorer.appearance.theme import DARK, LIGHT, theme
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.map.latent_map import LatentMap
from tests.latent_explorer.map.conftest import COUNT, clusters
from tests.latent_explorer.wheel import turn_wheel
from trainer.latent.plane import raw

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


def drag(bench, button, start, *stops):
    """Press at `start`, move over `stops`, release at the last."""
    bench.qtbot.mousePress(bench.map, button, pos=QPoint(*start))
    for stop in stops:
        send_move(bench.map, stop, button)
    bench.qtbot.mouseRelease(bench.map, button, pos=QPoint(*stops[-1]))


def send_move(widget, stop, held=Qt.MouseButton.NoButton):
    where = QPointF(*stop)
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, where, widget.mapToGlobal(where), none, held, plain)
    QApplication.sendEvent(widget, event)


def wheel(widget, at, angle=0, pixels=0):
    turn_wheel(widget, QPointF(*at), angle, pixels)


def test_left_drag_moves_the_cursor_from_the_press_on(bench):
    seen = []
    bench.pane.cursor_dragged.connect(lambda: seen.append(bench.map.view.to_pixels(*bench.pane.cursor)))
    drag(bench, LEFT, (50, 60), (80, 90), (200, 210))
    assert [pytest.approx(place) for place in seen] == [(50, 60), (80, 90), (200, 210)]


def test_a_drag_picks_nothing_a_click_picks_the_nearest_image(bench):
    drag(bench, LEFT, (50, 60), (200, 210))
    assert bench.explorer.picked is None
    row = 1234
    x, y = bench.map.view.to_pixels(*bench.points[row].tolist())
    bench.qtbot.mouseClick(bench.map, LEFT, pos=QPoint(round(x), round(y)))
    wx, wy = bench.map.view.to_world(round(x), round(y))
    expected = int(np.hypot(bench.points[:, 0] - wx, bench.points[:, 1] - wy).argmin())
    assert bench.explorer.picked == expected


def test_a_click_far_from_all_points_still_picks(bench):
    bench.qtbot.mouseClick(bench.map, LEFT, pos=QPoint(2, 2))
    assert bench.explorer.picked is not None


def test_double_click_changes_nothing_but_the_cursor(bench):
    view = bench.map.view
    bench.qtbot.mouseDClick(bench.map, LEFT, pos=QPoint(100, 100))
    assert bench.map.view == view
    assert bench.map.drag_mode == "cursor"  # a double click counts as two presses
    bench.qtbot.mouseRelease(bench.map, LEFT, pos=QPoint(100, 100))
    assert bench.map.drag_mode == ""


@pytest.mark.parametrize("button", [RIGHT, MIDDLE])
def test_right_or_middle_drag_pans(bench, button):
    cursor = bench.pane.cursor
    x, y = bench.map.view.to_pixels(1.0, 1.0)
    drag(bench, button, (100, 100), (110, 100), (130, 85))
    assert bench.map.view.to_pixels(1.0, 1.0) == pytest.approx((x + 30, y - 15))
    assert bench.pane.cursor == cursor
    assert not bench.map.findChildren(QMenu)


def test_space_and_left_drag_pans(bench):
    x, y = bench.map.view.to_pixels(0, 0)
    bench.map.setFocus()
    bench.qtbot.keyPress(bench.map, Qt.Key.Key_Space)
    assert bench.map.cursor().shape() == Qt.CursorShape.OpenHandCursor
    drag(bench, LEFT, (100, 100), (140, 120))
    bench.qtbot.keyRelease(bench.map, Qt.Key.Key_Space)
    assert bench.map.view.to_pixels(0, 0) == pytest.approx((x + 40, y + 20))
    assert bench.map.cursor().shape() == Qt.CursorShape.CrossCursor


def test_wheel_and_touchpad_zoom_at_the_pointer(bench):
    before, scale = bench.map.view.to_world(120, 70), bench.map.view.scale
    wheel(bench.map, (120, 70), angle=240)
    assert bench.map.view.to_world(120, 70) == pytest.approx(before)
    assert bench.map.view.scale == pytest.approx(scale * 1.2**2)
    wheel(bench.map, (120, 70), pixels=-25)
    assert bench.map.view.to_world(120, 70) == pytest.approx(before)
    assert bench.map.view.scale < scale * 1.2**2


def test_keys(bench):
    bench.map.setFocus()
    step = bench.map.view.width / bench.map.view.scale / 100
    for key, modifier, expected in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (step, 0)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, (step, 10 * step)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, (-9 * step, 10 * step)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, (-9 * step, 9 * step)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, (0, 0)),
    ):
        bench.qtbot.keyClick(bench.map, key, modifier)
        assert bench.pane.cursor == pytest.approx(expected)
    fitted = bench.map.view
    cursor = bench.pane.cursor
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for key, modifier in ((Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Up, both)):
        bench.qtbot.keyClick(bench.map, key, modifier)
    looked = bench.map.view
    assert (looked.x - fitted.x) * fitted.scale == pytest.approx(fitted.width / 20)
    assert (looked.y - fitted.y) * fitted.scale == pytest.approx(fitted.width / 2)
    assert bench.pane.cursor == cursor
    bench.map.set_view(fitted)
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_Plus)
    assert bench.map.view.scale > fitted.scale
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_Minus)
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_Minus)
    assert bench.map.view.scale < fitted.scale
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_F)
    assert bench.map.view.scale == pytest.approx(fitted.scale)
    bench.map.zoom(3)
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_0)
    assert bench.map.view.scale == pytest.approx(fitted.scale)


def test_the_keyboard_never_loses_the_cursor(bench):
    bench.map.setFocus()
    for _ in range(15):
        bench.qtbot.keyClick(bench.map, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    x, y = bench.map.view.to_pixels(*bench.pane.cursor)
    assert 0 <= x <= 400
    assert 0 <= y <= 300


def test_moving_the_cursor_draws_no_points(bench):
    drawn = bench.map.rasterisations
    drag(bench, LEFT, (50, 60), *[(50 + 5 * i, 60 + 3 * i) for i in range(40)])
    bench.pane.place_cursor(1.0, 1.0)
    bench.qtbot.waitUntil(lambda: bench.map.at_rest)
    bench.map.repaint()
    assert bench.map.rasterisations == drawn


def test_a_short_pan_draws_no_points(bench):
    drawn = bench.map.rasterisations
    drag(bench, RIGHT, (100, 100), (110, 100), (120, 110))
    bench.map.repaint()
    assert bench.map.rasterisations == drawn
    assert bench.map.at_rest


def test_a_panned_picture_equals_a_fresh_one(bench):
    drag(bench, RIGHT, (100, 100), (110, 100), (137, 121))
    panned = bench.map.grab_image()
    bench.map.hide()
    bench.map.show()
    bench.rest()
    assert bench.map.grab_image() == panned


def test_points_have_their_class_colours_where_they_belong(bench):
    image = bench.map.grab_image()
    for label in range(10):
        x, y = bench.map.view.to_pixels(3 * np.cos(label * np.pi / 5), 3 * np.sin(label * np.pi / 5))
        around = [image.pixelColor(round(x) + i, round(y) + j) for i in range(-6, 7) for j in range(-6, 7)]
        brightest = max(around, key=lambda c: c.saturationF() * c.valueF())
        wanted = QColor(DARK.classes[label])
        assert abs(brightest.hue() - wanted.hue()) < 25 or wanted.saturationF() < 0.2


def test_greying_a_class_and_changing_appearance_redraw(bench):
    first = bench.map.grab_image()
    bench.explorer.set_greyed(frozenset(range(1, 10)))
    greyed = bench.map.grab_image()
    assert greyed != first
    x, y = bench.map.view.to_pixels(3 * np.cos(2), 3 * np.sin(2))  # between classes 3 and 4
    around = [greyed.pixelColor(round(x) + i, round(y) + j) for i in range(-9, 10) for j in range(-9, 10)]
    assert max(colour.lightnessF() for colour in around) <= QColor(DARK.grey).lightnessF() + 0.01
    theme().set_appearance("light")
    light = bench.map.grab_image()
    assert light.pixelColor(397, 100).name() == LIGHT.map
    theme().set_appearance("dark")
    bench.explorer.set_greyed(frozenset())
    assert bench.map.grab_image() == first


def test_hover_shows_the_point_and_leaving_hides_it(bench):
    row = 2222
    x, y = bench.map.view.to_pixels(*bench.points[row].tolist())
    send_move(bench.map, (x, y))
    hovered = bench.map._hover.hovered
    assert hovered is not None
    assert hovered.row == row
    assert hovered.title == "class 5"
    assert hovered.picture is not None
    assert "2,222" in hovered.detail
    bench.map.repaint()
    QApplication.sendEvent(bench.map, QEvent(QEvent.Type.Leave))
    assert bench.map._hover.hovered is None


def test_hover_names_the_place_in_the_source_and_the_file(bench):
    row = 2222
    plain = bench.explorer.data
    x, y = bench.map.view.to_pixels(*bench.points[row].tolist())
    send_move(bench.map, (x, y))
    low = bench.map._hover.rect(bench.map.size()).height()
    files = tuple(f"class/{number}.png" for number in range(COUNT))
    bench.explorer.set_data(replace(plain, source_rows=np.roll(np.arange(COUNT), 1), files=files))
    send_move(bench.map, (1, 1))
    send_move(bench.map, (x, y))
    hovered = bench.map._hover.hovered
    assert hovered.row == row
    assert "2,221" in hovered.detail
    assert hovered.file == "class/2222.png"
    bench.map.repaint()
    assert bench.map._hover.rect(bench.map.size()).height() > low


def test_hover_without_images_says_so(bench):
    bench.explorer.set_data(None)
    x, y = bench.map.view.to_pixels(*bench.points[7].tolist())
    send_move(bench.map, (x, y))
    hovered = bench.map._hover.hovered
    assert hovered is not None
    assert hovered.picture is None
    assert hovered.absence
    bench.map.repaint()


def test_new_points_are_followed_until_a_hand_takes_the_view(bench):
    bench.give(bench.points * 3)
    followed = bench.map.view
    assert followed.rect[2] > 8
    wheel(bench.map, (200, 150), angle=120)
    chosen = bench.map.view
    bench.give(bench.points * 2)
    assert bench.map.view == chosen
    bench.map.fit()
    bench.give(bench.points * 2)
    assert bench.map.view.rect[2] > 2 * followed.rect[2]


def test_the_view_stays_while_the_hand_drags(bench):
    view = bench.map.view
    bench.qtbot.mousePress(bench.map, LEFT, pos=QPoint(100, 100))
    bench.give(bench.points * 3)
    assert bench.map.view == view
    bench.qtbot.mouseRelease(bench.map, LEFT, pos=QPoint(100, 100))


def test_a_hand_stops_a_view_on_its_way(bench):
    bench.map.reduced_motion = False
    bench.give(bench.points * 3)
    bench.qtbot.mousePress(bench.map, LEFT, pos=QPoint(100, 100))
    view = bench.map.view
    bench.rest()
    assert bench.map.view == view
    bench.qtbot.mouseRelease(bench.map, LEFT, pos=QPoint(100, 100))


def test_another_model_empties_the_map_and_fits_again(bench):
    bench.map.zoom(5)
    bench.pane.codes = None
    bench.pane.model_changed.emit()
    bench.map.repaint()
    assert bench.map.drawn_points == 0
    points = bench.points + np.float32(100)
    bench.give(points)
    assert bench.map.view.x == pytest.approx(100, abs=0.5)


def test_refreshed_points_glide_and_arrive(bench):
    bench.map.reduced_motion = False
    moved = bench.points + np.float32(0.5)
    bench.give(moved)
    assert not bench.map.at_rest
    bench.map.repaint()
    bench.rest()
    assert bench.map.drawn_points == COUNT
    glided = bench.map.grab_image()
    bench.map.hide()
    bench.map.show()
    assert bench.map.grab_image() == glided


def test_other_rows_do_not_glide(bench):
    bench.map.reduced_motion = False
    bench.give(bench.points[:1000].copy(), np.arange(1000) + 5)
    bench.map.repaint()
    assert not bench.map._motion.running


def test_a_hidden_map_does_nothing(bench):
    bench.map.reduced_motion = False
    bench.map.hide()
    drawn = bench.map.rasterisations
    bench.give(bench.points + np.float32(1))
    QApplication.processEvents()
    assert not bench.map._motion.running
    assert bench.map.rasterisations == drawn


def test_empty_map_says_what_to_do(qtbot):
    latent_map = LatentMap(PaneState(1), ExplorerState())
    qtbot.addWidget(latent_map)
    latent_map.resize(300, 200)
    latent_map.show()
    theme().set_appearance("dark")
    latent_map.repaint()
    image = latent_map.grab_image()
    shades = {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(90, 110)}
    assert len(shades) > 3  # words
    for key in (Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_Right):
        qtbot.keyClick(latent_map, key)
    qtbot.mouseClick(latent_map, LEFT, pos=QPoint(10, 10))
    send_move(latent_map, (20, 20))


def test_points_that_are_not_finite_are_left_out_and_reported(bench):
    points = bench.points.copy()
    points[:5] = np.nan
    points[5] = np.inf
    bench.give(points)
    bench.rest()
    assert bench.map.left_out == 6
    assert bench.map.drawn_points == COUNT - 6
    bench.give(np.full((10, 2), np.nan, np.float32))
    bench.rest()
    assert bench.map.drawn_points == 0


def test_one_dimension(bench):
    points = bench.points.copy()
    points[:, 1] = 0
    bench.pane.plane = raw(1)
    bench.pane.plane_changed.emit()
    bench.give(points)
    bench.rest()
    assert bench.map.drawn_points == COUNT


def test_context_menu_on_right_click_and_menu_key(bench):
    bench.qtbot.mouseClick(bench.map, RIGHT, pos=QPoint(50, 50))
    (menu,) = bench.map.findChildren(QMenu)
    actions = {action.text(): action for action in menu.actions()}
    with bench.qtbot.waitSignal(bench.map.save_requested):
        actions["Save map as…"].trigger()
    bench.map.zoom(4)
    scale = bench.map.view.scale
    actions["Fit map to points"].trigger()
    assert bench.map.view.scale < scale
    actions["Copy map"].trigger()
    assert QApplication.clipboard().image().size() == bench.map.size()
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), bench.map.mapToGlobal(QPoint(0, 0)))
    QApplication.sendEvent(bench.map, event)
    (menu,) = bench.map.findChildren(QMenu)
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_grabbed_image_has_the_cursor_in_the_accent(bench):
    bench.pane.place_cursor(0.0, 0.0)
    x, y = bench.map.view.to_pixels(0, 0)
    image = bench.map.grab_image()
    assert isinstance(image, QImage)
    row = [image.pixelColor(round(x) + i, round(y) + 3).name() for i in range(5, 14)]
    assert DARK.accents[0] in row


def test_a_cursor_outside_the_view_is_pointed_at(bench):
    without = bench.map.grab_image()
    bench.pane.place_cursor(1e4, 0.0)
    image = bench.map.grab_image()
    assert image != without
    y = round(bench.map.view.to_pixels(0, 0)[1])
    assert DARK.accents[0] in {image.pixelColor(x, y).name() for x in range(375, 400)}


def test_names_for_screen_readers_and_tools(bench):
    assert bench.map.objectName() == "latentMap0"
    assert bench.map.accessibleName()
    assert "Arrow keys" in bench.map.accessibleDescription()
    assert bench.map.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_keyboard_focus_can_be_seen(bench):
    bench.map.activateWindow()
    bench.qtbot.waitUntil(bench.map.isActiveWindow)
    bench.map.clearFocus()
    bench.map.setFocus(Qt.FocusReason.TabFocusReason)
    assert bench.map.grab().toImage().pixelColor(1, 150).name() == DARK.accents[0]
    bench.qtbot.mouseClick(bench.map, LEFT, pos=QPoint(200, 150))
    assert bench.map.grab().toImage().pixelColor(1, 150).name() != DARK.accents[0]


def test_many_points_are_drawn_in_steps_that_do_not_block(bench):
    points, _ = clusters(400_000)
    bench.give(points)
    bench.map.repaint()
    assert 0 < bench.map.drawn_points < 400_000  # the first frame shows a sample at once
    bench.rest()
    assert bench.map.drawn_points > 399_000


def test_enter_picks_the_image_nearest_to_the_cursor_and_escape_lets_go(bench):
    row = 1234
    x, y = bench.points[row].tolist()
    bench.pane.drag_cursor(x, y)
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_Return)
    assert bench.explorer.picked == row
    heard = []
    bench.map.map_actions.clear_picked, letting = (
        lambda: heard.append(letting()) or heard[-1],
        bench.map.map_actions.clear_picked,
    )
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_Escape)
    assert bench.explorer.picked is None
    bench.qtbot.keyClick(bench.map, Qt.Key.Key_Escape)  # unused by the map, so that it propagates
    assert heard == [True, False]


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_the_picked_image_has_a_mark_that_does_not_redraw_the_points(bench, tokens):
    theme().set_appearance("dark" if tokens is DARK else "light")
    bench.rest()
    row = int(np.argmax(bench.points[:, 0]))
    bench.pane.drag_cursor(0.0, 0.0)
    spot = QPointF(*bench.map.view.to_pixels(*bench.points[row].tolist())).toPoint()
    before, drawn = bench.map.grab_image(), bench.map.rasterisations
    bench.explorer.pick(row)
    bench.map.repaint()
    marked = bench.map.grab_image()
    assert bench.map.rasterisations == drawn
    ratio = bench.map.devicePixelRatioF()
    changed = [
        (x, y)
        for x in range(marked.width())
        for y in range(marked.height())
        if marked.pixel(x, y) != before.pixel(x, y)
    ]
    away = max(max(abs(x / ratio - spot.x()), abs(y / ratio - spot.y())) for x, y in changed)
    assert 8 <= away <= 14
    shades = [marked.pixelColor(x, y).lightness() for x, y in changed]
    assert max(shades) > 170 if tokens is DARK else min(shades) < 90
    bench.explorer.pick(None)
    assert bench.map.grab_image() == before


def test_a_picked_image_that_is_not_on_the_map_has_no_mark(bench):
    bench.rest()
    before = bench.map.grab_image()
    bench.explorer.pick(COUNT + 5)
    assert bench.map.grab_image() == before
