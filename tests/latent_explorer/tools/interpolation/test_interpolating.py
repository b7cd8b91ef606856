"""Interpolation in the whole program, by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider
from scipy.spatial import cKDTree

from latent_explorer.tools.interpolation.controller import _WHILE_TRAINING, InterpolationController
from latent_explorer.tools.interpolation.film_strip import FilmStrip
from latent_explorer.tools.interpolation.path_curve import PathCurve
from latent_explorer.tools.interpolation.state import CURVES, InterpolationState, Stop
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program

#: The offscreen platform says this of every window with a least size that is raised: no fault of ours.


def state_of(program: Program) -> InterpolationState:
    return program.application.tools[InterpolationState]


def spot_of(program: Program, pane: int, row: int) -> QPoint:
    """Where a data row's point is on a map."""
    shown = program.maps[pane]
    x, y = (program.left, program.right)[pane].codes.points[row].tolist()
    px, py = shown.view.to_pixels(x, y)
    return QPoint(round(px), round(py))


def pointed_at(program: Program, row: int) -> bool:
    """Move the pointer to a row's point, which moves while a panel that opens makes the maps lower."""
    spot = spot_of(program, 0, row)
    QTest.mouseMove(program.maps[0], spot + QPoint(40, 0))  # no event is sent for a pointer that does not move
    QTest.mouseMove(program.maps[0], spot)
    return program.left.hovered == row


def lone_rows(program: Program) -> list[int]:
    """Two rows whose points on the left map no other is near to."""
    points = program.left.codes.points
    shown = program.maps[0]
    away = cKDTree(points).query(points, 2)[0][:, 1] * shown.view.scale
    inside = shown.rect().adjusted(20, 20, -20, -20)
    lone = (row for row in np.flatnonzero(away > 6).tolist() if inside.contains(spot_of(program, 0, row)))
    return [next(lone), next(lone)]


def fresh(program: Program) -> bool:
    """Whether the strips of both panes are of the present stops and settings, and done."""
    state = state_of(program)
    return len(state.strips) == 2 and all(
        strip.asked == state.chosen
        and strip.done
        and strip.kind == ("grid" if state.as_grid else state.kind)
        and (state.as_grid or len(strip.codes) == max(state.frames, len(state.stops)))
        for strip in state.strips.values()
    )


def choose(program: Program, *rows: int) -> InterpolationState:
    """A path through data rows, with its strips on show."""
    program.application.tools.panel_wanted.emit("interpolation")
    state_of(program).set_stops([Stop(row=row) for row in rows])
    program.wait(lambda: fresh(program))
    program.wait(lambda: program.child("filmStrip0").strip is state_of(program).strips[0])
    return state_of(program)


def test_a_and_b_pressed_over_points_make_strips_in_both_panes(program: Program) -> None:
    shown = program.maps[0]
    first, second = lone_rows(program)
    shown.setFocus()
    for key, row in ((Qt.Key.Key_A, first), (Qt.Key.Key_B, second)):
        program.wait(lambda row=row: pointed_at(program, row))
        QTest.keyClick(shown, key)
    state = state_of(program)
    assert [stop.row for stop in state.stops] == [first, second]
    program.wait(lambda: fresh(program))
    for pane in (program.left, program.right):
        strip = state.strips[pane.index]
        assert np.array_equal(strip.codes[0], pane.codes.codes[first])
        assert np.array_equal(strip.codes[-1], pane.codes.codes[second])
        replica = program.application.exploration.replica(pane.index)
        assert same_pictures(strip.pictures, replica.decode(strip.codes))
    # The panel came to the front and shows them; the keyboard stays with the map.
    program.wait(lambda: program.child("filmStrip1").isVisible())
    program.wait(lambda: program.child("filmStrip1").strip is state.strips[1])
    assert shown.hasFocus()
    figures = program.window.findChild(QLabel, "stripFigures0")
    program.wait(lambda: state.strips[0].measures.whole)
    program.wait(lambda: f"path {state.strips[0].measures.ratio:.2f}" in figures.text())


