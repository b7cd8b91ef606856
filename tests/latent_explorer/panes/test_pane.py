"""A pane shows what its state says, writes what a person chooses, and gives way when it is low."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from latent_explorer.core.models import ModelsState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.core.training import TrainingState
from latent_explorer.panes.pane import Pane
from latent_explorer.tools.all_tools import all_tools
from tests.latent_explorer.build import explorer_state, nearest, pane_state, picture, train


class FakeMap(QWidget):
    """A map that can be fitted."""

    def __init__(self) -> None:
        super().__init__()
        self.fitted = 0

    def fit(self) -> None:
        self.fitted += 1


def make(qtbot, latent=2, index=0, size=(500, 460), images=True, state=None) -> Pane:
    state = state or pane_state(index, latent)
    pane = Pane(
        state, explorer_state(images=images), TrainingState(), ModelsState(), ToolStates(all_tools()), FakeMap()
    )
    qtbot.addWidget(pane)
    pane.resize(*size)
    pane.show()
    return pane


def decode(pane: Pane) -> None:
    latent = pane.pane.model.config.latent
    pane.pane.set_picture(np.linspace(-2, 2, latent, dtype=np.float32), picture(), 0.08)
    pane.pane.set_nearest(nearest())


def texts(pane: Pane) -> list[str]:
    pane.header.axes.open_menu()
    menu = pane.header.axes.menu_shown
    found = [action.text() for action in menu.actions()]
    menu.close()
    return found


def test_header_names_model_and_run_state(qtbot):
    pane = make(qtbot)
    assert pane.header.title.text() == "Autoencoder"
    assert pane.header.summary.text() == "MLP 784-512-256-2"
    pane.header._training.set_run("training")
    assert pane.header.summary.text() == "training · MLP 784-512-256-2"


def test_fit_button_fits_the_map(qtbot):
    pane = make(qtbot)
    qtbot.mouseClick(pane.header.fit, Qt.MouseButton.LeftButton)
    assert pane.map.fitted == 1


def test_picture_and_code_follow_the_state(qtbot):
    pane = make(qtbot)
    pane.pane.drag_cursor(2.25, -4.588)
    decode(pane)
    assert pane.column.decoded.has_picture()
    assert pane.column.readout.text() == "z1 +2.25  z2 −4.59"


def test_hidden_dimensions_are_told(qtbot):
    pane = make(qtbot, latent=20, index=1, size=(600, 700))
    decode(pane)
    text = pane.column.readout.text()
    assert text.startswith("PC1 ")
    assert "|z| " in text
    assert pane.column.bars.isVisible()
    assert pane.column.policy.isVisible()
    # This pane follows the first one's cursor, so far.
    assert pane.column.policy.text() == "other dimensions: those of the linked image"
    explorer = pane.column._explorer
    explorer.set_link("decode")
    assert pane.column.policy.text() == "other dimensions: as the linked picture is encoded"
    explorer.set_leader(1)
    assert pane.column.policy.text() == "other dimensions: held at the mean, no image picked"
    explorer.pick(10**6)
    assert pane.column.policy.text() == "other dimensions: held at the mean, picked image not on this map"
    explorer.pick(int(pane.pane.codes.rows[-1]))
    assert pane.column.policy.text() == "other dimensions: held at picked image"
    assert "Esc" in pane.column.policy.toolTip()
    explorer.set_link("off")
    explorer.set_leader(0)
    assert pane.column.policy.text() == "other dimensions: held at picked image"
    pane.pane.set_hidden("mean")
    assert pane.column.policy.text() == "other dimensions: held at the mean"
    pane.pane.set_hidden("zero")
    assert pane.column.policy.text() == "other dimensions: held at zero"


def test_two_dimensions_hide_nothing(qtbot):
    pane = make(qtbot, size=(600, 700))
    decode(pane)
    assert not pane.column.policy.isVisible()
    assert not pane.column.bars.isVisible()
    assert texts(pane) == ["z1 · z2"]


def test_axes_are_chosen_in_the_menu(qtbot):
    pane = make(qtbot, latent=20, index=1)
    train(pane.header._training, 1, latent=20)
    qtbot.mouseClick(pane.header.axes, Qt.MouseButton.LeftButton)
    menu = pane.header.axes.menu_shown
    assert menu.isVisible()
    action = next(action for action in menu.actions() if action.text() == "z1 · z2")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert pane.pane.axes == "0,1"
    assert pane.header.axes.text() == "z1 · z2"
    policy = next(text for text in texts(pane) if text == "Held at zero")
    pane.header.axes.open_menu()
    next(action for action in menu.actions() if action.text() == policy).trigger()
    menu.close()
    assert pane.pane.hidden == "zero"


@pytest.mark.parametrize(("latent", "title"), [(2, "z1 · z2"), (4, "PCA plane")])
def test_dimensions_that_a_narrower_model_lacks_are_not_named(qtbot, latent, title):
    pane = make(qtbot, latent=latent)
    pane.pane.set_axes("5,7")
    assert pane.header.axes.text() == title
    assert not any("z6" in text for text in texts(pane))


def test_any_two_dimensions(qtbot):
    pane = make(qtbot, latent=20, index=1)
    chooser = pane.header.axes.open_chooser()

    def enter(field: QLineEdit, text: str) -> None:
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    enter(chooser.across, "5")
    enter(chooser.up, "z9")
    assert pane.pane.axes == "4,8"
    enter(chooser.up, "5")  # the same dimension twice is no plane
    enter(chooser.up, "9999")
    assert chooser.up.toolTip() == "Enter a whole number from 1 to 20, or “z1”."
    assert pane.pane.axes == "4,8"
    enter(chooser.up, "9")
    qtbot.mouseClick(chooser.findChild(QWidget, "swapAxes"), Qt.MouseButton.LeftButton)
    assert pane.pane.axes == "8,4"
    chooser.close()


def test_colour_menu_offers_what_the_data_has(qtbot):
    pane = make(qtbot, size=(700, 460))
    button = pane.header.colour
    assert [key for key, _ in button.choices()] == ["class", "split", "lit fraction", "angle", "none"]
    qtbot.keyClick(button, Qt.Key.Key_Space)
    button.open_menu()
    button.menu_shown.actions()[2].trigger()
    button.menu_shown.close()
    assert button._explorer.colour_by == "lit fraction"
    assert button.text() == "Colour: lit fraction"
    pane.resize(480, 460)
    assert button.text() == "lit fraction"


def test_nearest_image_and_reconstruction(qtbot):
    pane = make(qtbot)
    decode(pane)
    view = pane.column.nearest
    assert view.original.isVisible()
    assert view.about.text() == "6 · image 1,234"
    assert view.distance.text() == "distance 0.31"
    assert not view.absent.isVisible()


def test_without_originals_the_caption_says_so(qtbot):
    pane = make(qtbot, images=False)
    decode(pane)
    pane.pane.set_nearest(nearest(original=False))
    view = pane.column.nearest
    assert not view.original.isVisible()
    assert view.absent.isVisible()
    assert view.reconstruction.x() == 0
    view._explorer.set_images(np.zeros((200, 1, 28, 28), np.uint8))
    pane.pane.set_nearest(nearest())
    assert view.original.isVisible()
    assert not view.absent.isVisible()


@pytest.mark.parametrize("latent", [2, 20, 512])
@pytest.mark.parametrize("height", [250, 300, 360, 420, 520, 900])
def test_nothing_overlaps_or_leaves_the_column(qtbot, height, latent):
    pane = make(qtbot, latent=latent, size=(500, height))
    decode(pane)
    column = pane.column
    assert column.decoded.picture_rect().width() >= 140
    parts = (column.decoded, column.readout, column.bars, column.policy, column.nearest)
    shown = [part for part in parts if part.isVisible()]
    for first, second in pairwise(shown):
        assert first.geometry().bottom() <= second.geometry().top()
    assert shown[-1].geometry().bottom() <= column.height()


def test_column_grows_with_the_pane(qtbot):
    pane = make(qtbot, size=(800, 700))
    decode(pane)
    assert pane.column.decoded.picture_rect().width() == 224


def test_a_pane_without_a_model_says_so(qtbot):
    pane = make(qtbot, state=PaneState(0))
    assert pane.header.title.text() == "No model yet"
    assert not pane.header.axes.isEnabled()
    pane.grab()


def test_bars_tell_their_dimension(qtbot):
    pane = make(qtbot, latent=20, index=1, size=(600, 700))
    decode(pane)
    bars = pane.column.bars
    half = bars.width() / 20 / 2
    assert bars.tip(int(half)) == "z1 −2.00"
    assert bars.tip(int(39 * half)) == "z20 +2.00"
    assert bars.tip(-1) == ""


def test_codes_that_are_not_finite_are_survived(qtbot):
    pane = make(qtbot, latent=20, index=1, size=(600, 700))
    pane.pane.set_picture(np.full(20, np.nan, np.float32), picture(), 0.1)
    pane.grab()
    assert "n/a" in pane.column.readout.text()


def test_every_control_has_names(qtbot):
    pane = make(qtbot, latent=20)
    decode(pane)
    for control in pane.findChildren(QWidget):
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.isWindow():
            assert control.accessibleName(), control
            assert control.objectName(), control


def test_the_corner_does_not_take_the_mouse(qtbot):
    pane = make(qtbot)
    assert pane.childAt(QPoint(3, pane.height() - 4)) is not pane._corner
