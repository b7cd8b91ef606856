from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from latent_explorer.controls.log_scale import LogScale
from latent_explorer.controls.log_slider import LogSlider
from tests.latent_explorer.wheel import turn_wheel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot) -> LogSlider:
    slider = LogSlider()
    slider.resize(280, slider.sizeHint().height())
    qtbot.addWidget(slider)
    slider.show()
    slider.set_quantity(1.0)
    return slider


def place(slider: LogSlider, quantity: float, dx: int = 0) -> QPoint:
    return QPoint(round(slider._x(slider.scale.position(quantity))) + dx, 14)


def test_scale_there_and_back() -> None:
    scale = LogScale()
    for value in (0.0, 0.1, 1.0, 10.0, 100.0):
        assert scale.value(scale.position(value)) == value
    for position in range(scale.steps + 1):
        if position != 0:
            assert abs(scale.position(scale.value(position)) - position) <= 1
    values = [scale.value(position) for position in range(scale.steps + 1)]
    assert values == sorted(values)
    assert scale.position(1e-9) == 1  # position 0 is reserved for 0
    assert scale.position(1000) == scale.steps


def test_decades_are_equally_wide(slider: LogSlider) -> None:
    x = [slider._x(slider.scale.position(value)) for value in (0, 0.1, 1, 10, 100)]
    gaps = [b - a for a, b in itertools.pairwise(x)]
    assert gaps == pytest.approx([gaps[0]] * 4)


def test_a_press_and_drag_choose(slider: LogSlider) -> None:
    got: list[float] = []
    slider.quantity_changed.connect(got.append)
    QTest.mousePress(slider, LEFT, pos=place(slider, 3.0))
    assert got[-1] == pytest.approx(3.0, rel=0.05)
    QTest.mouseMove(slider, place(slider, 30.0))
    QTest.mouseRelease(slider, LEFT, pos=place(slider, 30.0))
    assert slider.quantity() == pytest.approx(30.0, rel=0.05)
    QTest.mouseMove(slider, place(slider, 5.0))
    assert slider.quantity() == pytest.approx(30.0, rel=0.05), "no button is down any more"


@pytest.mark.parametrize(("stop", "dx"), [(1.0, -6), (1.0, 6), (0.0, 6), (0.0, -4)])
def test_the_stops_attract(slider: LogSlider, stop: float, dx: int) -> None:
    slider.set_quantity(50.0)
    QTest.mouseClick(slider, LEFT, pos=place(slider, stop, dx))
    assert slider.quantity() == stop


def test_outside_the_stops_nothing_attracts(slider: LogSlider) -> None:
    QTest.mouseClick(slider, LEFT, pos=place(slider, 1.0, 12))
    assert slider.quantity() > 1.0


def test_the_ends_hold(slider: LogSlider) -> None:
    QTest.mousePress(slider, LEFT, pos=place(slider, 10.0))
    QTest.mouseMove(slider, QPoint(5000, 14))
    assert slider.quantity() == 100.0
    QTest.mouseMove(slider, QPoint(-5000, 14))
    assert slider.quantity() == 0.0
    QTest.mouseRelease(slider, LEFT, pos=QPoint(-100, 14))


def test_keys(slider: LogSlider) -> None:
    def press(key: Qt.Key) -> float:
        QTest.keyClick(slider, key)
        return slider.quantity()

    assert press(Qt.Key.Key_Right) == pytest.approx(10**0.05, rel=0.01)
    assert press(Qt.Key.Key_Left) == 1.0
    assert press(Qt.Key.Key_PageUp) == 10.0
    assert press(Qt.Key.Key_PageDown) == 1.0
    assert press(Qt.Key.Key_PageDown) == 0.1
    assert press(Qt.Key.Key_PageDown) == 0.0
    assert press(Qt.Key.Key_Left) == 0.0
    assert press(Qt.Key.Key_Up) > 0.0
    assert press(Qt.Key.Key_End) == 100.0
    assert press(Qt.Key.Key_Up) == 100.0
    assert press(Qt.Key.Key_Home) == 0.0


def test_twenty_arrows_are_a_decade(slider: LogSlider) -> None:
    for _ in range(20):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.quantity() == 10.0


def wheel(slider: LogSlider, delta: int) -> None:
    turn_wheel(slider, QPointF(20, 14), delta)


def test_wheel_and_touch_pad(slider: LogSlider) -> None:
    slider.clearFocus()
    wheel(slider, 120)
    assert slider.quantity() == 1.0  # the pointer only passes over it
    slider.window().activateWindow()
    slider.setFocus()
    assert slider.hasFocus()
    wheel(slider, 120)
    assert slider.quantity() == pytest.approx(10**0.05, rel=0.01)
    for _ in range(4):
        wheel(slider, -30)
    assert slider.quantity() == 1.0


def test_setting_is_silent_and_exact(slider: LogSlider) -> None:
    got: list[float] = []
    slider.quantity_changed.connect(got.append)
    slider.set_quantity(1.2345678)
    assert slider.quantity() == 1.2345678
    slider.set_quantity(500.0)
    assert slider.value() == slider.maximum()
    assert got == []


def test_screen_readers_hear_the_number(slider: LogSlider) -> None:
    slider.setAccessibleName("β")
    slider.set_quantity(2.5)
    assert slider.accessibleDescription() == "2.5"
    interface = QAccessible.queryAccessibleInterface(slider)
    assert interface.role() == QAccessible.Role.Slider


def test_painting_in_every_state(slider: LogSlider) -> None:
    with_numbers = slider.grab().toImage()
    slider.set_note("no model here uses β")
    assert slider.grab().toImage() != with_numbers
    slider.set_note("")
    assert slider.grab().toImage() == with_numbers
    slider.setEnabled(False)
    assert slider.grab().toImage() != with_numbers
    slider.resize(10, 30)
    slider.grab()
    assert math.isfinite(slider._x(0))


@pytest.mark.parametrize("stop", [0.0, 0.1, 1.0, 10.0, 100.0])
@pytest.mark.parametrize("width", [110, 200, 300])
def test_every_labelled_number_attracts_and_leaves_room_between(
    slider: LogSlider, stop: float, width: int
) -> None:
    slider.resize(width, slider.height())
    for dx in (-3, 3):
        slider.set_quantity(3.0)
        QTest.mouseClick(slider, LEFT, pos=place(slider, stop, dx))
        assert slider.quantity() == stop
    QTest.mouseClick(slider, LEFT, pos=place(slider, 3.0))
    assert slider.quantity() not in (1.0, 10.0)


def test_arrows_stop_at_labelled_numbers_on_their_way(slider: LogSlider) -> None:
    slider.set_quantity(0.97)
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.quantity() == 1.0
    slider.set_quantity(10.3)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.quantity() == 10.0
    slider.set_quantity(0.011)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.quantity() == 0.0
    slider.set_quantity(0.98)
    slider.setFocus()
    wheel(slider, 360)
    assert slider.quantity() == 1.0


def test_what_acts_is_a_mark_of_its_own(slider: LogSlider) -> None:
    got: list[float] = []
    slider.quantity_changed.connect(got.append)
    slider.set_quantity(10.0)
    before = slider.grab().toImage()
    slider.set_acting(0.32, "acting: 0.32")
    marked = slider.grab().toImage()
    x = round(slider._x(slider.scale.position(0.32)))
    assert marked.pixel(x, 9) != before.pixel(x, 9)
    assert (slider.quantity(), got) == (10.0, [])
    slider.set_acting(None)
    assert slider.grab().toImage() == before
