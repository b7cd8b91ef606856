"""Neighbours in the whole program: the panel by mouse and keyboard, the marks on both maps, while training."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.neighbours.controller import NeighboursController
from latent_explorer.tools.neighbours.overlay import NeighboursOverlay
from latent_explorer.tools.neighbours.row_view import NeighbourRow
from latent_explorer.tools.neighbours.state import PIXELS, Found, NeighboursState
from latent_explorer.tools.neighbours.words import distance
from tests.latent_explorer.build import explorer_state
from tests.latent_explorer.program import Program
from tests.latent_explorer.standing import load, narrow
from trainer.config import DataConfig

MOONS = DataConfig(name="moons", count=120)


@pytest.fixture
def program(program: Program) -> Program:
    program.wait_for_codes()
    program.window.activateWindow()
    return program


def state(program: Program) -> NeighboursState:
    return program.application.tools[NeighboursState]


def open_panel(program: Program) -> None:
    QTest.keyClick(program.maps[0], Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: state(program).shown)


def pick(program: Program, row: int) -> None:
    program.explorer.pick(row)
    follower = program.application.toolbox[NeighboursController].follower
    program.wait(lambda: all(of(program, which) == row for which in range(PIXELS + 1)) and not follower.busy)


def of(program: Program, which: int) -> int | None:
    found = state(program).found.get(which)
    return None if found is None else found.of


def row(program: Program, which: int) -> NeighbourRow:
    found = program.child(f"neighbours{which}")
    assert isinstance(found, NeighbourRow)
    return found


def filled(program: Program, which: int) -> NeighbourRow:
    view = row(program, which)
    program.wait(lambda: view.count == len(state(program).found[which].rows))
    return view


def overlay(program: Program, which: int) -> NeighboursOverlay:
    return next(one for one in program.maps[which].stack.overlays if isinstance(one, NeighboursOverlay))


def test_nothing_is_looked_for_before_someone_looks(program: Program) -> None:
    program.explorer.pick(7)
    assert not state(program).found
    open_panel(program)
    program.wait(lambda: of(program, 0) == 7)


def test_without_a_picked_image_the_panel_says_how_to_pick_one(program: Program) -> None:
    open_panel(program)
    view = row(program, 0)
    program.wait(lambda: "pick an image" in view.said())
    assert view.count == 0
    pick(program, 11)
    filled(program, 0)
    program.explorer.pick(None)
    program.wait(lambda: row(program, 0).count == 0)
    assert not state(program).found


def test_the_bundled_pair_without_images_has_neighbours_in_codes_only(program: Program) -> None:
    open_panel(program)
    pick(program, 1234)
    for which in (0, 1):
        view = filled(program, which)
        assert view.count == 12
        assert "distance" in view.said()
    pane = program.left
    code = pane.codes.codes[pane.codes.place_of(1234)].astype(np.float64)
    apart = np.linalg.norm(pane.codes.codes.astype(np.float64) - code, axis=1)
    nearest = np.sort(apart)[1:13]
    np.testing.assert_allclose(state(program).found[0].distances, nearest, rtol=1e-9)
    program.wait(lambda: "not at hand" in row(program, PIXELS).said())


def test_a_click_picks_and_the_pointer_lights_up_both_maps(program: Program) -> None:
    load(program, MOONS)
    open_panel(program)
    pick(program, 5)
    view = filled(program, PIXELS)
    found = state(program).found[PIXELS]
    place = view.tile(3).center().toPoint()
    QTest.mouseMove(view, view.tile(2).center().toPoint())
    QTest.mouseMove(view, place)
    program.wait(lambda: program.explorer.hovered == int(found.rows[3]))
    for shown in program.maps:
        hovered = shown._hover.hovered
        assert hovered is None or hovered.row == int(found.rows[3])
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert program.explorer.picked == int(found.rows[3])
    program.wait(lambda: of(program, PIXELS) == program.explorer.picked)


def test_arrows_and_enter_do_the_same(program: Program) -> None:
    load(program, MOONS)
    open_panel(program)
    pick(program, 5)
    view = filled(program, PIXELS)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    program.wait(view.hasFocus)
    rows = state(program).found[PIXELS].rows.tolist()
    assert program.explorer.hovered == rows[0]
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert program.explorer.hovered == rows[2]
    assert view.toolTip()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert program.explorer.hovered == rows[-1]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert program.explorer.picked == rows[-1]


def test_held_out_images_are_marked_and_said(program: Program) -> None:
    load(program, MOONS)
    open_panel(program)
    pick(program, 5)
    view = filled(program, PIXELS)
    data = program.explorer.data
    held_out = [int(found) >= data.train_count for found in state(program).found[PIXELS].rows]
    said = view.said().split("; ")
    assert ["held-out" in one for one in said] == held_out


def test_the_number_of_neighbours_can_be_chosen_and_is_undone(program: Program) -> None:
    open_panel(program)
    pick(program, 1234)
    state(program).set_count(24)
    program.wait(lambda: len(state(program).found[0].rows) == 24)
    assert filled(program, 0).count == 24
    with pytest.raises(ValueError, match="5 neighbours"):
        state(program).set_count(5)


def test_marks_are_on_both_maps_while_the_panel_is_shown(program: Program) -> None:
    assert not overlay(program, 0).active
    open_panel(program)
    pick(program, 1234)
    for which, pane in enumerate((program.left, program.right)):
        marked = overlay(program, which)
        assert marked.active
        for found in marked.found():
            points = marked.points(found)
            places = [pane.codes.place_of(int(one)) for one in found.rows]
            np.testing.assert_array_equal(points, pane.codes.points[places])
        before = program.maps[which].grab_image()
        program.application.tools.overlays.switch("neighbours", False)
        assert not marked.active
        assert program.maps[which].grab_image() != before
        program.application.tools.overlays.switch("neighbours", True)
        assert marked.caption(pane.view).text.count("codes") == 2
    program.window.strip.close_panel()
    assert not overlay(program, 0).active


def test_while_training_the_neighbours_follow_the_weights(program: Program) -> None:
    narrow(program)
    load(program, MOONS)
    open_panel(program)
    pick(program, 5)
    first = state(program).found[0].number
    pixels = state(program).found[PIXELS]
    program.training.command_requested.emit("train")
    program.wait(lambda: state(program).found[0].number not in (first, None))
    program.training.command_requested.emit("stop")
    program.wait(lambda: program.training.run_state != "training")
    assert state(program).found[PIXELS] is pixels


def test_another_data_set_has_other_neighbours(program: Program) -> None:
    open_panel(program)
    pick(program, 1234)
    load(program, MOONS)
    program.wait(lambda: not state(program).found)
    pick(program, 3)
    assert state(program).found[PIXELS].among == program.explorer.data.count - 1


def test_distances_are_never_cut_off(qtbot: QtBot) -> None:
    view = NeighbourRow(explorer_state())
    qtbot.addWidget(view)
    rows = np.arange(1, 13)
    view.show_found(Found(measure=0, of=0, rows=rows, distances=0.00091 * rows, among=30), "")
    view.resize(view.minimumSizeHint())
    metrics = QFontMetricsF(view._font())
    for place in range(view.count):
        assert metrics.horizontalAdvance(distance(0.00091 * (place + 1))) <= view.tile(place).width() - 3
