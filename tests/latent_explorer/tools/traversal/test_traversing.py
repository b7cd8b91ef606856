"""Traversals, slices and planes in the whole program: real sliders, real clicks, any number of dimensions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from latent_explorer.core.map_maker import plane_for
from latent_explorer.core.pane import PaneModel
from latent_explorer.sessions.state import PaneView
from latent_explorer.strips.reach_slider import ReachSlider
from latent_explorer.tools.traversal.panel import TraversalPanel
from latent_explorer.tools.traversal.row_list import RowList
from latent_explorer.tools.traversal.row_view import RowView
from latent_explorer.tools.traversal.state import TraversalState
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program
from trainer.latent.plane import pca
from trainer.records import ConfigError
from trainer.reports import MapReport


def state(program: Program):
    return program.application.tools[TraversalState]


def open_panel(program: Program) -> None:
    program.application.tools.panel_wanted.emit("traversal")
    program.wait(lambda: state(program).shown and all(state(program).rows))


def rows(program: Program, pane: int) -> list[RowView]:
    """The rows on the screen, from the top."""
    shown = program.child(f"traversalRows{pane}")
    assert isinstance(shown, RowList)
    return [row for row in shown.rows if row.isVisible()]


def show_latent(program: Program, latent: int, codes: np.ndarray | None = None) -> None:
    """Models of `latent` dimensions in both panes, with chance codes."""
    rng = np.random.default_rng(0)
    if codes is None:
        codes = (rng.normal(size=(400, latent)) * np.linspace(2, 0.1, latent)).astype(np.float32)
    made = []
    for pane in (program.left, program.right):
        former = pane.codes.snapshot
        config = former.config.replace(latent=latent)
        weights = dict(former.weights)
        for name, array in former.weights.items():
            shape = tuple(latent if side == 2 and former.config.latent == 2 else side for side in array.shape)
            weights[name] = (rng.normal(size=shape) * 0.1).astype(np.float32) if shape != array.shape else array
        made.append(replace(former, config=config, weights=weights, number=500))
        pane.set_model(PaneModel(config, pane.model.traits, 77))
    report = MapReport(
        step=0,
        rows=np.arange(len(codes)),
        codes=(codes, codes.copy()),
        snapshots=tuple(made),
        seconds=0.0,
    )
    program.application.sources.show(report, at_once=True)
    program.wait(lambda: program.left.codes is not None and program.left.picture is not None)


def test_rows_are_decoded_where_they_say(program: Program) -> None:
    program.explorer.pick(25)
    open_panel(program)
    program.wait(lambda: state(program).bases == ["picked", "picked"])
    program.wait(lambda: all(len(found) == 2 for found in state(program).rows))
    for index, pane in enumerate((program.left, program.right)):
        codes = pane.codes.codes
        for dimension, row in state(program).rows[index].items():
            mean, spread = codes[:, dimension].mean(dtype=float), codes[:, dimension].std(dtype=float)
            np.testing.assert_allclose(row.codes[[0, 3, 6], dimension], mean + np.array([-3, 0, 3]) * spread, 1e-4)
            np.testing.assert_array_equal(row.codes[:, 1 - dimension], np.repeat(codes[25, 1 - dimension], 7))
            replica = program.application.exploration.replica(index)
            difference = replica.decode(np.array(row.codes)).astype(int) - row.pictures
            assert np.abs(difference).max() <= 1  # products of other sizes round differently
            assert row.change > 0.02
    vae = state(program).summaries[1].summary
    assert vae.kl is not None
    assert vae.kl.sum() == pytest.approx(7.05, abs=0.2)
    assert state(program).summaries[0].summary.kl is None


def test_a_dragged_slider_moves_one_dimension_and_the_picture_follows(program: Program) -> None:
    program.drag(0, (0.4, 0.4), (0.45, 0.5))
    open_panel(program)
    row = rows(program, 0)[0]
    slider, dimension = row.slider, row.dimension
    before, picture = program.left.code.copy(), program.left.picture
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 7))
    for x in range(30, slider.width() - 20, 10):
        QTest.mouseMove(slider, QPoint(x, 7))
        code = program.left.code
        assert code[1 - dimension] == before[1 - dimension]
        replica = program.application.exploration.replica(0)
        assert same_pictures(program.left.picture, replica.decode(code[None])[0])
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, 7))
    assert program.left.code[dimension] != before[dimension]
    assert not same_pictures(program.left.picture, picture)
    summary = state(program).summaries[0].summary
    value = summary.mean[dimension] + slider.place * summary.spread[dimension]
    assert program.left.code[dimension] == pytest.approx(value, abs=1e-5)
    # The other pane follows by image.
    assert program.right.nearest.row == program.left.nearest.row
    x, y = program.left.cursor
    assert np.allclose((x, y), program.left.code, atol=1e-5)


def _other_order(program: Program) -> None:
    """The codes of a later step: the dimension that varied most varies least."""
    pane = program.left
    codes = np.ascontiguousarray(pane.codes.codes[:, ::-1])
    former = state(program).summaries[0]
    program.application.sources.show(with_codes(program, codes), at_once=True)
    program.wait(lambda: state(program).summaries[0] is not former)
    shown = program.child("traversalRows0")
    program.wait(lambda: shown._summary is state(program).summaries[0].summary)


def test_a_held_slider_keeps_its_dimension_while_the_order_changes(program: Program) -> None:
    show_latent(program, 20)
    open_panel(program)
    program.drag(0, (0.4, 0.4), (0.45, 0.5))
    row = rows(program, 0)[0]
    slider, dimension = row.slider, row.dimension
    assert dimension == 0
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(20, 7))
    _other_order(program)
    assert row.dimension == dimension
    before = program.left.code.copy()
    QTest.mouseMove(slider, QPoint(slider.width() // 2 + 40, 7))
    assert np.flatnonzero(program.left.code != before).tolist() == [dimension]
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2 + 40, 7))
    assert program.child("traversalRows0").order[0] == 19


def test_the_slider_that_has_the_keyboard_keeps_its_dimension(program: Program) -> None:
    show_latent(program, 20)
    open_panel(program)
    program.drag(0, (0.4, 0.4), (0.45, 0.5))
    row = rows(program, 0)[1]
    assert row.dimension == 1
    row.slider.setFocus()
    _other_order(program)
    assert program.child("traversalRows0").order[0] == 19
    focused = program.application.window.focusWidget()
    assert focused is row.slider
    assert row.isVisible()
    before = program.left.code.copy()
    QTest.keyClick(focused, Qt.Key.Key_Right)
    assert np.flatnonzero(program.left.code != before).tolist() == [1]


def test_a_click_on_a_picture_puts_the_cursor_there(program: Program) -> None:
    program.explorer.pick(25)
    open_panel(program)
    program.wait(lambda: state(program).bases == ["picked", "picked"])
    row = rows(program, 1)[0]
    other, code = 1 - row.dimension, program.right.codes.codes[25]
    program.wait(lambda: state(program).rows[1][row.dimension].codes[0, other] == code[other])
    program.wait(lambda: row.strip.pictures is state(program).rows[1][row.dimension].pictures)
    centre = row.strip.tile_rect(5).center().toPoint()
    QTest.mouseClick(row.strip, Qt.MouseButton.LeftButton, pos=centre)
    assert np.array_equal(program.right.code, state(program).rows[1][row.dimension].codes[5])
    assert program.explorer.leader == 1


def test_rows_follow_the_cursor_where_nothing_is_picked(program: Program) -> None:
    open_panel(program)
    assert state(program).bases == ["cursor", "cursor"]
    assert "no image is picked" in program.child("traversalHead0").text()
    program.drag(0, (0.3, 0.3), (0.6, 0.6))

    def true() -> bool:
        return all(
            row.codes[0, 1 - dimension] == pane.code[1 - dimension]
            for index, pane in enumerate((program.left, program.right))
            for dimension, row in state(program).rows[index].items()
        )

    program.wait(true)


def test_512_dimensions_build_only_the_rows_on_the_screen(program: Program) -> None:
    show_latent(program, 512)
    open_panel(program)
    program.wait(lambda: len(state(program).rows[0]) >= 2)
    shown = program.child("traversalRows0")
    assert len(shown.rows) < 12
    spread = state(program).summaries[0].summary.spread
    assert (np.diff(spread[shown.order]) <= 0).all()
    last = int(shown.order[-1])
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum())
    program.wait(lambda: last in state(program).rows[0])
    assert len(shown.rows) < 12
    assert len(state(program).rows[0]) < 40
    slider = rows(program, 0)[-1].slider
    assert f"z{last + 1} " in slider.accessibleName()
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert program.left.code is not None
    program.wait(lambda: state(program).facts[0] is not None)  # what a plane explains comes after the rows
    facts = state(program).facts[0]
    assert 0 < sum(facts.explained) < 0.1


def test_up_and_down_go_from_row_to_row_and_scroll(program: Program) -> None:
    show_latent(program, 20)
    state(program).set_sort("number")
    open_panel(program)
    rows(program, 0)[0].slider.setFocus()
    for expected in range(1, 9):
        QTest.keyClick(program.application.window.focusWidget(), Qt.Key.Key_Down)
        focused = program.application.window.focusWidget()
        assert isinstance(focused, ReachSlider)
        parent = focused.parent()
        assert isinstance(parent, QWidget)
        assert parent.objectName() == f"traversalRow{expected}"


def test_a_slice_moves_what_the_map_decodes(program: Program) -> None:
    show_latent(program, 6)
    program.explorer.pick(3)
    open_panel(program)
    program.wait(lambda: state(program).facts[0] is not None and state(program).facts[0].picked == 3)
    program.left.set_hidden("mean")
    program.drag(0, (0.4, 0.4), (0.5, 0.5))
    program.wait(lambda: abs(state(program).facts[0].picked_at["picked"]) > 0.01)
    before, cursor = program.left.code.copy(), program.left.cursor
    slider = program.child("sliceSlider0")
    assert isinstance(slider, ReachSlider)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(round(slider.width() * 0.75), 7))
    assert state(program).slices[0] == pytest.approx(2, abs=0.1)
    facts = state(program).facts[0]
    way = facts.ways["most"]
    moved = program.left.code - before
    np.testing.assert_allclose(moved, state(program).slices[0] * way.spread * way.vector, atol=1e-4)
    assert program.left.cursor == cursor
    np.testing.assert_allclose(program.left.plane.axes @ moved, 0, atol=1e-4)
    state(program).set_way("picked")
    way = facts.ways["picked"]
    state(program).set_slice(0, 1.0)
    program.left.drag_cursor(*program.left.plane.project(program.left.codes.codes[3:4])[0].tolist())
    # Far enough along, the slice holds the picked image itself.
    state(program).set_slice(0, facts.picked_at["picked"])
    if abs(facts.picked_at["picked"]) < 4:
        np.testing.assert_allclose(program.left.code, program.left.codes.codes[3], atol=1e-3)
    state(program).set_slice(0, 0.0)
    assert program.left.slice_offset is None


def test_a_slice_counts_also_when_the_cursor_followed_an_image(program: Program) -> None:
    show_latent(program, 6)
    open_panel(program)
    program.wait(lambda: state(program).facts[1] is not None)
    program.drag(0, (0.4, 0.4), (0.5, 0.5))
    before = program.right.code.copy()
    state(program).set_slice(1, 1.5)
    assert program.explorer.leader == 1
    assert not np.allclose(before, program.right.code)
    hidden = program.application.exploration.hidden(1)
    assert np.allclose(program.right.code, program.right.plane.lift(np.array(program.right.cursor), hidden))


def test_collapsed_and_broken_codes_say_so(program: Program) -> None:
    show_latent(program, 4, np.full((50, 4), 0.25, np.float32))
    program.application.tools.panel_wanted.emit("traversal")
    program.wait(lambda: state(program).summaries[0] is not None and state(program).facts[0] is not None)
    program.wait(lambda: "same code" in program.child("traversalEmpty0").text())
    assert not rows(program, 0)[0].slider.isEnabled()
    assert not program.child("sliceSlider0").isEnabled()
    broken = np.full((50, 4), np.nan, np.float32)
    program.application.sources.show(with_codes(program, broken), at_once=True)
    program.wait(lambda: state(program).summaries[0].summary is None)
    program.wait(lambda: "No code on this map is finite" in program.child("traversalEmpty0").text())
    assert not rows(program, 0)


def with_codes(program: Program, codes: np.ndarray) -> MapReport:
    snapshots = tuple(pane.codes.snapshot for pane in (program.left, program.right))
    return MapReport(step=0, rows=np.arange(len(codes)), codes=(codes, codes), snapshots=snapshots, seconds=0.0)


def test_what_is_not_measured_yet_is_not_called_missing(program: Program) -> None:
    show_latent(program, 6)
    open_panel(program)
    program.wait(lambda: program.child("sliceValue0").text() == "+0.00 spreads")
    state(program).set_facts(0, None)
    program.window.findChild(TraversalPanel).redraw()
    assert program.child("sliceValue0").text() == ""
    assert not program.child("sliceSlider0").isEnabled()


def test_one_latent_dimension(program: Program) -> None:
    show_latent(program, 1)
    open_panel(program)
    program.wait(lambda: list(state(program).rows[0]) == [0])
    assert not program.child("sliceSlider0").isVisible()


def test_the_plane_through_three_images(program: Program) -> None:
    codes = np.random.default_rng(0).normal(size=(4000, 6)).astype(np.float32)
    codes[30] = 9.0
    show_latent(program, 6, codes)
    for row in (4, 7, 4, 11, 30):
        program.explorer.pick(row)
    assert program.explorer.last_picked == (4, 11, 30)
    menu_button = program.window.panes[0].header.axes
    menu_button.open_menu()
    menu = menu_button.menu_shown
    texts = [action.text() for action in menu.actions()]
    assert "Last three picked images: 4, 11, 30" in texts
    assert not menu.actions()[texts.index("Images A, B and C")].isEnabled()
    menu.actions()[texts.index("Last three picked images: 4, 11, 30")].trigger()
    menu.close()
    assert program.left.axes == "rows:4,11,30"
    program.wait(lambda: program.left.plane.names == ("#4 → #11", "→ #30"))
    plane, codes = program.left.plane, program.left.codes.codes
    np.testing.assert_allclose(
        plane.lift(plane.project(codes[[4, 11, 30]]), codes[4]), codes[[4, 11, 30]], atol=1e-4
    )
    program.wait(lambda: program.maps[0].at_rest)
    view = program.left.view
    for row in (4, 11, 30):  # however far out they lie
        x, y = view.to_pixels(*program.left.codes.points[row])
        assert 0 <= x <= view.width
        assert 0 <= y <= view.height
    assert "4, 11, 30" in menu_button.text()
    assert PaneView(axes="rows:4,11,30").axes == "rows:4,11,30"
    for wrong in ("rows:4,11", "rows:1,2,x", "rows:-1,2,3"):
        with pytest.raises(ConfigError, match="axes"):
            PaneView(axes=wrong)


def test_other_axes_begin_with_their_first_slice_and_undo_goes_back(program: Program) -> None:
    show_latent(program, 6)
    for row in (4, 11, 30):
        program.explorer.pick(row)
    open_panel(program)
    program.wait(lambda: state(program).facts[0] is not None)
    pane, history = program.left, program.application.toolbox.undo
    pane.want_code(pane.codes.codes[30])
    state(program).set_slice(0, 2.0)
    program.wait(lambda: pane.slice_offset is not None and not history._history.open_kind)
    cursor, code, offset = pane.cursor, pane.code.copy(), pane.slice_offset.copy()
    former = pane.plane
    action = next(act for act in program.window.findChildren(QAction) if act.objectName() == "plane-last")
    assert action.isEnabled()
    action.trigger()
    assert pane.axes == program.right.axes == "rows:4,11,30"
    program.wait(lambda: pane.plane is not former)
    program.wait(lambda: not history._history.open_kind)
    assert state(program).slices[0] == 0
    assert pane.slice_offset is None
    assert program.application.tools.undo.undo_text == "Axes"
    history.undo()
    program.wait(lambda: pane.plane.names[0].startswith("PC1") and pane.slice_offset is not None)
    assert pane.axes == "auto"
    assert state(program).slices[0] == 2.0
    np.testing.assert_allclose(np.abs(pane.slice_offset), np.abs(offset), atol=1e-3)
    np.testing.assert_allclose(pane.cursor, cursor, atol=1e-3)
    np.testing.assert_allclose(pane.code, code, atol=1e-3)
    history.redo()
    program.wait(lambda: pane.axes == "rows:4,11,30" and state(program).slices[0] == 0)


def test_an_image_in_the_plane_is_not_off_it(program: Program) -> None:
    show_latent(program, 6)
    for row in (4, 11, 30):
        program.explorer.pick(row)
    open_panel(program)
    program.left.set_axes("rows:4,11,30")
    program.wait(lambda: program.child("planeLine0").text().endswith("image 30 lies 0.00 away from its plane"))


def test_planes_through_images_that_are_not_there_are_the_usual_ones() -> None:
    codes = np.random.default_rng(0).normal(size=(50, 5)).astype(np.float32)
    usual = pca(codes)
    rows_shown = np.arange(0, 100, 2)
    for axes in ("rows:2,4,5", "rows:2,4,500"):
        np.testing.assert_allclose(plane_for(axes, codes, None, rows_shown).axes, usual.axes)
    codes[2] = np.nan
    assert plane_for("rows:2,4,6", codes, None, rows_shown).names[0].startswith("PC1")
    assert plane_for("rows:0,2,6", codes, None, rows_shown).names == ("#0 → #2", "→ #6")
    # Three codes that agree span no plane; there is one all the same.
    codes[:] = 1.0
    assert plane_for("rows:0,2,6", codes, None, rows_shown).axes.shape == (2, 5)
