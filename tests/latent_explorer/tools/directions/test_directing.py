"""Directions in the whole program: groups by class, lasso and hand, the slider, A - B + C."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from latent_explorer.strips.reach_slider import ReachSlider
from latent_explorer.tools.directions.controller import DirectionsController
from latent_explorer.tools.directions.state import STEPS, DirectionsState
from latent_explorer.tools.directions.work import DirectionResult
from latent_explorer.tools.traversal.state import TraversalState
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program
from tests.latent_explorer.standing import load, narrow, panes
from trainer.config import DataConfig


def state(program: Program):
    return program.application.tools[DirectionsState]


def open_panel(program: Program) -> None:
    program.application.tools.panel_wanted.emit("directions")
    program.wait(lambda: state(program).shown)


def two_classes(program: Program, plus: int = 7, minus: int = 1) -> None:
    """All images of one class in either group, by the menus."""
    for which, label in ((0, plus), (1, minus)):
        button = program.child(f"groupClasses{which}")
        button._fill()
        action = next(one for one in button.menu_shown.actions() if one.objectName() == f"class-{label}")
        action.trigger()


def fitted(program: Program) -> bool:
    """Whether the present direction is known in both panes."""
    found = state(program).found
    return all(one is not None and one.saved is state(program).direction for one in found)


def scored(program: Program) -> bool:
    return fitted(program) and all(one.score is not None for one in state(program).found)


def test_classes_give_a_direction_with_a_score_and_a_baseline(program: Program) -> None:
    open_panel(program)
    two_classes(program)
    program.wait(lambda: scored(program))
    labels = program.explorer.data.labels
    for index, pane in enumerate((program.left, program.right)):
        found = state(program).found[index]
        codes = pane.codes.codes.astype(np.float64)
        difference = codes[labels == 7].mean(axis=0) - codes[labels == 1].mean(axis=0)
        np.testing.assert_allclose(found.direction.vector, difference, rtol=1e-4)
        assert found.score.auroc > 0.98
        assert 0.5 < found.score.random_median < found.score.random_high <= 1
        assert found.score.images == int(((labels == 7) | (labels == 1)).sum())
    program.wait(lambda: "AUROC 0.99" in program.child("directionHead0").text())
    assert program.child("groupContents0").text() == "7 · 7,293 images"
    assert program.child("directionName").text() == "7 − 1"


def test_the_slider_moves_both_pictures_away_from_the_picked_image(program: Program) -> None:
    program.explorer.pick(25)
    open_panel(program)
    two_classes(program)
    program.wait(lambda: fitted(program) and all(strip is not None for strip in state(program).strips))
    slider = program.child("directionSlider0")
    assert isinstance(slider, ReachSlider)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(30, 7))
    for x in range(40, slider.width() - 10, 12):
        QTest.mouseMove(slider, QPoint(x, 7))
        for index, pane in enumerate((program.left, program.right)):
            vector = state(program).found[index].direction.vector
            expected = pane.codes.codes[25] + np.float32(state(program).amount) * vector
            np.testing.assert_allclose(pane.code, expected, atol=1e-4)
            replica = program.application.exploration.replica(index)
            assert same_pictures(pane.picture, replica.decode(pane.code[None])[0])
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 7))
    assert state(program).amount > 1
    strip = state(program).strips[1]
    np.testing.assert_allclose(strip.codes[3], program.right.codes.codes[25], atol=1e-6)
    other = program.child("directionSlider1")
    program.wait(lambda: other.place == state(program).amount)
    view = program.child("directionStrip1")
    program.wait(lambda: view.pictures is strip.pictures)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.tile_rect(5).center().toPoint())
    assert state(program).amount == STEPS[5]
    np.testing.assert_allclose(program.right.code, strip.codes[5], atol=1e-5)


def test_the_cursor_as_base_stays_where_a_hand_put_it(program: Program) -> None:
    open_panel(program)
    two_classes(program)
    program.drag(0, (0.4, 0.4), (0.5, 0.5))
    program.wait(lambda: fitted(program))
    base = program.left.code.copy(), program.right.code.copy()
    state(program).want_amount(1.0)
    state(program).want_amount(-0.5)
    for index, pane in enumerate((program.left, program.right)):
        expected = base[index] - np.float32(0.5) * state(program).found[index].direction.vector
        np.testing.assert_allclose(pane.code, expected, atol=1e-5)
    program.drag(1, (0.3, 0.4), (0.35, 0.5))
    assert state(program).amount == 0
    here = program.right.code.copy()
    state(program).want_amount(1.0)
    np.testing.assert_allclose(program.right.code, here + state(program).found[1].direction.vector, atol=1e-5)


def test_lasso_by_button_on_either_map(program: Program) -> None:
    open_panel(program)
    program.click("lassoButton")
    assert state(program).lasso
    program.drag(0, (0.45, 0.35), (0.55, 0.35), (0.55, 0.5), (0.45, 0.5))
    first = len(state(program).direction.plus)
    assert first > 100
    program.click("groupSign1")
    program.drag(1, (0.4, 0.2), (0.5, 0.2), (0.5, 0.35), (0.4, 0.35))
    assert len(state(program).direction.minus) > 100
    assert len(state(program).direction.plus) == first
    program.click("lassoButton")
    assert not state(program).lasso
    program.wait(lambda: scored(program))
    program.click("groupClear0")
    program.wait(lambda: fitted(program) and state(program).found[0].problem == "few-plus")
    program.wait(lambda: "group + is empty" in program.child("directionHead0").text())


def test_what_gives_no_direction_is_said(program: Program) -> None:
    open_panel(program)
    program.wait(lambda: fitted(program))
    assert state(program).found[0].problem == "few-plus"
    program.explorer.pick(9)
    program.wait(lambda: program.child("groupAdd0").isEnabled())
    program.click("groupAdd0")
    program.wait(lambda: fitted(program) and state(program).found[0].counts == (1, 0))
    state(program).add_rows(0, [5, 6], "x")
    state(program).add_rows(1, [5, 6, 9], "y")
    program.wait(lambda: fitted(program) and state(program).found[0].problem == "equal")
    assert state(program).strips == [None, None] or state(program).amount == 0
    program.wait(lambda: "same images" in program.child("directionHead1").text())


def test_directions_are_kept_and_renamed_by_typing(program: Program) -> None:
    open_panel(program)
    two_classes(program, 3, 8)
    program.wait(lambda: program.child("directionName").text() == "3 − 8")
    edit = program.child("directionName")
    edit.selectAll()
    QTest.keyClicks(edit, "wider")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert state(program).direction.name == "wider"
    program.click("newDirection")
    program.wait(lambda: program.child("directionNames").count() == 2)
    two_classes(program, 0, 1)
    program.wait(lambda: program.child("directionName").text() == "0 − 1")
    state(program).select(0)
    program.wait(lambda: program.child("directionName").text() == "wider")
    program.wait(lambda: fitted(program) and state(program).found[0].counts[0] > 6000)
    program.click("deleteDirection")
    program.wait(lambda: program.child("directionNames").count() == 1)


def test_a_minus_b_plus_c(program: Program) -> None:
    open_panel(program)
    state(program).set_arithmetic(True)
    program.wait(lambda: program.child("termTake0").isVisible())
    for place, row in enumerate((11, 222, 3333)):
        program.explorer.pick(row)
        program.wait(lambda place=place: program.child(f"termTake{place}").isEnabled())
        program.click(f"termTake{place}")
    program.wait(lambda: all(one is not None for one in state(program).analogies))
    for index, pane in enumerate((program.left, program.right)):
        codes, found = pane.codes.codes, state(program).analogies[index]
        code = codes[11] - codes[222] + codes[3333]
        np.testing.assert_allclose(found.code, code, atol=1e-5)
        distances = np.linalg.norm(codes - code, axis=1)
        distances[[11, 222, 3333]] = np.inf
        assert found.row == int(distances.argmin())
        assert found.distance == pytest.approx(distances.min(), rel=1e-3)
    program.wait(lambda: program.child("analogyPut").isEnabled())
    program.click("analogyPut")
    for index, pane in enumerate((program.left, program.right)):
        np.testing.assert_allclose(pane.code, state(program).analogies[index].code, atol=1e-6)
        assert same_pictures(pane.picture, state(program).analogies[index].picture)
    # A - B + B is A.
    state(program).set_terms((11, 222, 222))
    program.wait(lambda: all(state(program).analogies))
    np.testing.assert_allclose(state(program).analogies[0].code, program.left.codes.codes[11], atol=1e-6)
    assert state(program).analogies[0].row != 11
    state(program).set_terms((11, 222, 70_001))
    program.wait(lambda: all(one is not None and one.problem == "off-map" for one in state(program).analogies))


def test_no_result_stays_or_comes_late_without_its_terms(program: Program) -> None:
    open_panel(program)
    state(program).set_arithmetic(True)
    state(program).set_terms((11, 222, 3333))
    program.wait(lambda: all(state(program).analogies))
    former = state(program).analogies[0]
    state(program).set_term(2, 44)
    assert state(program).analogies == [None, None]
    program.wait(lambda: all(state(program).analogies))
    assert state(program).analogies[0].terms == (11, 222, 44)
    state(program).set_term(1, None)
    assert state(program).analogies == [None, None]
    program.application.toolbox[DirectionsController]._answered(DirectionResult(0, former))
    assert state(program).analogies == [None, None]


def test_other_data_empty_the_groups(program: Program) -> None:
    open_panel(program)
    two_classes(program)
    program.wait(lambda: fitted(program))
    load(program, DataConfig(name="digits"))
    assert len(state(program).direction.plus) == 0
    program.wait(lambda: fitted(program) and state(program).found[0].problem == "few-plus")


def test_direction_and_traversals_follow_a_training_run(program: Program) -> None:
    narrow(program)
    load(program, DataConfig(name="digits"))
    open_panel(program)
    two_classes(program, 3, 8)
    program.wait(lambda: scored(program))
    first = state(program).found[0].codes
    program.training.command_requested.emit("train")
    program.wait(lambda: program.training.run_state == "training" and state(program).found[0].codes is not first)
    second = state(program).found[0].codes
    program.wait(lambda: scored(program) and state(program).found[0].codes is not second)
    program.application.tools.panel_wanted.emit("traversal")
    traversal = program.application.tools[TraversalState]
    program.wait(lambda: all(traversal.rows))
    made = traversal.rows[1][0].made_from
    program.wait(lambda: traversal.rows[1][0].made_from is not made)
    program.training.command_requested.emit("pause")
    program.wait(lambda: program.training.run_state == "paused")
    program.wait(lambda: all(traversal.rows[pane.index][0].made_from is pane.codes for pane in panes(program)))


def test_nothing_is_worked_out_before_someone_looks(program: Program) -> None:
    state(program).add_rows(0, range(100), "some")
    state(program).add_rows(1, range(100, 200), "others")
    program.drag(0, (0.4, 0.4), (0.5, 0.5))
    assert state(program).found == [None, None]
    open_panel(program)
    program.wait(lambda: fitted(program))


def test_a_tool_behind_another_tab_rests(program: Program) -> None:
    open_panel(program)
    program.application.tools.panel_wanted.emit("traversal")
    program.wait(lambda: program.application.tools[TraversalState].shown and not state(program).shown)
    open_panel(program)
    program.wait(lambda: not program.application.tools[TraversalState].shown)


def test_a_cursor_that_is_no_base_changes_no_strip(program: Program) -> None:
    open_panel(program)
    two_classes(program)
    program.explorer.pick(25)
    program.wait(lambda: scored(program) and None not in state(program).strips)
    controller = program.application.toolbox[DirectionsController]
    program.wait(lambda: not controller.strips.busy)
    asked: list[object] = []
    controller.strips.asked.connect(lambda: asked.append(None))
    strips, picture = list(state(program).strips), program.left.picture
    program.drag(0, (0.4, 0.4), (0.5, 0.5))
    program.wait(lambda: program.left.picture is not picture)
    program.wait(lambda: not controller.strips.busy)
    assert not asked
    assert state(program).strips == strips


def test_a_drag_starves_neither_panes_strip(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    # A slow decoder, which makes a strip when it is let: the drag continues before it has made either.
    open_panel(program)
    two_classes(program)
    state(program).set_base("cursor")
    program.wait(lambda: scored(program) and None not in state(program).strips)
    controller = program.application.toolbox[DirectionsController]
    program.wait(lambda: not controller.strips.busy)
    made, let = controller.strips._work, threading.Semaphore(0)

    def delayed(parts):
        for part in parts:
            while not let.acquire(timeout=0.01):
                yield None
            yield from made((part,))

    monkeypatch.setattr(controller.strips, "_work", delayed)
    for turn in range(1, 4):
        former = list(state(program).strips)
        program.left.drag_cursor(0.01 * turn, 0.0)
        program.wait(lambda: controller.strips.busy)
        for pane in range(2):
            program.left.drag_cursor(0.01 * turn, 0.01 * (pane + 1))
            let.release()
            program.wait(lambda pane=pane, former=former: state(program).strips[pane] is not former[pane])
    let.release(100)
    # And the last place is the one that is shown in the end.
    program.wait(lambda: np.allclose(state(program).strips[0].codes[3], program.left.code))
    program.wait(lambda: np.allclose(state(program).strips[1].codes[3], program.right.code))
    program.wait(lambda: not controller.strips.busy)
