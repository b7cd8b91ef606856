"""A seeded sample of the walk over the window's states; all of them: `python -m tests.matrix window`."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from tests.latent_explorer.program import running
from tests.matrix.faults import faults, out_of_reach
from tests.matrix.states import SIZES, all_states, sample
from tests.matrix.walk import Walk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

#: States a scene, and which.
_STATES, _SEED = 12, 5


@pytest.mark.parametrize("scene", ["2d", "20d"])
def test_nothing_is_cut_or_out_of_reach(qtbot: QtBot, tmp_path: Path, scene: str) -> None:
    with running(qtbot, tmp_path) as program:
        walk = Walk(program.application)
        walk.show_scene(scene)
        wrong = {}
        try:
            for state in sample(all_states(("en",), (scene,)), _STATES, _SEED):
                walk.go(state)
                if found := walk.look(state).faults:
                    wrong[state.name] = found
        finally:
            program.window.presentation.end()
            theme().set_magnification(1.0)
    assert wrong == {}


def test_the_sample_is_the_same_for_the_same_seed() -> None:
    states = all_states()
    assert sample(states, 20, 3) == sample(states, 20, 3) != sample(states, 20, 4)
    assert {state.size for state in states} == set(SIZES)
    assert len({state.name for state in states}) == len(states)


# ---------------------------------------------------------------- what it finds


@pytest.fixture
def stage(qtbot: QtBot) -> tuple[QMainWindow, QWidget]:
    window, middle = QMainWindow(), QWidget()
    window.setCentralWidget(middle)
    middle.setObjectName("middle")
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    return window, middle


def put(parent: QWidget, widget: QWidget, *place: int) -> QWidget:
    widget.setParent(parent)
    widget.setGeometry(*place)
    widget.show()
    return widget


def test_what_is_cut_overlaps_or_leaves_its_parent_is_found(stage: tuple[QMainWindow, QWidget]) -> None:
    window, middle = stage
    assert faults(window) == []
    cut = put(middle, QLabel("A text that is longer than its label"), 10, 10, 60, 30)
    cut.setObjectName("cut")
    low = put(middle, QLabel("words " * 30), 10, 50, 100, 20)
    low.setObjectName("low")
    low.setWordWrap(True)
    outside = put(middle, QPushButton("x"), 380, 100, 60, 40)
    outside.setObjectName("outside")
    found = "\n".join(faults(window))
    assert "cut: 'A text that is longer" in found
    assert "low: 'words words" in found
    assert "outside: 60 x 40 at 380, 100 leaves middle" in found
    over = put(middle, QPushButton("y"), 20, 20, 80, 40)
    over.setObjectName("over")
    assert any(one.startswith("cut and over share") for one in faults(window))


def test_what_can_be_scrolled_to_is_within_reach(stage: tuple[QMainWindow, QWidget]) -> None:
    window, middle = stage
    row = QHBoxLayout(middle)
    area = QScrollArea()
    area.setObjectName("area")
    row.addWidget(area)
    content = QWidget()
    content.setMinimumSize(300, 2000)
    button = put(content, QPushButton("far below"), 0, 1900, 120, 40)
    area.setWidget(content)
    area.show()
    window.repaint()
    assert out_of_reach(window, button) == ""
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    assert any("does not scroll" in one for one in faults(window))
    button.hide()
    assert out_of_reach(window, button) == "is not shown"