def test_letters_speak_of_the_image_pointed_at_while_the_focus_is_in_the_panel(program: Program) -> None:
    program.application.tools.panel_wanted.emit("interpolation")
    program.wait(lambda: program.child("interpolationPanel").isVisible())
    assert not any(shown.hasFocus() for shown in program.maps)
    shown = program.maps[0]
    row = lone_rows(program)[0]
    # The pointer position to report; the offscreen platform has none.
    shown.underMouse = lambda: True  # type: ignore[method-assign]
    program.wait(lambda: pointed_at(program, row))
    focus = QApplication.focusWidget()
    QTest.keyClick(focus, Qt.Key.Key_A)
    assert [stop.row for stop in state_of(program).stops] == [row]
    # Arrows mean nothing to overlays, and no cursor moves.
    cursor = program.left.cursor
    QTest.keyClick(focus, Qt.Key.Key_Left)
    assert program.left.cursor == cursor


def test_letters_speak_of_the_image_pointed_at_when_a_number_has_been_typed(program: Program) -> None:
    choose(program, 0, 1)
    field = program.child("pathFrames")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    shown = program.maps[0]
    row = lone_rows(program)[0]
    shown.underMouse = lambda: True  # type: ignore[method-assign]
    program.wait(lambda: pointed_at(program, row))
    QTest.keyClick(field, Qt.Key.Key_C)
    assert [stop.row for stop in state_of(program).stops] == [0, 1, row]
    assert field.text() == "20"


def test_keys_over_no_point_set_the_place_itself_and_c_adds_stops(program: Program) -> None:
    shown = program.maps[1]
    shown.setFocus()
    places = []
    for key, x in ((Qt.Key.Key_A, 4), (Qt.Key.Key_B, 8), (Qt.Key.Key_C, 12), (Qt.Key.Key_C, 16)):
        QTest.mouseMove(shown, QPoint(x, 3))
        places.append(shown.view.to_world(x, 3))
        QTest.keyClick(shown, key)
    stops = state_of(program).stops
    assert [stop.row for stop in stops] == [None] * 4
    assert [stop.pane for stop in stops] == [1] * 4
    for stop, place in zip(stops, places, strict=True):
        assert np.allclose(stop.code, place, atol=1e-5)


def test_dragging_a_handle_moves_its_end_and_everything_follows(program: Program) -> None:
    state = choose(program, 0, 1)
    shown = program.maps[0]
    start = spot_of(program, 0, 1)
    cursor = program.left.cursor
    before = state.strips[1]
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=start)
    target = QPoint(shown.width() // 2 + 15, shown.height() // 3)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(shown, start + (target - start) * share)
    program.wait(lambda: fresh(program))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=target)
    assert program.left.cursor == cursor  # the handle moved, not the cursor
    assert state.stops[0].row == 0
    assert state.stops[1].row is None
    x, y = shown.view.to_pixels(*state.strips[0].codes[-1].tolist())
    assert abs(x - target.x()) < 2
    assert abs(y - target.y()) < 2
    # The other pane follows by image.
    away = np.linalg.norm(program.left.codes.codes - state.strips[0].codes[-1], axis=1)
    assert np.array_equal(state.strips[1].codes[-1], program.right.codes.codes[away.argmin()])
    assert state.strips[1] is not before


def test_the_slider_shows_its_frame_in_both_panes(program: Program) -> None:
    state = choose(program, 0, 1)
    slider = program.child("pathSlider")
    assert isinstance(slider, QSlider)
    slider.setFocus()
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert state.frame == 5
    for pane in (program.left, program.right):
        strip = state.strips[pane.index]
        assert np.array_equal(pane.code, strip.codes[5])
        assert same_pictures(pane.picture, strip.pictures[5])
        assert np.allclose(pane.cursor, strip.codes[5], atol=1e-5)
    # A dragged cursor takes over again, link and all.
    program.drag(0, (0.4, 0.4), (0.45, 0.45))
    assert program.right.nearest.row == program.left.nearest.row


