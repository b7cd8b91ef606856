"""A draw of p(x|z) in the place of the mean: by key and menus, still while the cursor is, measured never."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from latent_explorer.core.decoded_as import MOST_SEED, DecodedAs
from latent_explorer.panes.picture_view import PictureView
from tests.latent_explorer.core.undoing import rest, undo
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, narrow, save, settle, train
from trainer.config import DataConfig

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        made.wait(lambda: all(pane.picture is not None for pane in (made.left, made.right)))
        made.window.activateWindow()
        yield made


def decoded(program: Program) -> DecodedAs:
    return program.explorer.decoded


def view(program: Program) -> PictureView:
    return program.window.panes[1].column.decoded


def test_a_key_shows_a_draw_that_rests_with_the_cursor(program: Program) -> None:
    pane, column = program.right, program.window.panes[1].column
    mean = pane.picture
    assert column.decoded_caption.text() == "decoded: mean"
    QTest.keyClick(program.maps[1], Qt.Key.Key_M, CONTROL_SHIFT)
    assert decoded(program).draws
    for one in (program.left, program.right):
        assert set(np.unique(one.draw)) == {0, 255}  # Bernoulli pixels
    draw = pane.draw.copy()
    np.testing.assert_array_equal(pane.picture, mean)  # what is measured
    assert pane.shown_picture is pane.draw
    assert column.decoded_caption.text() == "decoded: a draw"
    assert "a draw" in view(program).accessibleDescription()
    assert "draw" in view(program).image().text("Description")
    program.drag(1, (0.5, 0.5), (0.6, 0.4))
    assert (pane.draw != draw).any()
    moved = pane.draw.copy()
    program.application.exploration.refresh()
    np.testing.assert_array_equal(pane.draw, moved)  # still
    QTest.keyClick(program.maps[1], Qt.Key.Key_D, CONTROL_SHIFT)
    assert (pane.draw != moved).any()
    QTest.keyClick(program.maps[1], Qt.Key.Key_M, CONTROL_SHIFT)
    assert pane.draw is None
    assert column.decoded_caption.text() == "decoded: mean"
    assert not program.window.view_menu.draw_again.isEnabled()


def test_the_pictures_own_menu_does_the_same(program: Program) -> None:
    def choose(text: str) -> None:
        program.focus(view(program))
        QTest.keyClick(view(program), Qt.Key.Key_Return)
        program.wait(lambda: view(program).findChild(QMenu, "pictureMenu") is not None)
        menu = view(program).findChild(QMenu, "pictureMenu")
        action = next(one for one in menu.actions() if text in one.text())
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        program.wait(lambda: view(program).findChild(QMenu, "pictureMenu") is None)

    choose("random draw")
    assert decoded(program).draws
    choose("another draw")
    assert decoded(program).seed == 1
    choose("the mean")
    assert not decoded(program).draws


def test_files_say_which_it_is(program: Program) -> None:
    settings = program.window.export_desk.settings
    assert settings("pictures")["panes"][1]["decoded"] == "mean"
    decoded(program).set_draws(True)
    decoded(program).set_seed(4)
    assert settings("pictures")["panes"][1]["decoded"] == {"draw": 4}


def test_it_can_be_undone(program: Program) -> None:
    rest(program)
    QTest.keyClick(program.maps[1], Qt.Key.Key_M, CONTROL_SHIFT)
    assert decoded(program).draws
    undo(program)
    assert not decoded(program).draws
    assert program.right.draw is None


def test_it_comes_back_with_a_session(program: Program, tmp_path: Path) -> None:
    narrow(program)
    load(program, DataConfig(name="moons", count=40))
    decoded(program).set_draws(True)
    decoded(program).set_seed(5)
    train(program, 1)
    save(program, tmp_path / "kept")
    decoded(program).set_draws(False)
    decoded(program).set_seed(0)
    program.explorer.open_requested.emit(str(tmp_path / "kept"))
    program.wait(lambda: decoded(program).draws and decoded(program).seed == 5)
    settle(program)


def test_bad_seeds_are_refused() -> None:
    for seed in (-1, MOST_SEED + 1):
        with pytest.raises(ValueError, match=str(seed)):
            DecodedAs().set_seed(seed)


def test_after_the_last_seed_comes_the_first() -> None:
    shown = DecodedAs()
    shown.set_seed(MOST_SEED)
    shown.draw_again()
    assert shown.seed == 0


def test_saved_pictures_show_the_draw_and_measure_the_mean(program: Program) -> None:
    from latent_explorer.export.panel_exports import _pictures_of

    decoded(program).set_draws(True)
    pictures = _pictures_of(program.right).pictures
    assert pictures[1][0] == "decoded: a draw"
    np.testing.assert_array_equal(pictures[1][2], program.right.draw)
    assert program.window.export_desk.figure("pictures") is not None
    decoded(program).set_draws(False)
    assert _pictures_of(program.right).pictures[1][0] == "decoded"
