"""Undo and redo of what tools do, driven by mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from latent_explorer.tools.directions.state import DirectionsState
from latent_explorer.tools.interpolation.state import InterpolationState, Stop
from latent_explorer.tools.samples.state import SamplesState
from latent_explorer.tools.traversal.state import TraversalState
from tests.latent_explorer.core.undoing import begun, redo, rest, titles, undo
from tests.latent_explorer.program import Program


@pytest.fixture
def program(program: Program) -> Program:
    return begun(program)


def test_tools_are_undone(program: Program) -> None:
    tools = program.application.tools
    tools[InterpolationState].set_stops((Stop(row=3), Stop(row=7)))
    rest(program)
    tools[InterpolationState].set_kind("slerp")
    tools[DirectionsState].add_rows(0, [1, 2, 3], "three")
    tools[DirectionsState].set_term(0, 5)
    tools[SamplesState].new_noise()
    tools[TraversalState].set_sort("variance")
    assert titles(program)[0] == "Order of traversals"
    for _ in range(5):
        undo(program)
    assert tools[InterpolationState].kind == "lerp"
    assert len(tools[DirectionsState].direction.plus) == 0
    assert tools[DirectionsState].terms == (None, None, None)
    assert tools[SamplesState].settings.seed == 0
    assert tools[TraversalState].sort == "kl"
    assert titles(program)[0] == "Add stop"
    undo(program)
    assert len(tools[InterpolationState].stops) == 0
    redo(program)
    assert len(tools[InterpolationState].stops) == 2


def places(program: Program) -> list[tuple[float, float]]:
    return [program.left.cursor, program.right.cursor]


def click_slider(program: Program, name: str, share: float) -> None:
    slider = program.child(name)
    point = QPoint(round(share * slider.width()), slider.height() // 2)
    history = program.application.toolbox.undo._history
    made = len(history)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=point)
    program.wait(lambda: len(history) > made)  # codes that were asked for are looked at once they are there
    rest(program)


def test_a_move_along_the_path_is_undone_with_its_frame(program: Program) -> None:
    path = program.application.tools[InterpolationState]
    QTest.keyClick(program.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    path.set_stops((Stop(row=3), Stop(row=7)))
    program.wait(lambda: len(path.strips) == 2)
    rest(program)
    start = places(program)
    click_slider(program, "pathSlider", 0.5)
    assert titles(program)[0] == "Move along the path"
    middle, frame = places(program), path.frame
    assert frame > 0
    click_slider(program, "pathSlider", 0.9)
    end = places(program)
    undo(program)
    assert (places(program), path.frame) == (middle, frame)
    undo(program)
    assert (places(program), path.frame) == (start, 0)
    assert titles(program)[0] == "Add stop"
    redo(program)
    redo(program)
    assert places(program) == end


def test_frames_that_run_make_no_entries(program: Program) -> None:
    path = program.application.tools[InterpolationState]
    QTest.keyClick(program.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    path.set_stops((Stop(row=3), Stop(row=7)))
    program.wait(lambda: len(path.strips) == 2)
    rest(program)
    path.set_playing(True)
    program.wait(lambda: path.frame > 2)
    path.set_playing(False)
    rest(program)
    assert titles(program)[0] == "Add stop"


def test_a_direction_that_was_applied_is_undone_with_the_cursors(program: Program) -> None:
    directions = program.application.tools[DirectionsState]
    QTest.keyClick(program.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    labels = program.explorer.data.labels if program.explorer.data is not None else None
    assert labels is not None
    directions.set_base("cursor")
    for which, label in ((0, 3), (1, 8)):
        directions.add_rows(which, np.flatnonzero(labels == label)[:100], str(label))
    program.wait(lambda: None not in directions.strips)
    rest(program)
    start = places(program)
    click_slider(program, "directionSlider0", 0.9)
    assert directions.amount > 1
    assert titles(program)[0] == "Apply direction"
    assert places(program) != start
    undo(program)
    assert directions.amount == 0
    assert places(program) == start
    assert program.application.exploration.exact(0) is None
    redo(program)
    assert directions.amount > 1
    assert places(program) != start


def test_a_link_that_moved_a_cursor_gives_it_back(program: Program) -> None:
    program.explorer.set_link("off")
    rest(program)
    program.drag(1, (0.3, 0.7), (0.6, 0.6))
    rest(program)
    apart = places(program)
    program.explorer.set_link("image")
    rest(program)
    together = places(program)
    assert together != apart
    undo(program)
    assert program.explorer.link == "off"
    assert places(program) == apart
    redo(program)
    assert places(program) == together


def test_a_link_there_and_back_is_no_entry_unless_it_moved_a_cursor(program: Program) -> None:
    program.explorer.set_link("off")
    program.explorer.set_link("image")
    rest(program)
    assert titles(program) == ("", "")
    program.explorer.set_link("off")
    rest(program)
    program.drag(1, (0.3, 0.7), (0.6, 0.6))
    rest(program)
    apart = places(program)
    program.explorer.set_link("image")
    program.explorer.set_link("off")
    rest(program)
    together = places(program)
    assert together != apart
    undo(program)
    assert (program.explorer.link, places(program)) == ("off", apart)
    redo(program)
    assert (program.explorer.link, places(program)) == ("off", together)


def test_undoing_a_link_that_moved_no_cursor_leaves_them_alone(program: Program) -> None:
    program.explorer.set_link("off")
    rest(program)
    dragged: list[bool] = []
    for pane in (program.left, program.right):
        pane.cursor_dragged.connect(lambda: dragged.append(True))
    undo(program)
    redo(program)
    assert program.explorer.link == "off"
    assert not dragged


def test_codes_that_a_link_took_away_come_back(program: Program) -> None:
    codes = {0: np.array([0.25, -0.75], np.float32), 1: np.array([-1.25, 0.5], np.float32)}
    program.application.exploration.show_codes(codes)
    rest(program)
    program.explorer.set_link("off")
    rest(program)
    assert program.application.exploration.exact(1) is None
    undo(program)
    assert program.explorer.link == "image"
    for place, code in codes.items():
        assert np.array_equal(program.application.exploration.exact(place), code)
