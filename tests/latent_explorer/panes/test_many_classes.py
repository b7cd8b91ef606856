"""Thousands of classes: the legend and the menus show some, and a field finds the others."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QWidgetAction

from latent_explorer.controls.name_filter import MOST, NameFilter, add_names, find_names
from latent_explorer.panes.colour_menu import ColourMenu
from latent_explorer.panes.legend import Legend
from latent_explorer.tools.directions.group_row import GroupRow
from latent_explorer.tools.directions.state import DirectionsState
from tests.latent_explorer.build import explorer_state
from tests.latent_explorer.dressed import dressed

LEFT = Qt.MouseButton.LeftButton
MANY = 5_000


@pytest.fixture
def legend(qtbot):
    with dressed():
        legend = Legend(explorer_state(10, count=MANY))
        qtbot.addWidget(legend)
        legend.resize(260, 230)
        legend.show()
        qtbot.waitExposed(legend)
        yield legend


def show_many(legend: Legend, classes: int = MANY) -> None:
    state = legend._explorer
    labels = np.arange(state.data.count) % classes
    names = tuple(f"class {number}" for number in range(classes))
    state.set_data(replace(state.data, labels=labels, label_names=names))


def names_of(legend: Legend) -> list[str]:
    return [switch.name for switch in legend.switches.switches if switch.isVisible()]


def test_showing_5_000_classes_takes_the_window_little_time(legend, qtbot, record_property):
    began = time.thread_time()
    show_many(legend)
    QTest.qWait(0)
    legend.grab()
    took = time.thread_time() - began
    record_property("thread seconds", took)
    # Usually 0.07 s; setting each switch out again took a minute.
    assert took < 1.0


def test_the_first_are_shown_and_how_many_there_are(legend):
    show_many(legend)
    assert names_of(legend) == [f"class {number}" for number in range(MOST)]
    assert legend.filter.count.text() == "200 of 5,000"
    assert legend.filter.isVisible()


def test_few_classes_need_no_field(legend):
    show_many(legend)
    show_many(legend, MOST)
    assert not legend.filter.isVisible()
    assert len(names_of(legend)) == MOST
    legend._explorer.set_colour_by("split")
    assert not legend.filter.isVisible()


def test_a_class_found_by_its_name_is_greyed_by_a_click(legend, qtbot):
    show_many(legend)
    legend._explorer.set_greyed(frozenset({7}))
    qtbot.mouseClick(legend.filter.field, LEFT)
    qtbot.keyClicks(legend.filter.field, "4321")
    assert names_of(legend) == ["class 4321"]
    assert legend.filter.count.text() == "1 found"
    (switch,) = legend.switches.switches
    qtbot.mouseClick(switch, LEFT)
    assert legend._explorer.greyed == {7, 4321}
    assert not switch.isChecked()
    qtbot.mouseClick(switch, LEFT)
    assert legend._explorer.greyed == {7}
    legend.filter.field.clear()
    assert len(names_of(legend)) == MOST
    assert not legend.switches.switches[7].isChecked()


def test_a_found_class_is_seen_alone(legend, qtbot):
    show_many(legend)
    qtbot.keyClicks(legend.filter.field, "class 4999")
    qtbot.keyClick(legend.filter.field, Qt.Key.Key_Return)
    (switch,) = legend.switches.switches
    assert legend.focusWidget() is switch
    qtbot.mouseDClick(switch, LEFT)
    assert legend._explorer.greyed == frozenset(range(MANY)) - {4999}
    qtbot.mouseClick(legend.findChild(QPushButton, "legendAll"), LEFT)
    assert legend._explorer.greyed == frozenset()


def test_a_long_menu_of_names_is_one_column_that_scrolls(qtbot):
    names = [f"class {number}" for number in range(MANY)]
    with dressed():
        menu = QMenu()
        qtbot.addWidget(menu)
        add_names(menu, names, "Find a class", lambda place: QAction(names[place], menu))
        menu.popup(menu.pos())
        qtbot.waitExposed(menu)
        shown = [menu.actionGeometry(action).left() for action in menu.actions() if action.text()]
        assert len(shown) == MOST
        assert len(set(shown)) == 1
        assert menu.height() <= menu.screen().availableGeometry().height()
        menu.close()


def test_more_found_than_can_be_shown_and_none(legend, qtbot):
    show_many(legend)
    qtbot.keyClicks(legend.filter.field, "43")
    assert legend.filter.count.text() == f"50 of {sum('43' in name for name in legend.filter._names)} found"
    assert names_of(legend)[0] == "class 43"
    qtbot.keyClicks(legend.filter.field, "x")
    assert legend.filter.count.text() == "0 found"
    assert names_of(legend) == []


def test_other_data_are_not_filtered_by_what_was_typed(legend, qtbot):
    show_many(legend)
    qtbot.keyClicks(legend.filter.field, "4321")
    show_many(legend, 3_000)
    assert legend.filter.field.text() == ""
    assert legend.filter.count.text() == "200 of 3,000"


def test_arrow_keys_go_through_those_on_show(legend, qtbot):
    show_many(legend)
    qtbot.keyClicks(legend.filter.field, "432")
    first, second = legend.switches.switches[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert legend.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert legend.focusWidget() is legend.switches.switches[-1]


def test_names_are_found_by_words_whole_names_first():
    names = ("dog 12", "cat 1", "1", "12 cats", "CAT 112")
    assert find_names(names, "1") == [2, 3, 0, 1, 4]
    assert find_names(names, "12 cat") == [3, 4]
    assert find_names(names, "x") == []


def listed(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def finder_of(menu: QMenu) -> NameFilter:
    (widget,) = [a.defaultWidget() for a in menu.actions() if isinstance(a, QWidgetAction)]
    return widget


@pytest.fixture
def state():
    """An image of each of 5,000 classes."""
    state = explorer_state(MANY, count=MANY)
    state.set_data(replace(state.data, labels=np.arange(MANY)))
    return state


def test_full_width_letters_find_names_and_are_found():
    assert find_names(["cat 12", "ｄｏｇ", "e\u0301"], "ｃａｔ　１２") == [0]
    assert find_names(["cat 12", "ｄｏｇ", "e\u0301"], "DOG") == [1]
    assert find_names(["cat 12", "ｄｏｇ", "e\u0301"], "é") == [2]


def test_the_menu_of_classes_finds_the_others_too(qtbot, state):
    directions = DirectionsState()
    row = GroupRow(0, state, directions)
    qtbot.addWidget(row)
    row.show()
    button = row.classes
    qtbot.mouseClick(button, LEFT)
    menu = button.menu_shown
    finder = finder_of(menu)
    assert len(listed(menu)) == MOST
    assert finder.count.text() == "200 of 5,000"
    qtbot.keyClicks(finder.field, "4321")
    assert listed(menu) == ["4321"]
    (action,) = [action for action in menu.actions() if action.text()]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert not menu.isVisible()
    group = directions.direction.group(0)
    assert group.rows.tolist() == [4321]
    assert group.parts == ("4321",)


def test_enter_takes_the_first_class_found(qtbot, state):
    directions = DirectionsState()
    row = GroupRow(0, state, directions)
    qtbot.addWidget(row)
    row.show()
    button = row.classes
    qtbot.mouseClick(button, LEFT)
    finder = finder_of(button.menu_shown)
    qtbot.keyClicks(finder.field, "77")
    qtbot.keyClick(finder.field, Qt.Key.Key_Return)
    assert directions.direction.group(0).parts == ("77",)
    assert not button.menu_shown.isVisible()
    # The next time all is as before.
    qtbot.mouseClick(button, LEFT)
    assert finder_of(button.menu_shown).count.text() == "200 of 5,000"
    button.menu_shown.close()


def test_the_menu_of_colours_finds_factors(qtbot):
    state = explorer_state(4)
    factors = np.random.default_rng(0).normal(size=(200, 300)).astype(np.float32)
    names = tuple(f"factor {number}" for number in range(300))
    state.set_data(replace(state.data, factors=factors, factor_names=names))
    button = ColourMenu(state)
    qtbot.addWidget(button)
    button.show()
    qtbot.mouseClick(button, LEFT)
    finder = finder_of(button.menu_shown)
    qtbot.keyClicks(finder.field, "factor 299")
    shown = [action for action in button.menu_shown.actions() if action.text()]
    assert [action.text() for action in shown] == ["factor 299", "Legend…"]
    action = shown[0]
    QTest.mouseClick(button.menu_shown, LEFT, pos=button.menu_shown.actionGeometry(action).center())
    assert state.colour_by == "factor 299"
