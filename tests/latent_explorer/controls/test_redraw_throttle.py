"""What is drawn again while numbers change: seldom, and seldom still while a hand is on a map."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from latent_explorer.controls.redraw_throttle import RedrawThrottle
from latent_explorer.core.hand import Hand, hand
from tests.latent_explorer.program import running


@pytest.fixture
def moved(monkeypatch):
    """Whether the hand moves is what a test says."""
    answer = {"moves": False}
    monkeypatch.setattr(Hand, "moves", property(lambda _: answer["moves"]))
    return answer


@pytest.fixture
def program(qtbot, tmp_path):
    with running(qtbot, tmp_path) as program:
        program.window.show()
        yield program


def waits(throttle: RedrawThrottle) -> int:
    """Milliseconds until the next drawing, right after one."""
    throttle.touch()
    throttle.flush()
    throttle._timer.stop()
    throttle.touch()
    return throttle._timer.interval()


def test_what_does_not_follow_a_hand_that_moves_waits_longer_for_it(qtbot, moved):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    curves = RedrawThrottle(widget, lambda: None, interval=200, aside=60_000)
    strip = RedrawThrottle(widget, lambda: None, interval=200)
    assert waits(curves) <= 200
    moved["moves"] = True
    assert waits(curves) > 200
    assert waits(strip) <= 200


def test_a_drag_on_a_map_is_a_hand_that_moves(program):
    program.wait(lambda: not hand().moves)  # that of a former test
    shown = program.maps[0]
    QTest.mouseMove(shown, QPoint(30, 30))
    QTest.mouseMove(shown, QPoint(60, 60))
    assert not hand().moves  # it only points
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(shown, QPoint(90, 90))
    seen = hand()._moved
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(90, 90))
    assert seen > 0
    program.wait(lambda: not hand().moves)
