"""The Overlays menu shows the state's switches and sets them, by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidgetAction

from latent_explorer.core.tools import ToolStates
from latent_explorer.panes.overlays_menu import OverlaysMenu
from latent_explorer.tools.all_tools import all_tools
from latent_explorer.tools.neighbours.state import NeighboursState
from latent_explorer.tools.samples.state import SamplesState


@pytest.fixture
def button(qtbot):
    made = OverlaysMenu(ToolStates(all_tools()))
    qtbot.addWidget(made)
    made.show()
    return made


def opened(button: OverlaysMenu) -> QMenu:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return button.menu_shown


def choose(button: OverlaysMenu, name: str) -> None:
    menu = opened(button)
    action = next(action for action in menu.actions() if action.objectName() == name)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_every_overlay_can_be_chosen(button):
    state = button._overlays
    assert [choice.name for choice in state.choices] == ["heat", "ellipses"]
    for choice in state.choices:
        for option in choice.options:
            choose(button, f"map-{choice.name}-{option.key}")
            assert state.chosen(choice.name) == option.key
    button._tools[SamplesState].set_shown(True)
    button._tools[NeighboursState].set_shown(True)
    assert len(state.switches) == 8
    for switch in state.switches:
        before = state.on(switch.name)
        choose(button, f"map-overlay-{switch.name}")
        assert state.on(switch.name) is not before


def test_the_menu_tells_the_state(button):
    button._overlays.choose("heat", "trip")
    button._overlays.switch("mosaic", True)
    button._tools[SamplesState].set_shown(True)
    menu = opened(button)
    checked = {action.objectName() for action in menu.actions() if action.isChecked()}
    menu.close()
    assert checked == {
        f"map-{name}"
        for name in (
            "heat-trip",
            "ellipses-off",
            "overlay-mosaic",
            "overlay-samples",
            "overlay-path",
            "overlay-class-names",
        )
    }


def test_codes_of_samples_are_switched_on_together_with_their_sheets(button):
    wanted = []
    button._tools.panel_wanted.connect(wanted.append)
    menu = opened(button)
    action = next(action for action in menu.actions() if action.objectName() == "map-overlay-samples")
    assert not action.isChecked()  # no one sees them while their sheets are put away
    menu.close()
    choose(button, "map-overlay-samples")
    assert button._overlays.on("samples")
    assert wanted == ["samples"]
    button._tools[SamplesState].set_shown(True)
    choose(button, "map-overlay-samples")
    assert not button._overlays.on("samples")
    assert wanted == ["samples"]


def test_the_button_counts_what_was_chosen(button):
    assert button.text() == "Overlays"
    button._overlays.choose("heat", "density")
    button._overlays.switch("prior", True)
    assert button.text() == "Overlays: 2"
    wide = button.sizeHint().width()
    button.set_compact(True)
    assert button.text() == "2"
    assert button.sizeHint().width() < wide - 30
    button._overlays.choose("heat", "none")
    button._overlays.switch("prior", False)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    assert not button.icon().isNull()
    button.set_compact(False)
    assert button.text() == "Overlays"
    assert "Overlays" in button.accessibleName()


def test_keys_open_it(button):
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert button.menu_shown.isVisible()
    button.menu_shown.close()


def test_groups_have_headings_that_cannot_be_chosen(button):
    menu = opened(button)
    labels = [label for label in menu.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in labels] == ["Heat map", "Posterior"]
    assert not any(action.isEnabled() for action in menu.actions() if isinstance(action, QWidgetAction))
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction().objectName() == "map-heat-none"
    menu.close()
