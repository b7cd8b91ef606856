"""F fits the map in use wherever the focus is, Ctrl+0 both; in a field for text an F is a letter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.latent_explorer.program import Program, running


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_codes()
        program.activate()
        yield program


def zoomed(program: Program) -> None:
    for shown in program.maps:
        shown.zoom(2.0)
    assert not program.left.follows
    assert not program.right.follows


def test_f_fits_the_map_that_has_the_focus(program: Program) -> None:
    zoomed(program)
    program.focus(program.maps[1])
    QTest.keyClick(program.maps[1], Qt.Key.Key_F)
    assert not program.left.follows
    assert program.right.follows


def test_f_fits_the_map_of_the_pane_that_has_the_focus(program: Program) -> None:
    zoomed(program)
    overlays = next(
        widget for widget in program.window.panes[0].findChildren(QWidget, "overlaysMenu") if widget.isVisible()
    )
    program.focus(overlays)
    QTest.keyClick(overlays, Qt.Key.Key_F)
    assert program.left.follows
    assert not program.right.follows


def test_f_fits_both_maps_where_the_focus_is_elsewhere(program: Program) -> None:
    for panel in (tab.name for tab in program.window.strip.tabs):
        zoomed(program)
        program.window.strip.show_panel(panel)
        held = program.window.focusWidget()
        assert held is not None
        if isinstance(held, QLineEdit):
            continue
        QTest.keyClick(held, Qt.Key.Key_F)
        assert program.left.follows, panel
        assert program.right.follows, panel


def test_f_fits_from_a_combo_box_of_the_training_settings(program: Program) -> None:
    program.window.centre.show_inspector(True)
    combo = next(box for box in program.window.inspector.findChildren(QComboBox) if box.isVisible())
    program.focus(combo)
    zoomed(program)
    before = combo.currentIndex()
    QTest.keyClick(combo, Qt.Key.Key_F)
    assert combo.currentIndex() == before
    assert program.left.follows


def test_f_in_a_field_for_text_is_a_letter(program: Program) -> None:
    zoomed(program)
    field = QLineEdit(program.window)
    field.show()
    program.focus(field)
    QTest.keyClicks(field, "fF")
    assert field.text() == "fF"
    assert not program.left.follows
    field.deleteLater()


def test_control_0_fits_both_maps(program: Program) -> None:
    zoomed(program)
    program.focus(program.maps[0])
    QTest.keyClick(program.maps[0], Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert program.left.follows
    assert program.right.follows
