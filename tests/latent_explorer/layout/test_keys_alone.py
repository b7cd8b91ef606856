"""What only the mouse did, by keys: buttons, menus, parts of the window, sizes, tips, and signs of the focus."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QToolTip, QWidget

from tests.latent_explorer.program import Program

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(program: Program) -> Program:
    program.wait_for_pictures()
    program.activate()
    return program


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, where the keyboard is."""
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClick(held, key, modifiers)


def focused() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def test_enter_presses_the_button_that_tab_came_to(program: Program) -> None:
    window = program.window
    window.tour.begin()
    program.focus(window.tour.next)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Enter)
    assert window.tour.place == 2
    program.focus(window.toolbar.settings)
    press(Qt.Key.Key_Return)
    assert window.inspector.isVisible()
    # With a modifier it is another key.
    press(Qt.Key.Key_Return, CTRL)
    assert window.inspector.isVisible()


def test_the_tour_gives_the_keyboard_to_the_map(program: Program) -> None:
    window = program.window
    window.tour.begin(focus=True)
    press(Qt.Key.Key_Escape)
    assert window.tour.isHidden()
    assert window.maps[0].hasFocus()


def test_shift_f10_opens_the_menu_of_what_has_the_keyboard(program: Program) -> None:
    shown = program.maps[1]
    program.focus(shown)
    press(Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert "Select with the lasso" in texts
    assert "Fit map to points" in texts
    menu.close()


def test_f6_goes_from_part_to_part_and_back(program: Program) -> None:
    window = program.window
    program.focus(window.maps[0])
    QTest.keySequence(window, QKeySequence("F6"))
    assert window.maps[1].hasFocus()
    QTest.keySequence(window, QKeySequence("F6"))
    assert window.strip.bar.hasFocus()
    QTest.keySequence(window, QKeySequence("F6"))
    assert window.toolbar.isAncestorOf(focused())
    QTest.keySequence(window, QKeySequence("Shift+F6"))
    assert window.strip.bar.hasFocus()
    # What is opened is on the way.
    QTest.keySequence(window, QKeySequence("Ctrl+I"))
    assert window.inspector.isAncestorOf(focused())  # the keyboard goes along
    QTest.keySequence(window, QKeySequence("Ctrl+7"))
    QTest.keySequence(window, QKeySequence("F6"))
    assert window.inspector.isAncestorOf(focused())
    QTest.keySequence(window, QKeySequence("Shift+F6"))
    assert window.strip.isAncestorOf(focused())
    QTest.keySequence(window, QKeySequence("Ctrl+I"))
    assert window.inspector.isHidden()


def test_splitters_by_key(program: Program) -> None:
    window, centre = program.window, program.window.centre
    QTest.keySequence(window, QKeySequence("Ctrl+8"))
    QApplication.processEvents()
    high, left = window.strip.height(), centre.panes.sizes()[0]
    QTest.keySequence(window, QKeySequence("Alt+Shift+Up"))
    QTest.keySequence(window, QKeySequence("Alt+Shift+Right"))
    program.wait(lambda: window.strip.height() == high + 24)
    assert centre.panes.sizes()[0] == left + 24
    QTest.keySequence(window, QKeySequence("Alt+Shift+Down"))
    QTest.keySequence(window, QKeySequence("Alt+Shift+Left"))
    assert centre.panes.sizes()[0] == left
    program.wait(lambda: window.strip.height() == high)
    # What was chosen is kept, as if the mouse had done it.
    assert centre.state()["strip"] == high


def test_a_tip_comes_where_tab_rests(program: Program) -> None:
    window = program.window
    window.toolbar.link.setFocus()
    assert not QToolTip.isVisible()
    press(Qt.Key.Key_Tab)
    assert focused() is window.toolbar.settings
    program.wait(QToolTip.isVisible)
    assert "Ctrl+I" in QToolTip.text()
    press(Qt.Key.Key_Tab)
    program.wait(lambda: QToolTip.isVisible() and "F11" in QToolTip.text())
    QToolTip.hideText()


def test_tab_goes_through_the_toolbar_as_it_is_seen(program: Program) -> None:
    window = program.window
    window.toolbar.data.setFocus()
    places = []
    while window.toolbar.isAncestorOf(focused()):
        places.append(focused().mapTo(window, QPoint(0, 0)).x())
        press(Qt.Key.Key_Tab)
    assert places == sorted(places)


@pytest.mark.parametrize(
    "panel", ["loss", "interpolation", "samples", "own_image", "timeline", "neighbours", "selection", "drawing"]
)
def test_a_panel_opened_by_key_shows_where_the_keyboard_is(program: Program, panel: str) -> None:
    window = program.window
    window.strip.show_panel(panel)
    held = focused()
    program.wait(lambda: held.isVisible() and not held.visibleRegion().isEmpty())
    assert window.strip.isAncestorOf(held)

    def look() -> np.ndarray:
        image = held.grab().toImage().convertToFormat(held.grab().toImage().Format.Format_RGB32)
        shape = image.height(), image.bytesPerLine() // 4, 4
        return np.frombuffer(image.constBits(), np.uint8).reshape(shape)[:, : image.width(), :3].astype(int)

    if panel == "selection":
        program.wait(lambda: len(held._rows) > 0)
    with_keyboard = look()
    held.clearFocus()
    different = np.abs(with_keyboard - look()).max(axis=2) > 40
    assert different.sum() > 40


def test_what_is_come_to_from_outside_is_scrolled_into_sight(program: Program) -> None:
    window = program.window
    window.resize(1204, 620)
    window.strip.show_panel("directions")
    QApplication.processEvents()
    window.toolbar.data.setFocus()
    press(Qt.Key.Key_Backtab, SHIFT)
    held = focused()
    assert window.strip.isAncestorOf(held)
    area = held.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert area is not None
    assert held.visibleRegion().boundingRect().height() == held.height()


def test_a_dialog_from_the_menu_bar_leaves_the_keyboard_on_the_map(program: Program) -> None:
    """As where F1 is pressed after Alt: the bar would have the keyboard with no menu marked."""
    window = program.window
    bar = window.menuBar()
    bar.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    program.wait(window.maps[0].hasFocus)


def test_in_a_presentation_the_keyboard_stays_where_it_is_seen(program: Program) -> None:
    """The strip has no room then, though its panel is at work."""
    window = program.window
    QTest.keySequence(window, QKeySequence("Ctrl+7"))
    QTest.keySequence(window, QKeySequence("F11"))
    program.wait(lambda: window.strip.height() == 0)
    way = []
    for _ in range(20):
        way.append(focused())
        press(Qt.Key.Key_Tab)
    assert not any(window.strip.isAncestorOf(one) for one in way)
    assert {window.maps[0], window.maps[1]} <= set(way)
    window.maps[0].setFocus()
    press(Qt.Key.Key_Backtab, SHIFT)
    assert not window.strip.isAncestorOf(focused())
    window.maps[0].setFocus()
    QTest.keySequence(window, QKeySequence("Ctrl+8"))  # opens for afterwards
    assert window.maps[0].hasFocus()
    QTest.keySequence(window, QKeySequence("F6"))
    assert window.maps[1].hasFocus()
    QTest.keySequence(window, QKeySequence("F6"))
    assert window.maps[0].hasFocus()
    QTest.keySequence(window, QKeySequence("Esc"))
    program.wait(lambda: window.strip.height() > 0)
    assert window.strip.current == "selection"


def test_no_letter_is_the_key_of_two_entries_of_a_menu(program: Program) -> None:
    menus = [action.menu() for action in program.window.menuBar().actions()]
    while menus:
        menu = menus.pop()
        menu.aboutToShow.emit()
        texts = [action.text().replace("&&", "") for action in menu.actions()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(set(letters)) == len(letters), texts
        menus += [action.menu() for action in menu.actions() if action.menu() is not None]
