"""Your own image in the whole program: drawn, dropped, pasted, encoded, refined, followed while training."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import trainer.models  # noqa: F401  (registers the families)
from latent_explorer.tools.own_image.overlay import OwnImageOverlay
from latent_explorer.tools.own_image.state import OwnImageState
from tests.latent_explorer.core.undoing import redo, rest, titles, undo
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load
from trainer.config import DataConfig
from trainer.models.family import family

THREE = ((0.3, 0.2), (0.5, 0.12), (0.7, 0.25), (0.5, 0.45), (0.72, 0.65), (0.5, 0.88), (0.25, 0.75))


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    QGuiApplication.clipboard().clear()
    with running(qtbot, tmp_path) as made:
        made.application.tools.panel_wanted.emit("own_image")
        made.wait(lambda: made.child("ownPad").isVisible())
        yield made


def own(program: Program):
    return program.application.tools[OwnImageState]


def encoded(program: Program) -> None:
    program.wait(lambda: all(own(program).encoded))


def stroke(program: Program, *places: tuple[float, float]) -> None:
    pad = program.child("ownPad")
    sheet = pad.sheet()
    points = [
        QPoint(round(sheet.x() + x * sheet.width()), round(sheet.y() + y * sheet.height())) for x, y in places
    ]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def drop(widget: QWidget, mime: QMimeData) -> None:
    place = QPointF(widget.width() / 2, widget.height() / 2)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, left, none))


def drop_file(program: Program, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop(program.window, mime)


def drawn_file(path: Path, size: tuple[int, int] = (200, 120)) -> Path:
    pixels = np.full(size, 240, np.uint8)
    pixels[60:140, 50:66] = 20
    Image.fromarray(pixels).save(path)
    return path


def test_a_drawing_is_encoded_as_torch_encodes_it(program: Program) -> None:
    stroke(program, *THREE)
    encoded(program)
    state = own(program)
    assert state.source.kind == "drawn"
    assert len(state.strokes) == 1
    program.wait(lambda: state.encoded[0].seen.max() > 200)
    for pane, found in zip((program.left, program.right), state.encoded, strict=True):
        assert found.seen.shape == (28, 28, 1)
        model = family(pane.model.config.family).build(pane.model.config).eval()
        weights = pane.codes.snapshot.weights
        model.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in weights.items()})
        pixels = torch.from_numpy(found.seen.transpose(2, 0, 1)[None].copy()).float() / 255
        with torch.inference_mode():
            code = model.encode(pixels)
            picture = model.decode(code)
            loss = model.reconstruction(code, pixels.flatten(1))
            posterior = model.posterior(pixels)
        np.testing.assert_allclose(found.code, code[0].numpy(), atol=1e-4)
        assert found.loss == pytest.approx(float(loss[0]), rel=1e-4)
        assert found.squared_error == pytest.approx(float((picture - pixels).square().mean()), rel=1e-4)
        assert np.abs(found.picture.astype(float) - 255 * picture[0].numpy().transpose(1, 2, 0)).max() < 1
        if posterior is None:
            assert found.spread is None
        else:
            np.testing.assert_allclose(found.spread, np.exp(0.5 * posterior.log_variance[0].numpy()), rtol=1e-4)
    program.wait(lambda: "nats" in program.child("ownLoss1").text())
    assert "σ" in program.child("ownSpread0").text()
    marks = program.window.findChildren(OwnImageOverlay)
    assert [mark.active for mark in marks] == [True, True]


def test_other_paper_is_no_entry_and_drawings_come_back_on_the_paper_available(program: Program) -> None:
    state, pad = own(program), program.child("ownPad")
    shape = (len(program.left.codes.codes), 1, 28, 28)
    program.wait(lambda: state.background == "dark")
    for places in (THREE, ((0.2, 0.2), (0.4, 0.9))):
        stroke(program, *places)
        rest(program)
    undo(program)
    encoded(program)
    assert titles(program) == ("Your image", "Your image")
    former = state.source
    program.explorer.set_images(np.broadcast_to(np.uint8(255), shape))
    program.wait(lambda: state.background == "bright" and state.source is not former)
    rest(program)
    assert titles(program) == ("Your image", "Your image")
    for step, strokes in ((redo, 2), (undo, 1), (undo, 0), (redo, 1)):
        step(program)
        assert len(state.strokes) == strokes
        if strokes:
            assert state.source.pixels.mean() > 128
            assert np.array_equal(state.source.pixels, pad._canvas.pixels())
    assert titles(program) == ("Your image", "Your image")


def test_the_sheet_is_what_the_data_are_drawn_on_before_a_stroke(program: Program) -> None:
    digit = np.zeros((1, 28, 28), np.uint8)
    digit[:, 10:18, 12:16] = 255
    shape = (len(program.left.codes.codes), *digit.shape)
    program.explorer.set_images(np.broadcast_to(255 - digit, shape))
    program.wait(lambda: own(program).background == "bright")
    program.explorer.set_images(np.broadcast_to(digit, shape))
    program.wait(lambda: own(program).background == "dark")
    assert own(program).source is None


def test_strokes_one_by_one(program: Program) -> None:
    state = own(program)
    stroke(program, (0.2, 0.2), (0.8, 0.2))
    one = state.source.pixels
    stroke(program, (0.5, 0.3), (0.5, 0.9))
    assert len(state.strokes) == 2
    assert (state.source.pixels > 100).sum() > (one > 100).sum()
    program.wait(lambda: program.child("ownUndo").isEnabled())
    program.click("ownUndo")
    assert len(state.strokes) == 1
    np.testing.assert_array_equal(state.source.pixels, one)
    encoded(program)
    program.click("ownClear")
    assert state.source is None
    assert state.encoded == [None, None]
    QTest.mouseClick(program.child("ownPad"), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert state.source.pixels.max() == 255
    program.wait(lambda: all(state.encoded))


def test_drawing_with_the_keyboard(program: Program) -> None:
    pad = program.child("ownPad")
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(pad, Qt.Key.Key_Space)
    for _ in range(8):
        QTest.keyClick(pad, Qt.Key.Key_Down)
    QTest.keyClick(pad, Qt.Key.Key_Space)
    state = own(program)
    assert len(state.strokes) == 1
    assert len(state.strokes[0].points) == 9
    encoded(program)
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert state.source is None


def test_a_dropped_file_is_turned_into_what_the_models_know(program: Program, tmp_path: Path) -> None:
    drop_file(program, drawn_file(tmp_path / "one.png"))
    encoded(program)
    state = own(program)
    assert state.source.name == "one.png"
    assert state.background == "dark"
    assert state.encoded[0].inverted
    assert state.encoded[0].seen[0, 0, 0] < 40
    assert state.encoded[0].seen.max() > 200
    former = state.encoded[0]
    state.change(invert=False)
    program.wait(lambda: state.encoded[0] is not former and state.encoded[0] is not None)
    assert not state.encoded[0].inverted
    assert state.encoded[0].seen[0, 0, 0] > 200


@pytest.mark.parametrize("name", ["broken.png", "text.jpg"])
def test_files_that_are_no_images(program: Program, tmp_path: Path, name: str) -> None:
    stroke(program, *THREE)
    encoded(program)
    before = own(program).source
    good = drawn_file(tmp_path / "good.png").read_bytes()
    (tmp_path / name).write_bytes(good[: len(good) // 2] if name == "broken.png" else b"hello")
    drop_file(program, tmp_path / name)
    program.wait(lambda: name in program.sentences())
    assert "cannot be used as an image" in program.sentences()
    assert own(program).source is before


def test_pasting(program: Program) -> None:
    program.click("ownPaste")
    program.wait(lambda: "holds no image" in program.child("ownStatus").text())
    image = QImage(40, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    for row in range(10, 50):
        for column in range(16, 22):
            image.setPixelColor(column, row, Qt.GlobalColor.darkBlue)
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(program.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    encoded(program)
    state = own(program)
    assert state.source.kind == "clipboard"
    assert state.source.pixels.shape == (60, 40, 3)
    assert state.source.pixels[0, 0].tolist() == [255, 255, 255]
    assert state.encoded[1].inverted


def test_text_fields_keep_their_paste(program: Program) -> None:
    QGuiApplication.clipboard().setText("17")
    field = next(one for one in program.window.findChildren(QLineEdit) if one.isVisible() and one.isEnabled())
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text().startswith("17")
    assert own(program).source is None
    assert "no image" not in program.child("ownStatus").text()


def test_refining_and_going_there(program: Program) -> None:
    stroke(program, *THREE)
    encoded(program)
    state = own(program)
    program.wait(lambda: program.child("ownRefine").isEnabled())
    program.click("ownRefine")
    program.wait(lambda: all(one is not None and one.done for one in state.refined))
    for before, after in zip(state.encoded, state.refined, strict=True):
        assert after.in_nats
        assert after.errors[0] == pytest.approx(before.loss, rel=1e-4)
        assert (np.diff(after.errors) <= 0).all()
        assert after.errors[-1] < before.loss
        np.testing.assert_allclose(after.track[0], before.code, atol=1e-5)
    program.wait(lambda: "→" in program.child("ownLoss0").text())
    assert program.child("ownCurve0").isVisible()
    program.click("ownGo1")
    np.testing.assert_allclose(program.right.code, state.refined[1].track[-1], atol=1e-6)
    assert program.explorer.leader == 1
    program.wait(lambda: program.child("ownBack").isVisible())
    program.click("ownBack")
    assert state.refined == [None, None]
    program.click("ownGo0")
    np.testing.assert_allclose(program.left.code, state.encoded[0].code, atol=1e-6)


def test_weights_to_come_are_followed_and_refined(program: Program) -> None:
    load(program, DataConfig(name="digits"))  # a drawing belongs to its data, so it is made on those of the run
    stroke(program, *THREE)
    encoded(program)
    state = own(program)
    program.click("train-button")
    program.wait(lambda: program.training.step >= 5)
    program.wait(lambda: state.encoded[0] is not None and state.encoded[0].seen.shape == (8, 8, 1))
    first = state.encoded[0]
    program.click("ownRefine")
    program.wait(lambda: state.encoded[0] is not first and state.refined[0] is not None)
    again = state.refined[0].snapshot
    program.wait(lambda: state.refined[0] is not None and state.refined[0].snapshot is not again)
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "paused")
    program.wait(lambda: not state.running and state.encoded[0].snapshot is program.left.codes.snapshot)
    assert not [said for said in program.said if said.level == "error"]


@pytest.mark.parametrize("target", ["main-window", "own_imagePanel"])
def test_what_is_dropped_is_copied_and_never_moved(program: Program, tmp_path: Path, target: str) -> None:
    """Whoever offers to move a file deletes it once the move is accepted."""
    mime = QMimeData()
    if target == "main-window":
        mime.setUrls([QUrl.fromLocalFile(str(drawn_file(tmp_path / "image.png")))])
    else:
        program.application.tools.panel_wanted.emit("own_image")
        sheet = QImage(30, 20, QImage.Format.Format_RGB32)
        sheet.fill(Qt.GlobalColor.white)
        mime.setImageData(sheet)
    widget = program.window if target == "main-window" else program.child(target)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    for offered, accepted in ((Qt.DropAction.MoveAction, False), (both, True)):
        events = (
            QDragEnterEvent(QPoint(20, 20), offered, mime, left, none),
            QDragMoveEvent(QPoint(21, 20), offered, mime, left, none),
            QDropEvent(QPointF(21, 20), offered, mime, left, none),
        )
        for event in events:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.ignore()
            QApplication.sendEvent(widget, event)
            assert event.isAccepted() == accepted
            if accepted:
                assert event.dropAction() == Qt.DropAction.CopyAction
        if accepted:
            program.wait(lambda: own(program).source is not None)
        assert bool(own(program).source) == accepted
