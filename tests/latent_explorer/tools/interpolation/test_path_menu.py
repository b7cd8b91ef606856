"""Stops chosen with the mouse alone, in the map's menu."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from tests.latent_explorer.program import Program


def menu_of(program: Program) -> QMenu:
    """The menu that is open."""
    program.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.objectName() == "mapMenu"
    return menu


def choose(program: Program, position: QPoint, text: str, pane: int = 0) -> None:
    """Click with the right button and choose an entry."""
    QTest.mouseClick(program.maps[pane], Qt.MouseButton.RightButton, pos=position)
    menu = menu_of(program)
    names = [action.text() for action in menu.actions()]
    action = menu.actions()[names.index(text)]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    program.wait(lambda: QApplication.activePopupWidget() is None)


def spot_of(program: Program, row: int) -> QPoint:
    shown = program.maps[0]
    return QPoint(*(round(at) for at in shown.view.to_pixels(*program.left.codes.points[row].tolist())))


def test_images_and_places_become_stops_and_are_removed(program: Program) -> None:
    state = program.application.tools[InterpolationState]
    spot = spot_of(program, 0)
    choose(program, spot, "A at this image")
    assert state.stops[0] is not None
    row = state.stops[0].row
    away = np.linalg.norm(
        program.left.codes.points[[row, 0]] - program.maps[0].view.to_world(spot.x(), spot.y()), axis=1
    )
    assert away[0] <= away[1]
    place = program.maps[1].view.to_world(4, 3)
    choose(program, QPoint(4, 3), "B here", pane=1)
    assert state.stops[1].pane == 1
    assert np.allclose(state.stops[1].code, place, atol=1e-5)
    program.wait(lambda: program.child("interpolationPanel").isVisible())
    program.wait(lambda: 1 in state.strips)
    choose(program, QPoint(60, 3), "C here", pane=1)
    assert len(state.chosen) == 3
    spot = program.maps[1].view.to_pixels(*place)
    choose(program, QPoint(*(round(at) for at in spot)), "Remove B", pane=1)
    assert [stop.row for stop in state.stops] == [row, None]


def test_the_menu_key_speaks_of_the_cursor(program: Program) -> None:
    shown = program.maps[0]
    program.left.drag_cursor(*shown.view.to_world(7, 5))
    QApplication.sendEvent(shown, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    menu = menu_of(program)
    action = next(action for action in menu.actions() if action.text() == "A here")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    (stop,) = program.application.tools[InterpolationState].stops
    assert np.allclose(stop.code, program.left.cursor, atol=1e-4)


def test_what_the_menu_key_spoke_of_is_forgotten_with_the_menu(program: Program) -> None:
    shown, row = program.maps[0], int(program.left.codes.rows[0])
    shown.setFocus()
    program.left.drag_cursor(*program.left.codes.points[0].tolist())
    QApplication.sendEvent(shown, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    menu = menu_of(program)
    assert program.left.hovered is not None
    # A pointer that was over the map leaves it for the menu, which still refers to the same image.
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert program.left.hovered is not None
    menu.close()
    assert program.left.hovered is None
    # Keys that move the cursor let go of what the pointer rests on, too.
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home):
        program.left.set_hovered(row)
        QTest.keyClick(shown, key)
        QTest.keyClick(shown, Qt.Key.Key_A)
        (stop,) = program.application.tools[InterpolationState].stops
        assert stop.row is None
        assert np.allclose(program.left.plane.project(stop.code[None])[0], program.left.cursor, atol=1e-4)


def test_the_menu_key_ends_a_glide(program: Program) -> None:
    shown, codes = program.maps[0], program.left.codes
    program.wait(lambda: shown.at_rest)
    shown.reduced_motion = False
    program.left.set_codes(replace(codes, points=codes.points * np.float32(3)), program.left.plane)
    assert not shown.at_rest
    program.left.drag_cursor(*program.left.codes.points[0].tolist())
    QApplication.sendEvent(shown, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    assert program.left.hovered is not None
    menu_of(program).close()
    assert shown.view.fitted(shown._bounds).resembles(shown.view), "the view has arrived, too"


def test_no_more_than_eight_stops_are_offered(program: Program) -> None:
    program.application.tools[InterpolationState].set_stops([Stop(row=row) for row in range(8)])
    QTest.mouseClick(program.maps[0], Qt.MouseButton.RightButton, pos=QPoint(4, 3))
    menu = menu_of(program)
    texts = [action.text() for action in menu.actions()]
    assert texts[:2] == ["A here", "B here"]
    assert not any("stop" in text.lower() for text in texts)
    menu.close()
