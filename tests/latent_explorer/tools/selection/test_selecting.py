"""The whole program: select, undo, list, copy, and train on what was selected; saved and opened again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.selection import panel as panel_module
from latent_explorer.tools.selection.panel import SelectionPanel
from latent_explorer.tools.selection.state import SelectionPanelState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, load, narrow, save, settle, train
from trainer.config import DataConfig

DIGITS = DataConfig(name="digits", count=300)
KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        narrow(made)
        load(made, DIGITS)
        yield made


def lasso(program: Program, *places: tuple[float, float]) -> np.ndarray:
    shown = program.maps[0]
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_L)
    points = [QPoint(round(x * shown.width()), round(y * shown.height())) for x, y in places]
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(shown, point)
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=points[-1])
    return program.explorer.selection.rows


def selection_panel(program: Program) -> SelectionPanel:
    return next(one.widget for one in program.window.tool_panels if isinstance(one.widget, SelectionPanel))


ALL = ((0.01, 0.01), (0.99, 0.01), (0.99, 0.99), (0.01, 0.99))
HALF = ((0.01, 0.01), (0.5, 0.01), (0.5, 0.99), (0.01, 0.99))


def test_a_lasso_opens_the_sheet_and_is_undone(program: Program) -> None:
    rows = lasso(program, *HALF)
    assert 2 <= len(rows) < 300
    program.wait(lambda: program.window.strip.current == "selection")
    panel = selection_panel(program)
    program.wait(lambda: len(panel.sheet.rows) == len(rows))
    program.application.toolbox.undo.undo()
    assert not len(program.explorer.selection.rows)
    program.application.toolbox.undo.redo()
    np.testing.assert_array_equal(program.explorer.selection.rows, rows)
    program.click("selectionClear")
    assert not len(program.explorer.selection.rows)


def test_an_empty_lasso_is_one_sentence(program: Program) -> None:
    lasso(program, (0.001, 0.001), (0.02, 0.001), (0.02, 0.02), (0.001, 0.02))
    assert "There is no image inside the lasso" in program.sentences()


def test_the_list_is_a_table(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = lasso(program, *HALF)
    path = tmp_path / "list.csv"
    tilts = (np.arange(data_of(program).count)[:, None] / 7).astype(np.float32)
    tilted = replace(data_of(program), factors=tilts, factor_names=("tilt",))
    monkeypatch.setattr(program.explorer, "data", tilted)
    monkeypatch.setattr(panel_module, "choose_export_file", lambda *_: str(path))
    program.wait(lambda: program.child("selectionList").isVisible())
    program.click("selectionList")
    program.wait(lambda: "Saved to" in program.sentences())
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    data = data_of(program)
    assert list(lines[0])[:5] == ["row", "label", "split", "factor_tilt", "m1_z1"]
    numbers = sorted(data.places(rows).tolist())
    assert [int(line["row"]) for line in lines] == numbers
    by_number = dict(zip(data.places(rows).tolist(), rows.tolist(), strict=True))
    for line in lines:
        row = by_number[int(line["row"])]
        assert line["label"] == data.label(row)
        assert np.float32(line["factor_tilt"]) == np.float32(row / 7)
        assert line["split"] == ("held-out" if row >= data.train_count else "train")
        for number, pane in enumerate((program.left, program.right), start=1):
            place = pane.codes.place_of(row)
            assert np.float32(line[f"m{number}_z1"]) == pane.codes.codes[place, 0]


def test_images_are_copied(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = lasso(program, *HALF)
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(panel_module, "choose_copies_folder", lambda *_: str(tmp_path / "copies"))
    program.wait(lambda: program.child("selectionCopy").isEnabled())
    program.click("selectionCopy")
    program.wait(lambda: "were copied to" in program.sentences())
    (folder,) = (tmp_path / "copies").iterdir()
    assert len(list(folder.iterdir())) == len(rows)


def test_what_was_selected_becomes_the_data_and_comes_back_with_a_checkpoint(
    program: Program, tmp_path: Path
) -> None:
    former = data_of(program)
    rows = lasso(program, *HALF)
    pixels, labels = former.images[rows].copy(), former.labels[rows].copy()  # type: ignore[index]
    program.wait(lambda: program.child("selectionUse").isEnabled())
    program.click("selectionUse")
    program.wait(lambda: data_of(program).count == len(rows) and program.training.run_state == "ready")
    settle(program)
    data = data_of(program)
    assert data.config.rows
    order = np.argsort(data.places(np.arange(data.count)))
    wanted = np.argsort(former.places(rows))
    np.testing.assert_array_equal(np.array(data.images)[order], pixels[wanted])
    np.testing.assert_array_equal(data.labels[order], labels[wanted])  # type: ignore[index]
    assert data.label_names == former.label_names
    assert not len(program.explorer.selection.rows)  # it belonged to the former data
    train(program, 2)
    save(program, tmp_path / "saved")
    load(program, DIGITS)
    # The selection comes back with its data.
    np.testing.assert_array_equal(program.explorer.selection.rows, rows)
    program.explorer.open_requested.emit(str(tmp_path / "saved"))
    program.wait(lambda: data_of(program).count == len(rows) and program.training.step == 2)
    settle(program)
    assert data_of(program).config == data.config
    assert data_of(program).fingerprint == data.fingerprint


def test_one_image_is_no_data_set(program: Program) -> None:
    program.explorer.selection.set_rows([3])
    program.application.tools[SelectionPanelState].data_wanted.emit()
    assert "Select at least two images first" in program.sentences()
    assert data_of(program).count == 300


def test_a_lasso_by_keys_alone(program: Program) -> None:
    """Ctrl+L, arrows to a corner, Space, ... and Enter: the images inside, worked out independently."""
    window, shown = program.window, program.maps[0]
    window.strip.bar.setFocus()
    QTest.keySequence(window, QKeySequence("Ctrl+L"))
    assert shown.hasFocus()
    shown.fit()
    program.left.drag_cursor(shown.view.x, shown.view.y)
    corners = []
    for key, times in ((KEY.Key_Right, 3), (KEY.Key_Up, 2), (KEY.Key_Left, 6), (KEY.Key_Down, 4)):
        for _ in range(times):
            QTest.keyClick(shown, key, SHIFT)
        QTest.keyClick(shown, KEY.Key_Space)
        corners.append(program.left.cursor)
    # One too many, and back; Space twice on a place is one corner.
    QTest.keyClick(shown, KEY.Key_Space)
    QTest.keyClick(shown, KEY.Key_Right)
    QTest.keyClick(shown, KEY.Key_Space)
    QTest.keyClick(shown, KEY.Key_Backspace)
    QTest.keyClick(shown, KEY.Key_Return)
    codes = program.left.codes
    assert codes is not None
    inside = np.array([crossings(point, corners) % 2 == 1 for point in codes.points.astype(float)])
    edge = np.array([distance_to_edge(point, corners) for point in codes.points.astype(float)])
    extent = float(np.ptp(np.array(corners), axis=0).max())
    sure = edge > extent / 500  # the polygon is filled as a picture: at its very edge either answer will do
    rows = program.explorer.selection.rows
    assert inside.sum() > 10
    assert np.array_equal(np.isin(codes.rows, rows)[sure], inside[sure])
    # It ends as one by hand does: the sheet is open, and has the keyboard.
    assert program.application.tools.lasso.taker == ""
    program.wait(lambda: window.strip.current == "selection")
    # Shift takes out, and keeps the lasso on until Esc.
    shown.setFocus()
    QTest.keyClick(shown, KEY.Key_L)
    for corner in corners:
        program.left.drag_cursor(*corner)
        QTest.keyClick(shown, KEY.Key_Space)
    QTest.keyClick(shown, KEY.Key_Return, SHIFT)
    assert not len(program.explorer.selection.rows)
    assert program.application.tools.lasso.taker == "selection"
    QTest.keyClick(shown, KEY.Key_Escape)
    assert program.application.tools.lasso.taker == ""


def crossings(point: np.ndarray, corners: list[tuple[float, float]]) -> int:
    """Edges that a ray from `point` to the right goes through."""
    found = 0
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (y0 > point[1]) != (y1 > point[1]):
            found += point[0] < x0 + (point[1] - y0) / (y1 - y0) * (x1 - x0)
    return found


def distance_to_edge(point: np.ndarray, corners: list[tuple[float, float]]) -> float:
    ends = np.array(corners)
    starts, ways = ends, np.roll(ends, -1, axis=0) - ends
    share = np.clip(((point - starts) * ways).sum(axis=1) / (ways**2).sum(axis=1), 0, 1)
    return float(np.linalg.norm(starts + share[:, None] * ways - point, axis=1).min())


def test_the_lasso_is_in_the_edit_menu(program: Program) -> None:
    actions = {action.objectName(): action for action in program.window.edit_menu.actions()}
    assert actions["selection-lasso"].shortcut().toString() == "Ctrl+L"
    actions["selection-lasso"].trigger()
    assert program.application.tools.lasso.taker == "selection"
    assert program.maps[0].hasFocus()
    assert actions["selection-lasso"].isChecked()
    assert "selection-clear" in actions


def test_a_second_list_or_copy_waits_for_the_first(program: Program, tmp_path: Path) -> None:
    state, rows = program.application.tools[SelectionPanelState], np.arange(200)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        state.list_wanted.emit(str(tmp_path / f"{name}.csv"), rows)
        state.copies_wanted.emit(str(tmp_path / name), rows)
    said = program.sentences()
    assert f"{tmp_path / 'first.csv'} is still being saved; save the next list when it is done." in said
    assert f"Images are still being copied to {tmp_path / 'first'}; wait, or cancel that first." in said
    program.wait(lambda: all(text in program.sentences() for text in ("Saved to", "were copied to")))
    assert len((tmp_path / "first.csv").read_text("utf-8").splitlines()) == 201
    assert not (tmp_path / "second.csv").exists()
    assert len(list((tmp_path / "first").glob("*/*.png"))) == 200
    assert not list((tmp_path / "second").iterdir())
    state.list_wanted.emit(str(tmp_path / "second.csv"), rows)
    program.wait(lambda: f"Saved to {tmp_path / 'second.csv'}." in program.sentences())
