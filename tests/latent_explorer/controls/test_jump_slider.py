"""The slider whose handle jumps to a press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.controls.jump_slider import JumpSlider


@pytest.fixture
def slider(qtbot: QtBot) -> JumpSlider:
    made = JumpSlider()
    qtbot.addWidget(made)
    made.setRange(0, 63)
    made.resize(400, 24)
    made.show()
    return made


def test_a_press_on_the_groove_takes_the_handle_there(slider: JumpSlider) -> None:
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(200, 12))
    assert abs(slider.value() - 31.5) <= 1.5
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(1, 12))
    assert slider.value() == 0
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(399, 12))
    assert slider.value() == 63


def test_the_press_holds_the_handle_from_then_on(slider: JumpSlider) -> None:
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(100, 12))
    QTest.mouseMove(slider, QPoint(300, 12))
    assert slider.value() > 44
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(300, 12))


def test_other_buttons_move_nothing(slider: JumpSlider) -> None:
    QTest.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(200, 12))
    assert slider.value() == 0
