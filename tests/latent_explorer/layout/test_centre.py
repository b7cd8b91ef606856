"""The layout of the whole window: what opens and closes, how high it is, what is remembered, presentation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import TEXT_PX, theme
from latent_explorer.core.settings import Settings
from latent_explorer.tools.samples.state import SamplesState
from tests.latent_explorer.program import Program, running

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with shown(qtbot, tmp_path) as program:
        yield program


@contextmanager
def shown(qtbot: QtBot, place: Path) -> Iterator[Program]:
    """The program in a window that the tests' small screen does not cut when it comes back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("latent_explorer.main_window.MainWindow.restoreGeometry", lambda _self, _data: True)
        with running(qtbot, place) as program:
            program.wait_for_pictures()
            yield program


def press(program: Program, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, wherever the focus is."""
    program.activate()
    QTest.keyClick(QApplication.focusWidget() or program.window, key, held)


def click_tab(program: Program, name: str) -> None:
    strip = program.window.strip
    place = [tab.name for tab in strip.tabs].index(name)
    QTest.mouseClick(strip.bar, LEFT, pos=strip.bar.tabRect(place).center())


def drag_handle(splitter: QSplitter, by: int) -> None:
    """Take the second part's handle with the mouse and pull it."""
    QApplication.processEvents()  # what has just opened is laid out
    handle = splitter.handle(1)
    assert isinstance(handle, QSplitterHandle)
    place = handle.rect().center()
    across = splitter.orientation() == Qt.Orientation.Horizontal
    to = place + (QPoint(by, 0) if across else QPoint(0, by))
    QTest.mousePress(handle, LEFT, pos=place)
    QTest.mouseMove(handle, to)
    QTest.mouseRelease(handle, LEFT, pos=to)


def share_of_maps(program: Program) -> float:
    """Of the window's area."""
    window = program.window
    return sum(one.width() * one.height() for one in program.maps) / (window.width() * window.height())


# ---------------------------------------------------------------- the strip


def test_a_tool_works_while_its_panel_is_open(program: Program) -> None:
    strip, samples = program.window.strip, program.application.tools[SamplesState]
    assert strip.current == ""
    assert not samples.shown
    click_tab(program, "samples")
    assert (strip.current, samples.shown) == ("samples", True)
    press(program, Qt.Key.Key_1, CONTROL)
    assert (strip.current, samples.shown) == ("interpolation", False)
    press(program, Qt.Key.Key_2, CONTROL)
    assert (strip.current, samples.shown) == ("samples", True)
    press(program, Qt.Key.Key_J, CONTROL)
    assert (strip.current, samples.shown) == ("", False)
    press(program, Qt.Key.Key_J, CONTROL)
    assert (strip.current, samples.shown) == ("samples", True)
    press(program, Qt.Key.Key_L, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert strip.current == "loss"
    assert program.window.view_menu.strip.isChecked()
    strip.bar.setFocus()
    press(program, Qt.Key.Key_Escape)
    assert strip.current == ""
    assert not program.window.view_menu.strip.isChecked()


def test_a_panel_takes_from_the_maps_and_gives_it_back(program: Program) -> None:
    QApplication.processEvents()
    before = share_of_maps(program)
    height = program.maps[0].height()
    click_tab(program, "loss")
    program.wait(lambda: program.window.strip.height() >= 190)
    assert program.maps[0].height() < height
    click_tab(program, "loss")
    program.wait(lambda: program.maps[0].height() == height)
    program.wait(lambda: share_of_maps(program) == before)


def test_maps_and_pictures_have_the_room_that_they_are_to_have(program: Program) -> None:
    """Of a window of 1280 x 800, whose bars are those of the platform that draws."""
    pictures = [view for pane in program.window.panes for view in pane.column.views]
    assert share_of_maps(program) >= 0.5
    assert min(view.picture_rect().width() for view in pictures) >= 140
    for tab in program.window.strip.tabs:
        program.window.strip.show_panel(tab.name)
        program.wait(tab.widget.isVisible)
        assert share_of_maps(program) >= 0.3, tab.name
        assert min(view.picture_rect().width() for view in pictures) >= 96, tab.name


def test_the_strips_height_is_kept_from_panel_to_panel_and_time_to_time(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, tmp_path) as program:
        strip, rows = program.window.strip, program.window.centre.rows
        click_tab(program, "samples")
        usual = strip.height()
        drag_handle(rows, -60)
        chosen = strip.height()
        assert chosen == pytest.approx(usual + 60, abs=2)
        click_tab(program, "samples")
        assert strip.height() == strip.line_height()
        assert not rows.handle(1).isEnabled(), "there is nothing to pull while it is closed"
        click_tab(program, "loss")
        assert strip.height() == chosen
    with shown(qtbot, tmp_path) as program:
        strip = program.window.strip
        assert strip.current == "loss"
        program.wait(lambda: strip.height() == chosen)
        assert program.window.focusWidget() is program.window.maps[0]


def test_in_a_low_window_a_panel_leaves_the_maps_their_part(program: Program) -> None:
    window = program.window
    click_tab(program, "samples")
    drag_handle(window.centre.rows, -200)
    click_tab(program, "samples")
    window.resize(960, 540)
    program.wait(lambda: window.width() == 960)
    click_tab(program, "samples")
    assert window.strip.height() <= 0.56 * window.centre.rows.height()
    assert program.maps[0].height() > 100


# ---------------------------------------------------------------- the inspector


def test_the_inspector_opens_by_button_key_and_menu(program: Program) -> None:
    window = program.window
    assert window.inspector.isHidden()
    assert not window.toolbar.settings.isChecked()
    program.click("training-button")
    assert window.inspector.isVisible()
    assert window.toolbar.settings.isChecked()
    assert window.view_menu.inspector.isChecked()
    assert window.width() == 1280
    press(program, Qt.Key.Key_I, CONTROL)
    assert window.inspector.isHidden()
    assert not window.toolbar.settings.isChecked()
    window.view_menu.inspector.trigger()
    assert window.inspector.isVisible()
    # Whoever works in it when it closes is back on a map's side.
    program.child("batch").setFocus()
    press(program, Qt.Key.Key_I, CONTROL)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.centre.panes.isAncestorOf(focus)


def test_the_inspectors_width_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, tmp_path) as program:
        program.click("training-button")
        usual = program.window.inspector.width()
        drag_handle(program.window.centre.sides, -70)
        chosen = program.window.inspector.width()
        assert chosen == pytest.approx(usual + 70, abs=2)
    with shown(qtbot, tmp_path) as program:
        assert program.window.inspector.isVisible()
        program.wait(lambda: program.window.inspector.width() == chosen)
        program.click("training-button")
        program.click("training-button")
        assert program.window.inspector.width() == chosen


# ---------------------------------------------------------------- remembering


def test_the_panes_shares_of_the_window_come_back(program: Program) -> None:
    window = program.window
    drag_handle(window.centre.panes, 120)
    chosen = window.centre.panes.sizes()
    assert chosen[0] > chosen[1] + 200
    window.remember()
    window.view_menu.reset.trigger()
    assert abs(int.__sub__(*window.centre.panes.sizes())) <= 1
    window.restore()
    program.wait(lambda: window.centre.panes.sizes() == chosen)


def test_reset_layout_is_as_at_the_first_start(program: Program) -> None:
    window = program.window
    first = (window.centre.panes.sizes(), window.strip.height(), share_of_maps(program))
    program.click("training-button")
    click_tab(program, "traversal")
    drag_handle(window.centre.rows, -50)
    drag_handle(window.centre.panes, 90)
    drag_handle(window.centre.sides, -40)
    window.view_menu.reset.trigger()
    assert window.strip.current == ""
    assert window.inspector.isHidden()
    program.wait(lambda: (window.centre.panes.sizes(), window.strip.height(), share_of_maps(program)) == first)
    click_tab(program, "traversal")
    usual = window.strip.height()
    program.click("training-button")
    assert window.inspector.width() < 300
    assert usual < 260


FORMER = Path(__file__).parents[2] / "former" / "format1" / "settings.ini"


def test_former_settings_with_docks_open_the_present_layout(qtbot: QtBot, tmp_path: Path) -> None:
    shutil.copy(FORMER, tmp_path / "settings.ini")
    settings = Settings(tmp_path / "settings.ini")
    # What a window of docks had kept, and what no one has.
    settings.set_data("window/layout", QByteArray(bytes(range(256)) * 4))
    settings.set_data("window/panes", QByteArray(b"\x00\x00\x00\xff\x00\x00\x00\x01\x00\x00\x00\x02"))
    settings.save()
    with shown(qtbot, tmp_path) as program:
        assert program.window.strip.current == ""
        assert program.window.inspector.isHidden()
        assert share_of_maps(program) > 0.45


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"panel": "lessons", "strip": "high", "inspector": [], "inspector_width": -4, "panes": [1, "2"]},
        {"panel": 7, "strip": 1e300, "inspector": "1", "inspector_width": 10**12, "panes": [10, 20, 30]},
        {"panel": ["loss"], "strip": None, "panes": "all", "first_losses": {}},
        {"panes": [10**30, 1]},
        {"panes": [2**31, 2**31], "strip": 2**63},
        {"panes": [-5, 1e999]},
        {"panes": [-1, 10**11]},
        {"panes": [10**5, 0], "strip": float("nan"), "inspector": 2},
    ],
)
def test_a_layout_that_no_one_kept_is_left_out(program: Program, record: dict[str, object]) -> None:
    program.window.remember()  # the window's size
    before = program.window.centre.panes.sizes()
    program.application.settings.set_record("window/centre", record)
    program.window.restore()
    assert program.window.strip.current == ""
    assert program.window.inspector.isHidden()
    assert program.window.centre.panes.sizes() == before


