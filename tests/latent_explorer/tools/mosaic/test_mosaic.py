"""The decoded mosaic in the real window, by menu, wheel and drag."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from latent_explorer.tools.mosaic.state import MosaicState
from tests.latent_explorer.pictures import same_pictures
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import narrow
from tests.latent_explorer.wheel import turn_wheel
from trainer.config import DataConfig


@pytest.fixture
def program(qtbot, tmp_path):
    with running(qtbot, tmp_path) as started:
        started.wait(lambda: started.left.codes is not None and started.left.view is not None)
        yield started


def switch(program: Program, name: str) -> None:
    """Choose an overlay in the menu."""
    action = program.window.findChild(QAction, f"overlay-{name}")
    assert action is not None
    action.trigger()


def mosaic(program: Program, pane: int):
    return program.application.tools[MosaicState].picture(pane)


def complete(program: Program, pane: int = 0) -> bool:
    picture = mosaic(program, pane)
    return picture is not None and picture.complete


def test_tiles_are_the_pictures_at_their_middles(program):
    switch(program, "mosaic")
    program.wait(lambda: complete(program, 0) and complete(program, 1))
    for pane in (program.left, program.right):
        picture = mosaic(program, pane.index)
        side = round(picture.pitch * picture.scale)
        assert side == 56
        rows, columns = picture.pixels.shape[0] // side, picture.pixels.shape[1] // side
        assert picture.tiles == rows * columns
        assert (picture.pixels[..., 3] == 255).all()
        replica = program.application.exploration.replica(pane.index)
        for row, column in ((0, 0), (rows // 2, columns // 3)):
            x = picture.left + (column + 0.5) * picture.pitch
            y = picture.top - (row + 0.5) * picture.pitch
            code = pane.plane.lift(np.array([x, y]), np.zeros(2, np.float32))
            expected = replica.decode(code[None])[0].repeat(2, axis=0).repeat(2, axis=1)
            tile = picture.pixels[row * side : (row + 1) * side, column * side : (column + 1) * side, :3]
            assert np.abs(tile.astype(int) - expected.astype(int)).max() <= 1
        left, bottom, right, top = pane.view.rect
        assert picture.left <= left
        assert picture.top >= top
        assert picture.left + columns * picture.pitch >= right
        assert picture.top - rows * picture.pitch <= bottom


def test_a_pan_only_adds_tiles_and_a_zoom_decodes_finer_ones(program):
    switch(program, "mosaic")
    program.wait(lambda: complete(program, 0))
    before = mosaic(program, 0)
    shown = program.maps[0]
    middle = shown.rect().center()
    QTest.mousePress(shown, Qt.MouseButton.MiddleButton, pos=middle)
    for step in range(1, 6):
        QTest.mouseMove(shown, middle + QPoint(20 * step, 12 * step))
    QTest.mouseRelease(shown, Qt.MouseButton.MiddleButton, pos=middle + QPoint(100, 60))
    program.wait(lambda: mosaic(program, 0) is not before and complete(program, 0))
    after = mosaic(program, 0)
    assert after.pitch == before.pitch
    # The same places of the plane have the same pixels: nothing swims.
    dx = round((before.left - after.left) * before.scale)
    dy = round((after.top - before.top) * before.scale)
    assert (dx, dy) != (0, 0)
    mine = before.pixels[max(0, -dy) : after.pixels.shape[0] - dy, max(0, -dx) : after.pixels.shape[1] - dx]
    theirs = after.pixels[max(0, dy) :, max(0, dx) :][: mine.shape[0], : mine.shape[1]]
    assert same_pictures(mine[: theirs.shape[0], : theirs.shape[1]], theirs)

    turn_wheel(shown, QPointF(middle), 480)
    program.wait(lambda: complete(program, 0) and mosaic(program, 0).pitch < after.pitch)
    assert mosaic(program, 0).pitch * program.left.view.scale == pytest.approx(56)


def test_switched_off_nothing_is_left(program):
    switch(program, "mosaic")
    program.wait(lambda: complete(program, 0))
    assert program.maps[0].stack.has_under
    switch(program, "mosaic")
    assert mosaic(program, 0) is None
    assert not program.maps[0].stack.has_under


def test_while_training_tiles_come_from_new_weights(qtbot, tmp_path):
    with running(qtbot, tmp_path) as program:
        narrow(program)
        program.explorer.data_requested.emit(DataConfig(name="digits"), False)
        program.wait(lambda: program.training.run_state == "ready" and program.left.codes is not None)
        switch(program, "mosaic")
        program.training.command_requested.emit("train")
        program.wait(lambda: program.training.run_state == "training" and complete(program, 0))
        number = mosaic(program, 0).number
        program.wait(lambda: complete(program, 0) and mosaic(program, 0).number > number)
        assert mosaic(program, 1).number > 0
        program.training.command_requested.emit("pause")
        program.wait(lambda: program.training.run_state == "paused" and not program.application.client.busy)
        program.wait(lambda: complete(program, 0) and mosaic(program, 0).number == program.left.codes.number)
        assert not [one for one in program.said if one.level == "error"]
