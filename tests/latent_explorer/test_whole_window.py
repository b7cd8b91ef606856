"""The whole window: by keyboard (names, the order of the focus), and room for every panel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDial,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSlider,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import latent_explorer
from latent_explorer.export.dialog import ExportDialog
from latent_explorer.strips.reach_slider import ReachSlider
from latent_explorer.tools.traversal.panel import TraversalPanel
from latent_explorer.tools.traversal.state import TraversalState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.wheel import turn_wheel


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_pictures()
        yield program


def shown_by_turns(program: Program) -> Iterator[str]:
    """One panel after the other, by its shortcut."""
    for panel in program.window.tool_panels:
        QTest.keySequence(program.window, QKeySequence(panel.key))
        program.wait(panel.widget.isVisible)
        program.qtbot.wait(50)
        yield panel.name


def test_whatever_takes_the_focus_has_a_name(program: Program) -> None:
    bare: set[str] = set()
    program.window.centre.show_inspector(True)
    for _ in shown_by_turns(program):
        for widget in program.window.findChildren(QWidget):
            stop = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
            # The field of a spin box speaks for the box, and a tab bar for its tabs.
            if not stop or widget.focusProxy() is not None or widget.objectName().startswith("qt_"):
                continue
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text) and not isinstance(widget, QTabBar):
                bare.add(f"{type(widget).__name__} {widget.objectName()}")
    assert not bare


_TURNED = (QComboBox, QSlider, QTabBar, QAbstractSpinBox, QDial, QLineEdit)


def _turned_by_the_wheel(control: QWidget) -> bool:
    """Whether the wheel changes `control` while another widget has the focus."""

    def place() -> object:
        if isinstance(control, QComboBox | QTabBar):
            return control.currentIndex()
        return control.text() if isinstance(control, QLineEdit | QAbstractSpinBox) else control.property("value")

    former, middle = place(), QPointF(control.rect().center())
    for notches in (1, -1, -1):
        turn_wheel(control, middle, 120 * notches)
        if place() != former:
            return True
    return False


def test_the_wheel_turns_nothing_that_has_no_focus(program: Program) -> None:
    seen: set[str] = set()
    turned: set[str] = set()

    def try_all(window: QWidget) -> None:
        for kind in _TURNED:
            for control in window.findChildren(kind):
                if control.isVisible() and control.isEnabled() and not control.hasFocus():
                    seen.add(control.objectName())
                    if _turned_by_the_wheel(control):
                        turned.add(control.objectName())

    program.window.centre.show_inspector(True)
    for _ in shown_by_turns(program):
        program.window.maps[0].setFocus()
        try_all(program.window)
    assert {"beta-slider", "beta-field", "network-presets", "directionNames", "ownPenWidth", "strip-tabs"} <= seen
    program.application.tools.exports.wanted.emit("panes")
    dialog = program.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.buttons.setFocus()
    former = len(seen)
    try_all(dialog)
    assert len(seen) > former
    dialog.close()
    assert not turned


def test_controls_that_the_wheel_would_turn_are_guarded_wherever_they_are_made() -> None:
    kinds = r"(QComboBox|QSlider|QDial|QTabBar|Q\w*SpinBox)"
    made = re.compile(rf"\b{kinds}\(|class \w+\({kinds}\)")
    bare = [
        path.name
        for path in Path(latent_explorer.__file__).parent.rglob("*.py")
        if made.search(text := path.read_text(encoding="utf-8"))
        and not any(guard in text for guard in ("WheelGuard(", "def wheelEvent"))
    ]
    assert bare == []


def test_the_wheel_over_a_control_scrolls_the_panel_that_it_is_in(program: Program) -> None:
    window = program.window
    window.resize(1204, 480)
    window.centre.show_inspector(True)
    area = window.inspector.findChild(QScrollArea, "training-scroll")
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    program.wait(lambda: bar.maximum() > 40)
    window.maps[0].setFocus()
    for control in (window.inspector.models.network.presets, window.inspector.models.latent):
        bar.setValue(0)
        QTest.qWait(0)
        # To the window, as the system sends it: what the control ignores is passed to its parent.
        place = control.mapTo(window, control.rect().center())
        QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, -120))
        program.wait(lambda: bar.value() > 0)


def test_every_tool_calls_the_models_as_they_are_called_now(program: Program) -> None:
    panes = (program.left, program.right)

    def call(word: str) -> None:
        for pane in panes:
            assert pane.model is not None
            names = (f"{word}{pane.index}", f"{word}{pane.index} in full")
            pane.set_model(replace(pane.model, names=names), pane.frozen)

    def said() -> set[str]:
        labels = [label for panel in program.window.tool_panels for label in panel.widget.findChildren(QLabel)]
        return {label.text() for label in labels}

    call("Ada")
    for _ in shown_by_turns(program):
        pass
    program.wait(lambda: any("Ada" in text for text in said()))
    call("Bo")
    for _ in shown_by_turns(program):
        pass
    program.wait(lambda: not any("Ada" in text for text in said()))
    assert any("Bo" in text for text in said())


def test_tab_goes_through_a_tool_before_it_leaves_it(program: Program) -> None:
    for name in shown_by_turns(program):
        if name != "traversal":
            continue
        program.wait(lambda: all(program.application.tools[TraversalState].rows))
        focus: list[QWidget | None] = []
        for _ in range(6):
            focus.append(QApplication.focusWidget())
            QTest.keyClick(focus[-1] or program.window, Qt.Key.Key_Tab)
        panel = program.child("traversalPanel")
        assert isinstance(panel, TraversalPanel)
        sliders = [widget.accessibleName() for widget in focus if isinstance(widget, ReachSlider)]
        assert sliders == [
            f"Dimension z{dimension + 1} of {model}"
            for model, pane in (("AE", 0), ("VAE", 1))
            for dimension in panel.columns[pane].list.order
        ]


def test_every_panel_has_room_in_a_small_window(program: Program) -> None:
    window = program.window
    assert (window.width(), window.height()) == (1280, 800)
    for name in shown_by_turns(program):
        (tab,) = (tab for tab in window.strip.tabs if tab.name == name)
        page = window.strip.body.currentWidget()
        assert isinstance(page, QScrollArea)
        assert page.widget() is tab.widget
        assert tab.widget.minimumSizeHint().width() <= page.viewport().width(), name
        assert tab.widget.width() == page.viewport().width(), name
        assert window.size().toTuple() == (1280, 800)


def test_the_palette_finds_what_a_panel_can_save(program: Program) -> None:
    program.window.find_command()
    palette = program.window.palette_shown
    QTest.keyClicks(palette.field, "film strips")
    assert palette.list.item(0).text() == "Save film strips as…"
    palette.close()