def test_a_record_nested_beyond_reading_counts_as_absent(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    for text in ('{"a":' * 100_000, "[" * 100_000, "[1]", "null", '{"panes": [' + "9" * 10_000 + "]}"):
        settings.set_text("window/centre", text)
        assert settings.record("window/centre") == {}


# ---------------------------------------------------------------- presentation


def test_presentation_shows_maps_and_pictures_and_brings_everything_back(program: Program) -> None:
    window = program.window
    program.click("training-button")
    click_tab(program, "samples")
    chrome = (window.menuBar(), window.toolbar, window.statusBar(), window.inspector, window.strip)
    height, share = window.strip.height(), share_of_maps(program)
    size = window.size()
    press(program, Qt.Key.Key_F11)
    program.wait(lambda: window.presentation.on and window.isFullScreen())
    assert window.view_menu.present.isChecked()
    assert theme().text_px > TEXT_PX
    assert window.menuBar().height() == 0  # not hidden: its menus open by key
    for widget in chrome[1:4]:
        assert not widget.isVisible(), widget.objectName()
    assert window.strip.height() == 0
    for pane in window.panes:
        assert pane.map.isVisible()
        assert all(view.isVisible() for view in pane.column.views)
        assert pane.header.title.isVisible()
        assert not pane.header.overlays.isVisible()
    # What its tool draws on the maps stays.
    assert program.application.tools[SamplesState].shown
    assert share_of_maps(program) > share
    press(program, Qt.Key.Key_Escape)
    program.wait(lambda: not window.presentation.on and not window.isFullScreen())
    assert theme().text_px == TEXT_PX
    for widget in chrome:
        assert widget.isVisible(), widget.objectName()
    window.resize(size)
    program.wait(lambda: window.size() == size)
    assert window.strip.current == "samples"
    program.wait(lambda: window.strip.height() == height)
    assert all(pane.header.overlays.isVisible() for pane in window.panes)


def test_in_a_presentation_beta_and_train_are_keys(program: Program) -> None:
    window = program.window
    press(program, Qt.Key.Key_F11)
    program.wait(lambda: window.presentation.on)
    assert window.maps[0].hasFocus()
    train = window.train_menu.actions()[0].shortcut()
    assert not train.isEmpty()
    program.wait(lambda: program.explorer.available)
    QTest.keySequence(window, train)
    program.wait(lambda: program.training.run_state == "training")
    QTest.keySequence(window, train)
    program.wait(lambda: program.training.run_state == "paused")


def test_closed_in_a_presentation_it_comes_back_with_everything(qtbot: QtBot, tmp_path: Path) -> None:
    with shown(qtbot, tmp_path) as program:
        program.click("training-button")
        click_tab(program, "timeline")
        press(program, Qt.Key.Key_F11)
        program.wait(lambda: program.window.presentation.on)
        assert program.window.presentation.before is not None
        before = program.window.presentation.before[1]
    theme().set_magnification(1.0)
    assert Settings(tmp_path / "settings.ini").data("window/geometry") == before
    with shown(qtbot, tmp_path) as program:
        assert program.window.inspector.isVisible()
        assert program.window.strip.current == "timeline"
        assert program.window.toolbar.isVisible()


def test_whoever_opened_nothing_gets_nothing_back(program: Program) -> None:
    press(program, Qt.Key.Key_F11)
    program.wait(lambda: program.window.presentation.on)
    press(program, Qt.Key.Key_F11)
    program.wait(lambda: not program.window.presentation.on)
    assert program.window.strip.current == ""
    assert program.window.inspector.isHidden()
    assert program.window.toolbar.isVisible()


# ---------------------------------------------------------------- losses


def test_the_losses_open_once_with_the_first_training(qtbot: QtBot, tmp_path: Path) -> None:
    def train(program: Program) -> None:
        program.wait(lambda: program.explorer.available)
        program.training.command_requested.emit("train")
        program.wait(lambda: program.training.run_state == "training")
        program.training.command_requested.emit("pause")
        program.wait(lambda: program.training.run_state == "paused")

    with shown(qtbot, tmp_path) as program:
        held = program.window.focusWidget()
        train(program)
        assert program.window.strip.current == "loss"
        assert program.window.focusWidget() is held
        program.window.strip.close_panel()
        train(program)
        assert program.window.strip.current == ""
        program.training.command_requested.emit("stop")
        program.wait(lambda: program.training.run_state == "stopped")
    with shown(qtbot, tmp_path) as program:
        train(program)
        assert program.window.strip.current == ""
        program.training.command_requested.emit("stop")
        program.wait(lambda: program.training.run_state == "stopped")


@pytest.mark.parametrize("closed", [True, False])
def test_the_losses_stay_closed_in_a_low_window_or_after_a_close(program: Program, closed: bool) -> None:
    if closed:
        click_tab(program, "samples")
        click_tab(program, "samples")
    else:
        program.window.resize(1280, 690)
        program.wait(lambda: program.window.height() == 690)
    program.wait(lambda: program.explorer.available)
    program.training.command_requested.emit("train")
    program.wait(lambda: program.training.run_state == "training")
    assert program.window.strip.current == ""
    program.training.command_requested.emit("stop")
    program.wait(lambda: program.training.run_state == "stopped")
