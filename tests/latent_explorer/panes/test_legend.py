"""The legend greys classes out, by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from latent_explorer.appearance.theme import theme
from latent_explorer.map.hovered import hovered_point
from latent_explorer.panes.colour_menu import ColourMenu
from latent_explorer.panes.legend import Legend
from tests import translations
from tests.latent_explorer.build import explorer_state
from trainer.config import DataConfig


def make(qtbot, classes=10) -> Legend:
    legend = Legend(explorer_state(classes))
    qtbot.addWidget(legend)
    legend.resize(240, 160)
    legend.show()
    return legend


def test_click_toggles(qtbot):
    legend = make(qtbot)
    switch = legend.switches.switches[3]
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert legend._explorer.greyed == {3}
    assert not switch.isChecked()
    assert legend.all.isVisible()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert legend._explorer.greyed == frozenset()


def test_double_click_isolates_and_all_brings_back(qtbot):
    legend = make(qtbot)
    switch = legend.switches.switches[3]
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    qtbot.mouseDClick(switch, Qt.MouseButton.LeftButton)
    assert legend._explorer.greyed == frozenset(range(10)) - {3}
    qtbot.mouseClick(legend.all, Qt.MouseButton.LeftButton)
    assert legend._explorer.greyed == frozenset()
    assert all(switch.isChecked() for switch in legend.switches.switches)


def test_keyboard(qtbot):
    legend = make(qtbot)
    first, second = legend.switches.switches[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert legend.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert legend._explorer.greyed == {1}
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert legend._explorer.greyed == frozenset(range(10)) - {1}


def test_state_is_drawn_whoever_set_it(qtbot):
    legend = make(qtbot)
    legend._explorer.set_greyed(frozenset({0, 9}))
    assert [s.index for s in legend.switches.switches if not s.isChecked()] == [0, 9]


def test_factor_split_and_none(qtbot):
    legend = make(qtbot)
    legend._explorer.set_colour_by("lit fraction")
    assert legend.ramp.isVisible()
    assert legend.title.text() == "lit fraction"
    assert legend.ramp.accessibleName() == "lit fraction: from −1 to 2.99"
    legend._explorer.set_colour_by("split")
    assert legend.split.isVisible()
    assert not legend.ramp.isVisible()
    legend._explorer.set_colour_by("none")
    assert legend.sentence.isVisible()
    legend.grab()


def test_a_factor_is_named_in_the_windows_language(qtbot, monkeypatch):
    """Those of one's own files stay as they are written there."""
    monkeypatch.setattr("latent_explorer.core.explorer.shown_name", {"lit fraction": "受光比例"}.get)
    for name, shown in (("moons", "受光比例"), ("array", "lit fraction")):
        explorer = explorer_state()
        explorer.set_data(replace(explorer.data, config=DataConfig(name=name, path="x")))
        explorer.set_colour_by("lit fraction")
        legend, menu = Legend(explorer), ColourMenu(explorer)
        qtbot.addWidget(legend)
        qtbot.addWidget(menu)
        assert legend.title.text() == shown
        assert legend.ramp.accessibleName().startswith(shown)
        assert ("lit fraction", shown) in menu.choices()
        assert hovered_point((0, 0), 3, explorer, theme().tokens).title.startswith(shown)
    assert "lit fraction" in translations.names()


def test_many_classes_scroll_and_stay_inside(qtbot):
    legend = make(qtbot, classes=62)
    assert len(legend.switches.switches) == 62
    assert legend._scroll.height() <= 150
    for switch in legend.switches.switches:
        assert switch.geometry().right() <= legend.switches.width()