def test_pressing_on_a_strip_or_the_curve_goes_to_that_frame(program: Program) -> None:
    state = choose(program, 0, 1)
    strip = program.child("filmStrip1")
    assert isinstance(strip, FilmStrip)
    frame, tile = strip.shown()[-2]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=tile.center().toPoint())
    assert state.frame == frame
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert state.frame == frame - 1
    curve = program.child("pathCurve")
    assert isinstance(curve, PathCurve)
    QTest.mouseClick(curve, Qt.MouseButton.LeftButton, pos=QPoint(curve.width() // 2, curve.height() // 2))
    assert state.frame in (7, 8)


def test_playing_goes_through_the_frames_and_loops(program: Program) -> None:
    state = choose(program, 0, 1)
    state.set_speed(30)
    program.click("pathPlay")
    seen: list[int] = []
    state.frame_changed.connect(lambda: seen.append(state.frame))
    program.wait(lambda: len(seen) > 17)
    assert 0 in seen
    assert 15 in seen
    program.drag(0, (0.4, 0.4), (0.45, 0.45))  # a hand on the cursor stops it
    assert not state.playing
    state.set_loop(False)
    state.show_frame(13)
    program.click("pathPlay")
    program.wait(lambda: not state.playing)
    assert state.frame == 15


def test_four_stops_as_a_grid(program: Program) -> None:
    state = choose(program, 0, 1, 2, 3)
    program.window.findChild(object, "stops-grid").trigger()
    program.wait(lambda: fresh(program))
    strip = program.child("filmStrip0")
    assert isinstance(strip, FilmStrip)
    program.wait(lambda: strip.strip is state.strips[0])
    assert len(strip.shown()) == 16
    assert not program.child("pathSlider").isVisible()
    frame, tile = strip.shown()[6]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=tile.center().toPoint())
    assert np.array_equal(program.left.code, state.strips[0].codes[frame])


def test_the_empty_state_offers_an_example(program: Program) -> None:
    program.application.tools.panel_wanted.emit("interpolation")
    program.wait(lambda: "press A" in program.window.findChild(QLabel, "pathHint").text())
    program.click("pathExample")
    program.wait(lambda: fresh(program))
    rows = [stop.row for stop in state_of(program).stops]
    labels = program.explorer.data.labels[rows]
    assert labels[0] != labels[1]
    program.window.findChild(object, "stops-clear").trigger()
    program.wait(lambda: not state_of(program).strips)
    program.wait(program.child("pathExample").isVisible)


def test_stops_by_menu_at_the_cursor_and_the_picked_image(program: Program) -> None:
    find = lambda name: program.window.findChild(object, name)  # noqa: E731
    assert not find("stop-a-picked").isEnabled()
    program.explorer.pick(5)
    find("stop-a-picked").trigger()
    program.drag(1, (0.4, 0.4), (0.45, 0.5))
    find("stop-b-cursor").trigger()
    first, second = state_of(program).stops
    assert first.row == 5
    assert second.pane == 1
    assert np.array_equal(second.code, program.right.code)


def test_frames_can_be_typed(program: Program) -> None:
    state = choose(program, 0, 1)
    field = program.child("pathFrames")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "64")
    QTest.keyClick(field, Qt.Key.Key_Return)
    program.wait(lambda: fresh(program))
    assert len(state.strips[0].codes) == 64


def test_the_density_curve_follows(program: Program) -> None:
    state = choose(program, 0, 1)
    state.set_curve("density")
    program.wait(lambda: all(strip.density is not None for strip in state.strips.values()))
    curve = program.child("pathCurve")
    assert isinstance(curve, PathCurve)
    frames, values = curve.values(state.strips[0])
    assert len(frames) == len(values) == 16
    assert ((values >= 0) & (values <= 1)).all()


def test_strips_follow_the_weights_while_training(program: Program) -> None:
    state = choose(program, 0, 1)
    before = state.strips[0]
    number = program.left.codes.snapshot
    program.explorer.data_requested.emit(program.training.draft_data.replace(name="digits"), False)
    program.wait(lambda: program.explorer.data.config.name == "digits")
    assert state.stops == ()  # rows of other data are other images
    assert not state.strips
    program.training.command_requested.emit("step")
    program.wait(lambda: program.training.step == 1 and program.left.codes is not None)
    state.set_stops([Stop(row=0), Stop(row=1)])
    program.wait(lambda: fresh(program))
    first = state.strips[0]
    assert first.codes is not before.codes
    state.show_frame(4)
    program.training.command_requested.emit("step")
    program.wait(lambda: program.training.step == 2 and program.left.codes.snapshot is not number)
    program.wait(lambda: state.strips[0] is not first and not np.array_equal(state.strips[0].codes, first.codes))
    for pane in (program.left, program.right):
        program.wait(lambda pane=pane: np.array_equal(state.strips[pane.index].codes[0], pane.codes.codes[0]))
        # The frame that the user moved to stays under both cursors.
        program.wait(lambda pane=pane: np.array_equal(pane.code, state.strips[pane.index].codes[4]))


