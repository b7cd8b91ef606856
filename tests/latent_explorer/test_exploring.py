"""The first minute: the bundled pair, a dragged cursor, pictures that follow in both panes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from latent_explorer.core.view_transform import bounds_of
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program
from tests.latent_explorer.standing import load
from trainer.config import DataConfig


def test_the_bundled_pair_is_there_at_once_and_decodes(program: Program) -> None:
    for pane in (program.left, program.right):
        assert pane.model is not None
        assert len(pane.codes.rows) == 70_000
        assert pane.picture.shape == (28, 28, 1)
        assert pane.picture.max() > 100
    assert [pane.model.title for pane in (program.left, program.right)] == [
        "Autoencoder",
        "Variational autoencoder",
    ]
    assert not program.said


def test_dragging_moves_both_pictures_and_links_by_image(program: Program) -> None:
    program.drag(0, (0.3, 0.3), (0.4, 0.45))
    first = program.left.picture.copy(), program.right.picture.copy()
    program.drag(0, (0.45, 0.45), (0.55, 0.6), (0.6, 0.55))
    assert not same_pictures(first[0], program.left.picture)
    assert not same_pictures(first[1], program.right.picture)
    row = program.left.nearest.row
    assert program.right.nearest.row == row
    assert np.allclose(program.right.cursor, program.right.codes.points[row], atol=1e-5)


def test_the_cursor_is_under_the_mouse(program: Program) -> None:
    program.drag(1, (0.2, 0.2), (0.7, 0.4))
    shown = program.maps[1]
    x, y = shown.view.to_pixels(*program.right.cursor)
    assert abs(x - 0.7 * shown.width()) <= 1
    assert abs(y - 0.4 * shown.height()) <= 1


def test_the_picture_is_the_decoded_code_under_the_cursor(program: Program) -> None:
    program.drag(0, (0.3, 0.5), (0.35, 0.52))
    replica = program.application.exploration.replica(0)
    code = np.array(program.left.cursor, np.float32)
    assert np.allclose(program.left.code, code, atol=1e-6)
    assert same_pictures(program.left.picture, replica.decode(code[None])[0])


def test_links_by_decoding_and_off(program: Program) -> None:
    program.explorer.set_link("decode")
    program.drag(0, (0.5, 0.5), (0.55, 0.5))
    seen = np.ascontiguousarray(program.left.picture.transpose(2, 0, 1))[None]
    code = program.application.exploration.replica(1).encode(seen)[0]
    assert np.allclose(program.right.cursor, code, atol=1e-5)
    program.explorer.set_link("off")
    before = program.right.cursor
    program.drag(0, (0.3, 0.3), (0.2, 0.3))
    assert program.right.cursor == before


def test_arrow_keys_move_the_cursor_and_home_goes_to_the_origin(program: Program) -> None:
    shown = program.maps[0]
    shown.setFocus()
    start = program.left.cursor
    QTest.keyClick(shown, Qt.Key.Key_Right)
    step = program.left.cursor[0] - start[0]
    assert step > 0
    QTest.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert program.left.cursor[0] - start[0] == pytest.approx(11 * step, rel=1e-3)
    QTest.keyClick(shown, Qt.Key.Key_Home)
    assert program.left.cursor == (0.0, 0.0)


def test_dragging_never_draws_the_points_again(program: Program) -> None:
    shown = program.maps[0]
    program.wait(lambda: shown.drawn_points == 70_000 and shown.at_rest)
    drawn = shown.rasterisations
    program.drag(0, *[(0.3 + 0.01 * turn, 0.5) for turn in range(30)])
    assert shown.rasterisations == drawn


def test_originals_are_missing_and_said_so(program: Program) -> None:
    program.drag(0, (0.5, 0.5), (0.52, 0.5))
    assert program.left.nearest.picture is None
    assert program.left.nearest.label in "0123456789"


def test_a_cursor_of_another_model_comes_back_onto_the_new_map(program: Program) -> None:
    shown = program.maps[0]
    shown.setFocus()
    for _ in range(30):
        QTest.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert program.left.cursor[0] > program.left.codes.points[:, 0].max()
    load(program, DataConfig(name="moons", count=100))
    left, bottom, right, top = bounds_of(program.left.codes.points)
    x, y = program.left.cursor
    assert left <= x <= right
    assert bottom <= y <= top
