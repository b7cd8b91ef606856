"""A tool, or an overlay alone, that the user adds by a folder and a line of the list: it is everywhere at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from latent_explorer.core.overlays import Switch
from latent_explorer.core.tools import ToolStates
from latent_explorer.dialogs.shortcuts import ShortcutsDialog
from latent_explorer.export.dialog import ExportDialog
from latent_explorer.tools import all_tools
from tests.latent_explorer.core.undoing import redo, rest, titles, undo
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.standing import load, save, train
from tests.tools.centre import tool as centre
from tests.tools.ruler import overlay as ruler_overlay
from tests.tools.ruler.panel import RulerPanel
from tests.tools.ruler.state import RulerState
from trainer.config import DataConfig, ModelConfig
from trainer.export.settings_text import KEY

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def _lines_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        all_tools, "MODULES", [*all_tools.MODULES, "tests.tools.ruler.tool", "tests.tools.centre.tool"]
    )


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as program:
        program.wait_for_pictures()
        program.drag(0, (0.4, 0.4), (0.65, 0.35))
        rest(program)
        yield program


def ruler(program: Program) -> RulerState:
    return program.application.tools[RulerState]


def choose_overlay(program: Program, name: str) -> None:
    """By the mouse, in the menu of the left pane."""
    button = program.window.panes[0].header.overlays
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = button.menu_shown
    (action,) = (action for action in menu.actions() if action.objectName() == f"map-overlay-{name}")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    program.activate()  # as window systems do when a menu closes; shortcuts belong to it


def dots(image: QImage, colour: QColor) -> int:
    """Pixels of exactly this colour."""
    pixels = image.convertToFormat(QImage.Format.Format_RGB32)
    found = np.frombuffer(pixels.constBits(), np.uint8).reshape(pixels.height(), -1, 4)
    return int((found[:, :, 2::-1] == (colour.red(), colour.green(), colour.blue())).all(axis=2).sum())


def test_its_shortcut_shows_its_panel_with_figures(program: Program) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_7, CONTROL_ALT)
    panel = program.child("rulerPanel")
    assert isinstance(panel, RulerPanel)
    program.wait(panel.isVisible)
    assert ruler(program).shown
    strip = program.window.strip
    assert strip.current == "ruler"
    assert strip.bar.tabText(strip.bar.currentIndex()) == "Ruler"
    for pane in (program.left, program.right):
        apart = np.linalg.norm(pane.code - pane.codes.codes.mean(axis=0))
        assert ruler(program).distances[pane.index] == pytest.approx(apart)
    left, right = ruler(program).distances.values()
    assert panel.line.text() == f"{left:.3f}, {right:.3f}"


def test_menu_and_palette_have_it(program: Program) -> None:
    menu = program.window.explore_menu.findChild(QMenu, "ruler-menu")
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Show Ruler",
        "&Other unit of the ruler",
    ]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(program.window, Qt.Key.Key_P, both)
    palette = program.window.palette_shown
    QTest.keyClicks(palette.field, "other unit of the rul")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    program.wait(lambda: ruler(program).unit == "spread")


def test_its_overlay_is_switched_in_both_menus_and_drawn(program: Program) -> None:
    shown = program.maps[0]
    assert dots(shown.grab_image(), ruler_overlay.COLOUR) == 0
    choose_overlay(program, "ruler")
    assert program.application.tools.overlays.on("ruler")
    assert program.window.panes[0].header.overlays.text() in ("1", "Overlays: 1")
    assert dots(shown.grab_image(), ruler_overlay.COLOUR) > 100
    listed = program.window.explore_menu.findChild(QAction, "overlay-ruler")
    assert listed is not None
    assert listed.isChecked()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(program.window, Qt.Key.Key_R, both | Qt.KeyboardModifier.ShiftModifier)
    assert not listed.isChecked()
    assert dots(shown.grab_image(), ruler_overlay.COLOUR) == 0


def test_its_setting_and_its_overlay_are_undone(program: Program) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_7, CONTROL_ALT)
    program.wait(lambda: ruler(program).shown)
    QTest.keyClick(program.child("rulerUnit"), Qt.Key.Key_Space)
    assert ruler(program).unit == "spread"
    rest(program)
    assert titles(program)[0] == "Unit of the ruler"
    choose_overlay(program, "ruler")
    rest(program)
    undo(program)
    assert not program.application.tools.overlays.on("ruler")
    undo(program)
    assert ruler(program).unit == "codes"
    redo(program)
    assert ruler(program).unit == "spread"


def test_it_is_saved_as_a_picture_with_its_settings(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(program.window, Qt.Key.Key_7, CONTROL_ALT)
    program.wait(lambda: ruler(program).shown)
    panel = program.child("rulerPanel")
    (action,) = (action for action in panel.actions() if action.objectName() == "save-ruler")
    assert action.text() == "Save the ruler as…"
    action.trigger()
    dialog = program.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.chosen.key == "ruler"
    program.wait(dialog.save.isEnabled)
    path = tmp_path / "ruler.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    written: list[str] = []
    program.application.tools.exports.written.connect(written.append)
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    program.wait(lambda: written)
    with Image.open(written[0]) as image:
        settings = json.loads(image.text[KEY])
    assert settings["what"] == "ruler"
    assert settings["ruler"]["unit"] == "codes"
    assert settings["ruler"]["distances"] == pytest.approx(list(ruler(program).distances.values()))


def test_the_sheet_of_shortcuts_tells_of_it(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[str] = []

    def read(dialog: ShortcutsDialog) -> int:
        reported.extend(label.text() for label in dialog.findChildren(QLabel))
        return 0

    monkeypatch.setattr(ShortcutsDialog, "exec", read)
    QTest.keyClick(program.window, Qt.Key.Key_F1)
    assert {"Any drag", "The ruler follows", "Ctrl+Alt+7", "Show Ruler", "Line of the ruler"} <= set(reported)


def test_it_is_saved_with_a_session_and_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "kept"
    with running(qtbot, tmp_path / "first") as program:
        small = tuple(ModelConfig(family=name, widths=(8,)) for name in ("autoencoder", "variational"))
        program.training.set_draft(models=small, train=program.training.draft_train)
        load(program, DataConfig(name="digits"))
        train(program, 2)
        ruler(program).set_unit("spread")
        program.application.tools.overlays.switch("centre", True)
        save(program, place)
    saved = json.loads((place / "session.json").read_text())
    assert saved["tools"]["ruler.unit"] == "spread"
    assert saved["tools"]["centre"] is True
    with running(qtbot, tmp_path / "second", open_path=place) as program:
        program.wait(lambda: program.training.step == 2)
        assert ruler(program).unit == "spread"
        assert program.application.tools.overlays.on("centre")
        assert not program.application.tools.overlays.on("ruler")
        assert not [one for one in program.said if one.level in ("error", "warning")], program.sentences()
    saved["tools"] |= {"ruler.unit": "miles", "heat": 3, "gone.setting": 1, "path": False}
    (place / "session.json").write_text(json.dumps(saved))
    with running(qtbot, tmp_path / "third", open_path=place) as program:
        program.wait(lambda: program.training.step == 2)
        assert ruler(program).unit == "codes"
        assert not program.application.tools.overlays.on("path")
        (reported,) = (one.sentence for one in program.said if one.level == "warning")
        assert all(name in reported for name in ("ruler.unit", "heat", "gone.setting"))


def test_an_overlay_alone_is_one_file(program: Program) -> None:
    folder = Path(centre.__file__).parent
    assert [path.name for path in folder.glob("*.py") if path.stat().st_size] == ["tool.py"]
    choose_overlay(program, "centre")
    assert dots(program.maps[0].grab_image(), centre.COLOUR) > 100
    rest(program)
    assert titles(program)[0] == "Overlay"
    undo(program)
    assert not program.application.tools.overlays.on("centre")
    assert dots(program.maps[0].grab_image(), centre.COLOUR) == 0


def test_no_two_actions_share_a_shortcut(program: Program) -> None:
    keys = [action.shortcut().toString() for action in program.window.actions() if not action.shortcut().isEmpty()]
    assert {"Ctrl+Alt+7", "Ctrl+Alt+Shift+R", "Ctrl+Alt+9", "Ctrl+Alt+8"} <= set(keys)
    twice = {key for key in keys if keys.count(key) > 1}
    # What the Edit menu shows of a tool's is the same action in two menus.
    assert twice <= {"Ctrl+V"}


def test_two_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_tools, "MODULES", [*all_tools.MODULES, "tests.tools.ruler.tool"])
    with pytest.raises(ValueError, match="two tools are called 'ruler'"):
        ToolStates(all_tools.all_tools())
    monkeypatch.setattr(centre.CentreTool, "choices", lambda _: (Switch("path", "C&entre", "Ctrl+Alt+9"),))
    monkeypatch.setattr(all_tools, "MODULES", all_tools.MODULES[:-1])
    with pytest.raises(ValueError, match="two overlays are called 'path'"):
        ToolStates(all_tools.all_tools())


def test_one_that_cannot_be_imported_is_left_out_in_a_sentence(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    for name, source in {"tool_raises": "raise KeyError('weights\\nof mine')", "tool_empty": ""}.items():
        (tmp_path / f"{name}.py").write_text(source, "utf-8")
        monkeypatch.setattr(all_tools, "MODULES", [name, *all_tools.MODULES])
        with pytest.raises((KeyError, AttributeError)):
            all_tools.all_tools()
    with running(qtbot, tmp_path / "data") as program:
        shown, others = (program.window.findChild(QLabel, f"message{name}") for name in ("Sentence", "Others"))
        assert shown.text() == "The tool tool_raises is left out: KeyError: 'weights\\nof mine'"
        assert others.text() == "1 more"
        program.window.strip.show_panel("ruler")
        assert program.child("rulerPanel").isVisible()
