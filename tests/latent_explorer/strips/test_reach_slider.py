"""The slider around 0, with real mouse and key events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.strips.reach_slider import ReachSlider


@pytest.fixture
def slider(qtbot: QtBot) -> ReachSlider:
    made = ReachSlider(0, 2.0)
    made.resize(400, 15)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_hand_takes_it_where_it_presses_and_drags_it(slider: ReachSlider) -> None:
    reported: list[float] = []
    slider.moved.connect(reported.append)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(300, 7))
    QTest.mouseMove(slider, QPoint(350, 7))
    QTest.mouseMove(slider, QPoint(900, 7))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(900, 7))
    assert reported == pytest.approx([1.0, 1.5, 2.0])
    QTest.mouseMove(slider, QPoint(10, 7))
    assert slider.place == 2.0
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(202, 7))
    assert slider.place == 0.0


def test_keys_move_it(slider: ReachSlider) -> None:
    reported: list[float] = []
    rows: list[int] = []
    slider.moved.connect(reported.append)
    slider.left.connect(rows.append)
    slider.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_PageDown):
        QTest.keyClick(slider, key)
    assert reported == pytest.approx([0.1, 1.1, 1.0, 0.0, -1.0])
    QTest.keyClick(slider, Qt.Key.Key_Down)
    QTest.keyClick(slider, Qt.Key.Key_Up)
    assert rows == [1, -1]


def test_what_is_set_from_outside_is_kept_and_not_reported(slider: ReachSlider) -> None:
    reported: list[float] = []
    slider.moved.connect(reported.append)
    slider.set_place(7.25)
    assert slider.place == 7.25
    assert slider.value() == slider.maximum()
    slider.set_mark(1.0)
    assert not slider.grab().isNull()
    assert reported == []
