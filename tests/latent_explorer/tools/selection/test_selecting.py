"""The whole program: select, undo, list, copy, and train on what was selected; saved and opened again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.selection import panel as panel_module
from latent_explorer.tools.selection.panel import SelectionPanel
from latent_explorer.tools.selection.state import SelectionPanelState
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import data_of, load, narrow, save, settle, train
from trainer.config import DataConfig

DIGITS = DataConfig(name="digits", count=300)


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