def test_strips_are_made_only_while_someone_sees_them(program: Program) -> None:
    state = state_of(program)
    tools = program.application.tools
    tools.overlays.switch("path", False)
    state.set_stops([Stop(row=0), Stop(row=1)])
    workers = program.application.toolbox[InterpolationController].workers
    program.qtbot.wait(50)
    assert not state.strips
    assert not any(worker.busy for worker in workers)
    tools.overlays.switch("path", True)  # the line on the maps needs them too
    program.wait(lambda: fresh(program))
    tools.overlays.switch("path", False)
    state.set_stops([Stop(row=2), Stop(row=3)])
    tools.panel_wanted.emit("interpolation")
    program.wait(lambda: state.shown and fresh(program))
    state.set_stops([])
    program.wait(lambda: not state.strips)


def test_while_training_weights_ask_for_strips_a_few_times_a_second(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = choose(program, 0, 1)
    controller = program.application.toolbox[InterpolationController]
    worker, follower = controller.workers[0], controller.followers[0]
    program.wait(lambda: not follower.busy)
    asked: list[float] = []
    monkeypatch.setattr(worker, "ask", lambda work, at_once: asked.append(follower._asked_at))
    program.training.set_run("training")
    while len(asked) < 4:
        pane = program.left
        pane.set_codes(replace(pane.codes), pane.plane)
        program.qtbot.wait(10)
    assert min(np.diff(asked)) > 0.9e-3 * _WHILE_TRAINING
    # A hand does not wait for that.
    state.set_frames(20)
    assert follower._timer.remainingTime() == 0
    program.wait(lambda: len(asked) > 4)


@pytest.mark.parametrize("curve", CURVES)
def test_paths_are_measured_in_full_when_training_rests(program: Program, curve: str) -> None:
    program.training.set_run("training")
    state_of(program).set_curve(curve)
    state = choose(program, 0, 1)
    worker = program.application.toolbox[InterpolationController].workers[0]
    program.wait(lambda: not worker.busy)
    assert (state.strips[0].density is not None) == (curve == "density")
    assert not state.strips[0].measures.whole
    program.training.set_run("paused")
    program.wait(lambda: state.strips[0].measures.whole)


def test_another_model_takes_the_strips_of_the_former_away(program: Program) -> None:
    state = choose(program, 0, 1)
    state.show_frame(7)
    state.set_kind("geodesic")
    program.wait(lambda: 0 in state.strips and state.strips[0].kind == "geodesic")
    pane = program.left
    former, codes, plane = pane.model, pane.codes, pane.plane
    pane.set_model(replace(former, generation=former.generation + 1))
    assert 0 not in state.strips
    assert 1 in state.strips
    right = program.right
    right.set_model(replace(right.model, generation=right.model.generation + 1))
    assert not state.strips
    pane.set_codes(codes, plane)
    program.wait(lambda: 0 in state.strips)
    assert state.frame == 7


def test_a_refinement_can_be_cancelled_and_stays_as_far_as_it_came(program: Program) -> None:
    state = choose(program, 0, 1)
    state.set_kind("geodesic")
    program.wait(lambda: 0 in state.strips and state.strips[0].kind == "geodesic" and not state.strips[0].done)
    for worker in program.application.toolbox[InterpolationController].workers:
        worker.cancel()
    assert state.strips[0].done
    assert "Stopped" in state.strips[0].note
    program.wait(lambda: "Stopped" in program.window.findChild(QLabel, "stripNote0").text())
    # The next request is served as ever.
    state.set_kind("lerp")
    program.wait(lambda: fresh(program))
