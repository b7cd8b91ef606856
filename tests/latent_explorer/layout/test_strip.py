"""The strip: one line of tabs, one panel at a time, by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from latent_explorer.core.panel_state import PanelState
from latent_explorer.layout.panel_frame import PanelFrame
from latent_explorer.layout.strip import LEAST_BODY, Strip, Tab
from tests.latent_explorer.dressed import dressed

LEFT = Qt.MouseButton.LeftButton
NAMES = ("loss", "paths", "samples")


class Stage:
    """A strip under a field that has the focus, with three panels that say whether they are looked at."""

    def __init__(self, qtbot: QtBot, names: tuple[str, ...] = NAMES) -> None:
        self.states = {name: PanelState() for name in names}
        self.fields: dict[str, QLineEdit] = {}
        tabs = []
        for number, name in enumerate(names, start=1):
            panel = PanelFrame(f"{name}Panel", self.states[name])
            field = self.fields[name] = QLineEdit()
            panel.set_first(field)
            column = QVBoxLayout(panel)
            column.addWidget(field)
            tabs.append(Tab(name, name.capitalize(), f"Ctrl+{number}", panel))
        self.window = QWidget()
        self.above = QLineEdit()
        self.numbers = QLabel("128.5")
        self.strip = Strip(tabs, self.numbers)
        column = QVBoxLayout(self.window)
        column.addWidget(self.above, 1)
        column.addWidget(self.strip)
        qtbot.addWidget(self.window)
        self.window.resize(700, 500)
        self.window.show()
        self.above.setFocus()
        qtbot.waitExposed(self.window)
        self.changes = 0
        self.strip.changed.connect(self._changed)

    def _changed(self) -> None:
        self.changes += 1

    def click(self, name: str) -> None:
        place = [tab.name for tab in self.strip.tabs].index(name)
        QTest.mouseClick(self.strip.bar, LEFT, pos=self.strip.bar.tabRect(place).center())

    def looked_at(self) -> list[str]:
        return [name for name, state in self.states.items() if state.shown]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_closed_it_is_a_line_and_no_panel_works(stage: Stage) -> None:
    assert stage.strip.current == ""
    assert stage.looked_at() == []
    assert not stage.strip.body.isVisible()
    assert not stage.strip.close_button.isVisible()
    assert stage.strip.minimumSizeHint().height() == stage.strip.line_height()


def test_a_click_opens_another_changes_and_the_open_tab_closes(stage: Stage) -> None:
    stage.click("paths")
    assert (stage.strip.current, stage.looked_at()) == ("paths", ["paths"])
    assert stage.strip.minimumSizeHint().height() == stage.strip.line_height() + LEAST_BODY
    stage.click("samples")
    assert (stage.strip.current, stage.looked_at()) == ("samples", ["samples"])
    stage.click("samples")
    assert (stage.strip.current, stage.looked_at()) == ("", [])
    assert stage.changes == 3
    # Whoever works with the mouse keeps the focus where it is.
    assert stage.above.hasFocus()


def test_the_button_closes(stage: Stage) -> None:
    stage.click("loss")
    QTest.mouseClick(stage.strip.close_button, LEFT)
    assert stage.strip.current == ""
    assert stage.strip.close_button.accessibleName()


def test_tab_and_arrow_keys_reach_every_tab(stage: Stage) -> None:
    QTest.keyClick(stage.above, Qt.Key.Key_Tab)
    bar = stage.strip.bar
    assert QApplication.focusWidget() is bar
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert stage.strip.current == "", "arrows open nothing while nothing is open"
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert stage.strip.current == "paths"
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert (stage.strip.current, stage.looked_at()) == ("samples", ["samples"])
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert stage.strip.current == "samples"
    QTest.keyClick(bar, Qt.Key.Key_Left)
    assert stage.strip.current == "paths"
    QTest.keyClick(bar, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is stage.fields["paths"]
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert stage.strip.current == ""
    QTest.keyClick(bar, Qt.Key.Key_Return)
    assert stage.strip.current == "paths", "the one that was open last"


def test_a_shortcut_takes_the_focus_along_and_closing_gives_it_back(stage: Stage) -> None:
    stage.strip.show_panel("samples")
    assert stage.fields["samples"].hasFocus()
    stage.strip.close_panel()
    assert stage.strip.bar.hasFocus()
    stage.strip.toggle()
    assert stage.strip.current == "samples"
    stage.strip.toggle()
    assert stage.strip.current == ""
    with pytest.raises(KeyError):
        stage.strip.show_panel("lessons")


def test_every_tab_has_its_key_in_its_tip_and_a_name(stage: Stage) -> None:
    bar = stage.strip.bar
    assert [bar.tabToolTip(place) for place in range(3)] == ["Loss (Ctrl+1)", "Paths (Ctrl+2)", "Samples (Ctrl+3)"]
    assert [bar.accessibleTabName(place) for place in range(3)] == ["Loss", "Paths", "Samples"]
    assert bar.accessibleName() == "Tools"


def test_more_tabs_than_fit_scroll(qtbot: QtBot) -> None:
    stage = Stage(qtbot, tuple(f"a tool with a name {number}" for number in range(12)))
    bar = stage.strip.bar
    assert bar.width() <= stage.strip.width()
    last = bar.count() - 1
    assert bar.tabRect(last).right() > bar.width(), "the last is out of sight"
    bar.setFocus()
    for _ in range(last):
        QTest.keyClick(bar, Qt.Key.Key_Right)
    QTest.keyClick(bar, Qt.Key.Key_Space)
    assert stage.strip.current == stage.strip.tabs[last].name
    assert bar.tabRect(last).left() >= 0
    assert bar.tabRect(last).right() <= bar.width(), "and in sight once it is chosen"


@pytest.mark.parametrize("appearance", ["dark", "light"])
def test_tabs_that_find_no_room_are_reached_by_arrows_that_can_be_seen(qtbot: QtBot, appearance: str) -> None:
    with dressed(appearance):
        stage = Stage(qtbot, tuple(f"a longer name {number}" for number in range(12)))
        buttons = [one for one in stage.strip.bar.findChildren(QToolButton) if one.isVisible()]
        assert len(buttons) == 2
        for button in buttons:
            picture = button.grab().toImage()
            middle = picture.rect().center()
            around = {picture.pixel(middle.x() + x, middle.y() + y) for x in range(-4, 5) for y in range(-4, 5)}
            assert len(around) > 3  # an arrow with soft edges
        first = stage.strip.bar.tabRect(0).left()
        QTest.mouseClick(buttons[1], LEFT)
        assert stage.strip.bar.tabRect(0).left() < first
