"""Undo and redo in the whole program, driven by mouse and keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.latent_explorer.core.undoing import begun, real_drag, redo, rest, titles, undo
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program
from tests.latent_explorer.wheel import turn_wheel
from trainer.config import DataConfig


@pytest.fixture
def program(program: Program) -> Program:
    return begun(program)


def test_a_drag_is_one_entry_and_undo_brings_the_cursor_back(program: Program) -> None:
    menu = program.window.edit_menu
    assert not menu.undo.isEnabled()
    assert not menu.redo.isEnabled()
    start, other = program.left.cursor, program.right.cursor
    real_drag(program, 0, (0.3, 0.3), (0.4, 0.4), (0.5, 0.45), (0.6, 0.5))
    rest(program)
    end, picture = program.left.cursor, program.left.picture
    assert titles(program) == ("Move cursor", "")
    assert menu.undo.text() == "&Undo Move cursor"
    undo(program)
    assert program.left.cursor == start
    assert program.right.cursor == pytest.approx(other)
    assert titles(program) == ("", "Move cursor")
    redo(program)
    assert program.left.cursor == end
    assert program.left.picture is not None
    assert same_pictures(program.left.picture, picture)


def test_a_click_moves_and_picks_and_is_one_entry(program: Program) -> None:
    start = program.left.cursor
    former = program.explorer.picked
    program.drag(0, (0.62, 0.4))
    rest(program)
    picked = program.explorer.picked
    assert picked not in (None, former)
    undo(program)
    assert program.explorer.picked == former
    assert program.left.cursor == start
    assert titles(program)[0] == ""
    redo(program)
    assert program.explorer.picked == picked


def test_the_leader_changes_with_the_entry(program: Program) -> None:
    program.drag(0, (0.3, 0.3), (0.5, 0.5))
    rest(program)
    left, right = program.left.cursor, program.right.cursor
    program.drag(1, (0.3, 0.7), (0.6, 0.6))
    rest(program)
    assert program.explorer.leader == 1
    undo(program)
    assert program.explorer.leader == 0
    assert (program.left.cursor, program.right.cursor) == (left, right)


def test_unlinked_cursors_come_back_each_by_itself(program: Program) -> None:
    program.explorer.set_link("off")
    rest(program)
    program.drag(0, (0.3, 0.3), (0.5, 0.5))
    rest(program)
    left, right = program.left.cursor, program.right.cursor
    program.drag(1, (0.3, 0.7), (0.6, 0.6))
    rest(program)
    undo(program)
    assert (program.left.cursor, program.right.cursor) == (left, right)
    undo(program)
    undo(program)
    assert program.explorer.link == "image"


def test_a_code_that_was_asked_for_comes_back_exactly(program: Program) -> None:
    code = np.array([0.125, -0.5], np.float32)
    program.left.want_code(code)
    rest(program)
    program.drag(0, (0.3, 0.3), (0.5, 0.5))
    rest(program)
    undo(program)
    assert program.left.code is not None
    assert (program.left.code == code).all()


def wheel(program: Program, pane: int, notches: int) -> None:
    shown = program.maps[pane]
    for _ in range(abs(notches)):
        turn_wheel(shown, QPointF(shown.rect().center()), 120 if notches > 0 else -120)


def test_zoom_and_fit_are_undone_and_the_view_follows_again(program: Program) -> None:
    fitted = program.left.view
    assert fitted is not None
    wheel(program, 0, 3)
    rest(program)
    zoomed = program.left.view
    assert zoomed is not None
    assert zoomed.scale == pytest.approx(fitted.scale * 1.2**3)
    assert titles(program)[0] == "Zoom map"
    QTest.keyClick(program.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    rest(program)
    assert titles(program)[0] == "Fit map"
    undo(program)
    assert program.left.view == zoomed
    undo(program)
    assert program.left.view == fitted
    assert program.left.follows
    assert titles(program)[0] == ""


def test_resizing_and_following_cursors_make_no_entries(program: Program) -> None:
    program.window.resize(1100, 760)
    rest(program)
    assert titles(program) == ("", "")


def test_beta_is_named_with_its_values_and_undone(program: Program) -> None:
    slider = program.child("beta-slider")
    slider.setFocus()
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    rest(program)
    after = program.training.knobs.beta
    assert titles(program)[0] == f"β 1 → {after:.4g}"
    undo(program)
    assert program.training.knobs.beta == 1.0
    redo(program)
    assert program.training.knobs.beta == after


def test_settings_and_overlays_are_undone(program: Program) -> None:
    program.explorer.set_greyed(frozenset({1, 2}))
    program.explorer.set_colour_by("split")
    program.application.tools.overlays.switch("contours", True)
    program.left.set_hidden("zero")
    program.training.set_draft(train=program.training.draft_train.replace(batch=256))
    for _ in range(5):
        undo(program)
    assert program.explorer.greyed == frozenset()
    assert program.explorer.colour_by == "class"
    assert not program.application.tools.overlays.on("contours")
    assert program.left.hidden == "picked"
    assert program.training.draft_train.batch == 128
    assert titles(program)[0] == ""


def test_undo_in_a_text_field_is_the_text_fields(program: Program) -> None:
    program.explorer.set_link("off")
    rest(program)
    field = program.child("beta-field")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "7")
    typed = field.text()
    undo_keys = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, *undo_keys)
    assert field.text() != typed
    assert program.explorer.link == "off"
    QTest.keyClicks(field, "7")
    program.window.edit_menu.aboutToShow.emit()
    assert program.window.edit_menu.undo.text() == "&Undo Typing"
    program.window.edit_menu.undo.trigger()
    assert program.explorer.link == "off"


def test_opening_a_run_forgets_what_belonged_to_the_former_one(program: Program) -> None:
    program.drag(0, (0.3, 0.3), (0.5, 0.5))
    rest(program)
    program.training.set_knobs(program.training.knobs.replace(noise=0.1))
    rest(program)
    program.explorer.open_requested.emit("")
    program.qtbot.wait(20)
    # Knobs and settings are those of what was opened: the former session's cannot be brought back beside it.
    assert titles(program) == ("", "")
    assert program.training.knobs.noise == 0.0


def test_an_image_can_be_pasted_from_the_edit_menu(program: Program) -> None:
    names = [action.objectName() for action in program.window.edit_menu.actions()]
    assert names.index("copy-panes") < names.index("own-paste") < names.index("find-command")


def test_what_training_does_makes_no_entries_and_settings_outlive_a_rebuilt_run(program: Program) -> None:
    training = program.training
    program.explorer.data_requested.emit(DataConfig(name="digits"), False)
    program.wait(lambda: training.run_state == "ready" and program.left.picture is not None)
    rest(program)
    assert titles(program) == ("", "")
    before = training.draft_models
    training.set_draft(models=tuple(model.replace(widths=(32,)) for model in before))
    generation = program.left.model.generation if program.left.model is not None else 0
    program.wait(lambda: program.left.model is not None and program.left.model.generation > generation)
    rest(program)
    assert titles(program) == ("Models of the next run", "")
    training.command_requested.emit("train")
    program.wait(lambda: training.step > 40 and program.left.codes is not None)
    training.command_requested.emit("pause")
    program.wait(lambda: training.run_state == "paused")
    rest(program)
    assert titles(program) == ("Models of the next run", "")
    training.set_knobs(training.knobs.replace(beta=4.0))
    step = training.step
    undo(program)
    assert training.knobs.beta == 1.0
    assert training.step == step
    undo(program)
    assert training.draft_models == before


def test_a_cursor_does_not_go_back_to_a_code_it_has_left_by_following(program: Program) -> None:
    program.left.want_code(np.array([1.5, -2.0], np.float32))
    rest(program)
    program.drag(1, (0.3, 0.7), (0.6, 0.6))
    rest(program)
    program.explorer.set_link("off")
    rest(program)
    left, right = program.left.cursor, program.right.cursor
    assert left != pytest.approx((1.5, -2.0))
    program.drag(1, (0.6, 0.6), (0.4, 0.3))
    rest(program)
    undo(program)
    assert program.left.cursor == left
    assert program.right.cursor == right
    undo(program)  # the link
    undo(program)  # the first drag
    assert program.left.cursor == pytest.approx((1.5, -2.0))


def test_codes_shown_in_both_panes_come_back_both(program: Program) -> None:
    codes = {0: np.array([0.25, -0.75], np.float32), 1: np.array([-1.25, 0.5], np.float32)}
    program.left.want_code(np.array([1.5, -2.0], np.float32))
    rest(program)
    program.application.exploration.show_codes(codes)
    rest(program)
    program.drag(0, (0.3, 0.3), (0.5, 0.5))
    rest(program)
    undo(program)
    for place, pane in enumerate((program.left, program.right)):
        assert pane.code is not None
        assert (pane.code == codes[place]).all()


def test_what_opening_the_same_pair_again_brings_is_no_entry(program: Program) -> None:
    program.explorer.set_greyed(frozenset({3}))
    rest(program)
    assert titles(program)[0] == "Show or hide classes"
    picked: list[object] = []
    program.drag(0, (0.62, 0.4))
    rest(program)
    assert program.explorer.picked is not None
    entries = titles(program)[0]
    program.explorer.picked_changed.connect(lambda: picked.append(program.explorer.picked))
    data = program.explorer.data
    assert data is not None
    program.explorer.set_data(replace(data))
    assert program.explorer.greyed == frozenset()
    assert picked == [None]
    assert titles(program)[0] == entries
    program.qtbot.wait(1)
    assert titles(program)[0] == entries
