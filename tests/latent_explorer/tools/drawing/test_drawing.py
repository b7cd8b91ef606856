"""The drawing in the whole program: keys, clicks, menus, the map's marks, files, and training."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from latent_explorer.export.dialog import ExportDialog
from latent_explorer.map.map_menu import map_menu
from latent_explorer.tools.drawing.canvas import DrawingCanvas
from latent_explorer.tools.drawing.overlay import DrawsOverlay
from latent_explorer.tools.drawing.state import DRAWS, DrawingSettings, DrawingState
from tests.latent_explorer.core.undoing import rest, undo
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import narrow, save, settle, train
from trainer.config import DataConfig
from trainer.export.settings_text import KEY


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """A narrow pair on the bundled digits, whose images are there."""
    with running(qtbot, tmp_path) as made:
        narrow(made)
        made.explorer.data_requested.emit(DataConfig(name="digits"), False)
        made.wait(lambda: made.training.run_state == "ready" and made.right.codes is not None)
        settle(made)
        yield made


def state(program: Program) -> DrawingState:
    return program.application.tools[DrawingState]


def canvas(program: Program) -> DrawingCanvas:
    found = program.child("drawingCanvas")
    assert isinstance(found, DrawingCanvas)
    return found


def shown(program: Program, row: int) -> bool:
    """Whether the screen shows the flow of `row` through both models with the weights of the maps."""
    flows = [state(program).flow(index) for index in range(2)]
    panes = (program.left, program.right)
    return all(
        flow is not None and flow.row == row and flow.snapshot is pane.codes.snapshot
        for flow, pane in zip(flows, panes, strict=True)
    ) and all(line.content.flow is flow for line, flow in zip(canvas(program).rows, flows, strict=True))


def open_panel(program: Program, row: int | None = 5) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: state(program).shown)
    if row is not None:
        program.explorer.pick(row)
        program.wait(lambda: shown(program, row))


def click(program: Program, pane: int, key: str) -> None:
    part = canvas(program).part(pane, key)
    assert part is not None, key
    QTest.mouseClick(canvas(program), Qt.MouseButton.LeftButton, pos=part.rect.center().toPoint())


def overlay(program: Program, pane: int) -> DrawsOverlay:
    return next(one for one in program.maps[pane].stack.overlays if isinstance(one, DrawsOverlay))


def choose(menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_the_same_image_goes_through_both_models_and_follows_picks_and_noise(program: Program) -> None:
    open_panel(program)
    left, right = (state(program).flow(index) for index in range(2))
    image = program.explorer.data.images[5]
    for flow in (left, right):
        np.testing.assert_array_equal(flow.image, image.transpose(1, 2, 0))
    np.testing.assert_allclose(left.code, program.left.codes.codes[5], atol=1e-5)
    np.testing.assert_allclose(right.mean, program.right.codes.codes[5], atol=1e-5)
    np.testing.assert_allclose(right.spread, program.right.codes.sigmas[5], rtol=1e-4)
    program.wait(lambda: program.child("drawingImage").text().startswith(f"image {program.explorer.called(5)}"))
    # Fresh noise moves z of the one with a posterior alone; none of it puts z at μ.
    program.click("drawingNoise")
    program.wait(lambda: not np.array_equal(state(program).flow(1).noise, right.noise))
    np.testing.assert_array_equal(state(program).flow(0).code, left.code)
    assert not np.array_equal(state(program).flow(1).code, right.code)
    box = program.child("drawingZero")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    program.wait(lambda: not state(program).flow(1).noise.any())
    np.testing.assert_array_equal(state(program).flow(1).code, right.mean)
    # Keys do the same.
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(program.window, Qt.Key.Key_Y, both)
    program.wait(lambda: state(program).flow(1).noise.any())
    program.explorer.pick(9)
    program.wait(lambda: shown(program, 9))


def test_without_a_picked_image_that_nearest_to_the_leading_cursor_is_drawn(program: Program) -> None:
    open_panel(program, None)
    program.drag(1, (0.5, 0.5), (0.6, 0.4))
    program.wait(lambda: program.right.nearest is not None and shown(program, program.right.nearest.row))


def test_the_code_at_the_cursor_follows_the_hand(program: Program) -> None:
    open_panel(program)
    combo = program.child("drawingSource")
    QTest.keyClick(combo, Qt.Key.Key_Down)
    program.wait(lambda: state(program).settings.source == "cursor")
    program.drag(0, (0.4, 0.4), (0.6, 0.5))
    program.wait(
        lambda: (
            (flow := state(program).flow(0)) is not None
            and flow.row is None
            and np.array_equal(flow.code, program.left.code)
        )
    )
    program.wait(lambda: canvas(program).part(0, "image") is None)
    assert canvas(program).part(0, "picture") is not None
    np.testing.assert_array_equal(state(program).flow(0).picture, program.left.picture)


def test_the_drawing_follows_the_weights_while_training(program: Program) -> None:
    open_panel(program)
    before = state(program).flow(1)
    train(program, 3)
    program.wait(lambda: shown(program, 5) and state(program).flow(1).snapshot.step == program.training.step)
    assert not np.array_equal(state(program).flow(1).mean, before.mean)


def test_draws_are_shown_beside_the_mean_and_marked_on_the_map(program: Program) -> None:
    open_panel(program)
    assert not overlay(program, 1).active
    program.click("drawingDraws")
    program.wait(lambda: all(state(program).draws(index) is not None for index in range(2)))
    draws = state(program).draws(1)
    assert len(draws.codes) == DRAWS
    program.wait(lambda: canvas(program).part(1, "draw11") is not None)
    assert canvas(program).part(0, "draw0") is None
    assert overlay(program, 1).active
    assert not overlay(program, 0).active
    points = overlay(program, 1).points()
    np.testing.assert_allclose(points[0], draws.mean, atol=1e-6)
    np.testing.assert_allclose(points[1:], draws.codes, atol=1e-6)
    caption = overlay(program, 1).caption(program.right.view)
    assert "q(z|x)" in caption.text
    # A click on a draw puts the cursor there, and the image stays.
    click(program, 1, "draw7")
    program.wait(lambda: np.array_equal(program.right.code, draws.codes[7]))
    assert program.explorer.picked == 5
    # Marks go with the panel.
    program.click("close-strip")
    program.wait(lambda: not overlay(program, 1).active)


def test_menus_of_the_picture_and_of_the_map_draw_from_an_images_posterior(program: Program) -> None:
    view = program.window.panes[1].column.original
    row = program.right.nearest.row
    QTest.keyClick(view, Qt.Key.Key_Return)
    menu = view.findChild(QMenu, "pictureMenu")
    program.wait(menu.isVisible)
    choose(menu, "Draw from q(z|x) of this image")
    program.wait(lambda: (draws := state(program).draws(1)) is not None and draws.row == row)
    assert program.explorer.picked == row
    assert state(program).shown
    # At the mark of the picked image on the map, whatever lies nearest to the pointer.
    program.explorer.pick(9)
    program.right.set_hovered(None)
    x, y = program.right.codes.points[9].tolist()
    spot = QPointF(*program.right.view.to_pixels(x, y))
    menu = map_menu(program.maps[1], spot)
    assert "Draw from q(z|x) of this image" in [action.text() for action in menu.actions()]
    menu.popup(program.maps[1].mapToGlobal(spot.toPoint()))
    program.wait(menu.isVisible)
    choose(menu, "Draw from q(z|x) of this image")
    program.wait(lambda: (draws := state(program).draws(1)) is not None and draws.row == 9)


def test_keys_go_from_part_to_part_and_put_codes_under_the_cursor(program: Program) -> None:
    open_panel(program)
    shown_canvas = canvas(program)
    shown_canvas.setFocus()
    reached = []
    for _ in range(4):
        QTest.keyClick(shown_canvas, Qt.Key.Key_Right)
        reached.append(shown_canvas.at)
    assert reached[0] == (0, "image")
    assert len(set(reached)) == 4
    QTest.keyClick(shown_canvas, Qt.Key.Key_Down)
    assert shown_canvas.at[0] == 1
    QTest.keyClick(shown_canvas, Qt.Key.Key_Home)
    while shown_canvas.at != (1, "z"):
        former = shown_canvas.at
        QTest.keyClick(shown_canvas, Qt.Key.Key_Right)
        assert shown_canvas.at != former
    code = state(program).flow(1).code
    QTest.keyClick(shown_canvas, Qt.Key.Key_Return)
    program.wait(lambda: np.array_equal(program.right.code, code))
    description = shown_canvas.accessibleDescription()
    assert "Reconstruction" in description
    assert "nats" in description


def test_settings_can_be_undone_and_come_back_with_a_session(program: Program, tmp_path: Path) -> None:
    open_panel(program)
    rest(program)
    program.click("drawingDraws")
    rest(program)
    undo(program)
    assert state(program).settings == DrawingSettings()
    wanted = DrawingSettings(source="cursor", zero=True, seed=8)
    state(program).set_settings(wanted)
    train(program, 1)
    save(program, tmp_path / "kept")
    state(program).set_settings(DrawingSettings())
    program.explorer.open_requested.emit(str(tmp_path / "kept"))
    program.wait(lambda: state(program).settings == wanted)


def test_buttons_save_and_copy(program: Program) -> None:
    open_panel(program)
    program.click("drawingCopy")
    copied = QGuiApplication.clipboard().image()
    assert copied.width() >= 1000
    program.click("drawingSave")
    dialog = program.window.findChild(ExportDialog)
    program.wait(dialog.isVisible)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    program.wait(lambda: not dialog.isVisible())


def test_files_hold_pictures_vectors_and_settings(program: Program, tmp_path: Path) -> None:
    open_panel(program)
    desk = program.window.export_desk
    for kind in ("svg", "png"):
        desk.save("drawing", kind, 2, str(tmp_path / f"drawing.{kind}"))
    program.wait(lambda: all((tmp_path / f"drawing.{kind}").exists() for kind in ("svg", "png")))
    root = ET.parse(tmp_path / "drawing.svg").getroot()
    space = "{http://www.w3.org/2000/svg}"
    texts = " ".join("".join(node.itertext()) for node in root.iter(f"{space}text"))
    for word in ("AE", "VAE", "encoder", "decoder", "μ", "σ", "ε", "Reconstruction", "KL to N(0, I)", "digits"):
        assert word in texts, word
    # Two images, two decoded pictures, and the hidden layers of both models.
    flows = [state(program).flow(index) for index in range(2)]
    layers = sum(len(flow.encoder) + len(flow.decoder) for flow in flows)
    assert len(list(root.iter(f"{space}image"))) == 4 + layers
    width, height = desk.figure("drawing").size
    with Image.open(tmp_path / "drawing.png") as image:
        assert image.size == (2 * width, 2 * height)
        settings = json.loads(image.text[KEY])
    assert settings["drawing"] == {"source": "image", "zero": False, "seed": 0, "draws": False, "row": 5}
