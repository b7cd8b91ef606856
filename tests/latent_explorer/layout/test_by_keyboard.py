"""The whole window with keys alone: Tab comes to every control, in the order in which they are seen."""

from __future__ import annotations

from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget

from tests.latent_explorer.program import Program

#: More steps than there are controls.
_MANY = 400


@pytest.fixture
def program(program: Program) -> Program:
    program.wait_for_pictures()
    program.activate()
    return program


def name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"


def stops(program: Program) -> list[QWidget]:
    """What Tab comes to, from the data menu on, until it is there again."""
    first = program.window.toolbar.data
    first.setFocus()
    found: list[QWidget] = []
    for _ in range(_MANY):
        focus = QApplication.focusWidget()
        assert focus is not None
        if found and focus is first:
            return found
        found.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab stays at {name(found[-1])}, after {[name(one) for one in found[-8:]]}")


def regions(program: Program, widgets: list[QWidget]) -> list[str]:
    """The parts of the window on the way, each once in a row."""
    window = program.window
    parts = {
        "toolbar": window.toolbar,
        "left pane": window.panes[0],
        "right pane": window.panes[1],
        "strip": window.strip,
        "training": window.inspector,
    }
    places = [
        next((part for part, whole in parts.items() if whole.isAncestorOf(one)), name(one)) for one in widgets
    ]
    return [place for place, _ in groupby(places)]


def controls(program: Program) -> set[QWidget]:
    """What the user can do something with now, if the keyboard gets there."""
    found = set()
    for widget in program.window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or (
            isinstance(widget, QAbstractButton) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus
        )
        inner = widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QTabBar)
        if takes and widget.isVisible() and widget.isEnabled() and not inner and widget.focusProxy() is None:
            found.add(widget)
    return found


#: Buttons that repeat what a key does where the focus is: they need no stop of their own.
KEYED = {"close-strip"}


def test_tab_comes_to_every_control_in_the_order_in_which_they_are_seen(program: Program) -> None:
    window = program.window
    window.centre.show_inspector(True)
    for panel in ("", *(tab.name for tab in window.strip.tabs)):
        if panel:
            window.strip.show_panel(panel)
        QApplication.processEvents()
        way = stops(program)
        assert regions(program, way) == ["toolbar", "left pane", "right pane", "strip", "training"], panel
        missed = {name(one) for one in controls(program) - set(way) if one.objectName() not in KEYED}
        assert not missed, panel
        # And back the other way.
        QTest.keyClick(way[0], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is way[-1], panel


def test_everything_that_is_hidden_has_a_key(program: Program) -> None:
    """Panels, training settings, search, presentation, legend: by shortcuts that the menus show."""
    shown = {action.objectName(): action.shortcut().toString() for action in program.window.actions()}
    for action in ("toggle-inspector", "toggle-strip", "show-loss", "present", "show-legend", "fit-maps"):
        assert shown[action], action
    keys = [panel.key for panel in program.window.tool_panels]
    assert len(set(keys)) == len(keys)
    assert all(keys)
