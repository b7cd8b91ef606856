"""Models of the next run, one by one: chosen, added, removed, with options and knobs from their cards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from latent_explorer.controls.number_field import NumberField
from latent_explorer.controls.plain_label import PlainLabel
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.training import TrainingState
from latent_explorer.training.panel import WIDTH, TrainingPanel
from tests.latent_explorer.dressed import chinese, dressed
from tests.latent_explorer.states import begin_run
from trainer.card import KL, RECONSTRUCTION, TOTAL, Card, Knob, Option
from trainer.config import MOST_MODELS
from trainer.knobs import Knobs
from trainer.models.family import families

LEFT = Qt.MouseButton.LeftButton
#: A card with an option of every kind and a knob of its own.
CARD = Card(
    name="opted",
    title="Opted",
    short="OPT",
    about="For tests.",
    options=(
        Option(name="many", title="Components", kind="whole", default=3, least=1, most=9, help="How many."),
        Option(name="share", title="Share", kind="number", default=0.5, least=0.0, most=1.0, help="How much."),
        Option(
            name="form", title="Form", kind="choice", default="round", choices=("round", "flat"), help="Which."
        ),
        Option(name="held", title="Held", kind="switch", default=False, help="Whether."),
    ),
    knobs=(Knob(name="pull", title="Pull", sign="λ", default=2.0, least=0.0, most=10.0, help="How hard."),),
    terms=(RECONSTRUCTION, KL, TOTAL),
)


@pytest.fixture
def training() -> TrainingState:
    state = TrainingState()
    state.set_cards({one.name: one.card for one in families()} | {"opted": CARD})
    return state


@pytest.fixture
def panel(qtbot: QtBot, training: TrainingState) -> TrainingPanel:
    panel = TrainingPanel(ExplorerState(), training)
    panel.resize(WIDTH, 760)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def chips(panel: TrainingPanel) -> list[str]:
    return [button.text() for button in panel.models.choice.buttons]


def click(panel: TrainingPanel, text: str) -> None:
    button = next(one for one in panel.models.choice.buttons if one.text() == text)
    QTest.mouseClick(button, LEFT)


def enter(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def pick(combo: QComboBox, value: object) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def add(panel: TrainingPanel, name: str) -> None:
    """Through the button's menu."""
    button = panel.models.choice.add_model
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = button.menu_shown
    action = next(one for one in menu.actions() if one.objectName() == f"add-{name}")
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def test_one_model_is_set_without_the_other(panel: TrainingPanel, training: TrainingState) -> None:
    assert chips(panel) == ["All", "AE", "VAE"]
    assert not panel.models.family.isVisible()
    click(panel, "VAE")
    assert panel.models.family.isVisible()
    assert panel.models.family.currentText() == "Variational autoencoder"
    enter(panel.models.latent, "8")
    assert [model.latent for model in training.draft_models] == [2, 8]
    click(panel, "All")
    enter(panel.models.latent, "3")
    assert [model.latent for model in training.draft_models] == [3, 3]


def test_two_of_a_kind_are_distinguished_by_their_differences(
    panel: TrainingPanel, training: TrainingState
) -> None:
    click(panel, "AE")
    pick(panel.models.family, "variational")
    assert chips(panel) == ["All", "VAE #1", "VAE #2"]
    click(panel, "VAE #2")
    beta = panel.models.card.knobs["beta"]
    assert beta.text() == "shared"
    enter(beta, "4")
    assert training.own == {"m2_beta": 4.0}
    assert training.knobs == Knobs(), "no run yet: nothing acts"
    assert training.next_knobs == Knobs(m2_beta=4.0)
    assert chips(panel) == ["All", "VAE β 1", "VAE β 4"]
    enter(beta, "shared")
    assert training.own == {}


def test_a_value_of_ones_own_acts_at_once_on_the_model_that_is_trained(
    panel: TrainingPanel, training: TrainingState
) -> None:
    begin_run(training, step=10)
    click(panel, "VAE")
    enter(panel.models.card.knobs["beta"], "4")
    assert training.knobs == Knobs(m2_beta=4.0)
    assert not panel.notice.isVisible(), "a knob needs no new run"
    training.set_knobs(training.knobs.replace(m2_beta=7.0))
    assert panel.models.card.knobs["beta"].number() == 7.0


def test_a_draft_of_other_models_leaves_the_knobs_of_the_run_alone(
    panel: TrainingPanel, training: TrainingState
) -> None:
    begin_run(training, step=10)
    click(panel, "VAE")
    enter(panel.models.card.knobs["beta"], "4")
    add(panel, "variational")
    assert chips(panel) == ["All", "AE", "VAE β 4", "VAE β 1"]
    enter(panel.models.card.knobs["beta"], "9")
    assert training.knobs == Knobs(m2_beta=4.0)
    assert training.next_knobs == Knobs(m2_beta=4.0, m3_beta=9.0)
    click(panel, "AE")
    QTest.mouseClick(panel.models.choice.remove, LEFT)
    assert chips(panel) == ["All", "VAE β 4", "VAE β 9"]
    assert training.next_knobs == Knobs(m1_beta=4.0, m2_beta=9.0)
    assert training.knobs == Knobs(m2_beta=4.0)
    QTest.mouseClick(panel.notice.undo, LEFT)
    assert training.next_knobs == training.knobs == Knobs(m2_beta=4.0)


def test_options_and_knobs_are_made_from_the_card(panel: TrainingPanel, training: TrainingState) -> None:
    click(panel, "VAE")
    pick(panel.models.family, "opted")
    card = panel.models.card
    assert training.draft_models[1].options == {"many": 3, "share": 0.5, "form": "round", "held": False}
    many, share, form, held = (card.options[name] for name in ("many", "share", "form", "held"))
    assert isinstance(many, NumberField)
    assert isinstance(share, NumberField)
    assert isinstance(form, QComboBox)
    assert isinstance(held, QCheckBox)
    assert (many.text(), share.text(), form.currentText(), held.isChecked()) == ("3", "0.5", "round", False)
    enter(many, "9")
    enter(share, "0.25")
    pick(form, "flat")
    QTest.mouseClick(held, LEFT, pos=QPoint(10, held.height() // 2))
    assert training.draft_models[1].options == {"many": 9, "share": 0.25, "form": "flat", "held": True}
    enter(many, "10")
    assert many.invalid()
    assert many.toolTip() == "Enter a whole number from 1 to 9."
    assert training.draft_models[1].options["many"] == 9
    enter(card.knobs["pull"], "5")
    assert training.next_knobs["m2_pull"] == 5.0
    click(panel, "All")
    enter(card.knobs["pull"], "7")
    assert training.knobs["pull"] == 7.0
    assert "beta" not in card.knobs, "β has its place in the toolbar"
    click(panel, "AE")
    assert not card.isVisible()


def test_another_family_leaves_knobs_of_the_former_behind(panel: TrainingPanel, training: TrainingState) -> None:
    click(panel, "VAE")
    enter(panel.models.card.knobs["beta"], "4")
    pick(panel.models.family, "opted")
    assert training.own == {}
    pick(panel.models.family, "autoencoder")
    assert training.draft_models[1].options == {}


@contextmanager
def dressed_panel(qtbot: QtBot, training: TrainingState) -> Iterator[TrainingPanel]:
    """A panel on the screen, in the program's style."""
    with dressed():
        panel = TrainingPanel(ExplorerState(), training)
        qtbot.addWidget(panel)
        panel.resize(WIDTH, 760)
        panel.show()
        qtbot.waitExposed(panel)
        yield panel


def test_a_row_of_models_is_level_and_whole(qtbot: QtBot, training: TrainingState) -> None:
    with dressed_panel(qtbot, training) as panel:
        choice = panel.models.choice
        click(panel, "VAE")
        qtbot.waitUntil(lambda: choice.remove.isVisible() and choice.remove.x() > choice.add_model.x())
        row = (*choice.buttons, choice.add_model, choice.remove)
        assert len({(button.y(), button.height()) for button in row}) == 1
        assert all(button.geometry().bottom() < choice.height() for button in row)


def test_names_of_rows_and_of_families_are_whole(qtbot: QtBot, training: TrainingState) -> None:
    with dressed_panel(qtbot, training) as panel:
        click(panel, "VAE")
        qtbot.waitUntil(lambda: panel.models.family.isVisible())
        family, option = panel.models.family, QStyleOptionComboBox()
        family.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        shown = family.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, family)
        assert family.fontMetrics().horizontalAdvance(family.currentText()) < shown.width()
        labels = [label for label in panel.models.findChildren(PlainLabel) if label.isVisible()]
        assert labels
        for label in labels:
            longest = max(label.text().split(), key=label.fontMetrics().horizontalAdvance)
            assert label.fontMetrics().horizontalAdvance(longest) <= label.width(), label.text()


def test_a_knob_that_two_of_three_have_sets_them_apart(panel: TrainingPanel, training: TrainingState) -> None:
    add(panel, "variational")
    assert panel.difference.text() == "The models differ only in: sampling + β KL."
    training.set_own(2, "beta", 4.0)
    assert panel.difference.text() == "The models differ in: sampling + β KL, β (1 / 4)."
    training.set_knobs(training.knobs.replace(beta=4.0))
    assert panel.difference.text() == "The models differ only in: sampling + β KL."


def test_at_most_eight_and_at_least_one(panel: TrainingPanel, training: TrainingState) -> None:
    while len(training.draft_models) < MOST_MODELS:
        add(panel, "variational")
    assert not panel.models.choice.add_model.isEnabled()
    assert "eight models at most" in panel.models.choice.add_model.toolTip()
    assert panel.models.choice.index == MOST_MODELS - 1
    while len(training.draft_models) > 1:
        click(panel, chips(panel)[1])
        QTest.mouseClick(panel.models.choice.remove, LEFT)
    click(panel, chips(panel)[1])
    assert not panel.models.choice.remove.isVisible()


def test_everything_can_be_reached_by_keyboard_and_has_a_name(panel: TrainingPanel) -> None:
    choice = panel.models.choice
    for button in (*choice.buttons, choice.add_model, choice.remove):
        assert button.objectName()
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    choice.buttons[2].setFocus()
    QTest.keyClick(choice.buttons[2], Qt.Key.Key_Space)
    assert choice.index == 1


def test_the_keyboard_stays_where_models_are_added_and_removed(
    qtbot: QtBot, panel: TrainingPanel, training: TrainingState
) -> None:
    choice = panel.models.choice
    panel.activateWindow()
    choice.buttons[2].setFocus()
    qtbot.waitUntil(choice.buttons[2].hasFocus)
    # Models come and go without the user's doing, as by undo.
    models = training.draft_models
    training.set_draft(models=(*models, models[1], models[1]))
    assert choice.buttons[2].hasFocus()
    order = [choice.buttons[2]]
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    assert order == [*choice.buttons[2:], choice.add_model]
    choice.buttons[4].setFocus()
    training.set_draft(models=models)
    assert choice.buttons[2].hasFocus()
    # Removed with the keyboard: on to the model that took its place, or to the last.
    training.set_draft(models=(*models, models[1]))
    for place, then in ((1, 1), (2, 1)):
        QTest.keyClick(choice.buttons[place], Qt.Key.Key_Space)
        choice.remove.setFocus()
        QTest.keyClick(choice.remove, Qt.Key.Key_Space)
        assert choice.buttons[then].hasFocus(), place
    # Removed by undo while the keyboard was on the button that goes with it.
    training.set_draft(models=models)
    choice.choose(1)
    choice.remove.setFocus()
    training.set_draft(models=models[:1])
    assert choice.buttons[0].hasFocus()


def test_the_keyboard_goes_to_the_eighth_model_where_no_more_can_be_added(
    qtbot: QtBot, panel: TrainingPanel, training: TrainingState
) -> None:
    choice = panel.models.choice
    training.set_draft(models=(training.draft_models[0],) * (MOST_MODELS - 1))
    panel.activateWindow()
    choice.add_model.setFocus()
    qtbot.waitUntil(choice.add_model.hasFocus)
    choice.add_model.open_menu()
    menu = choice.add_model.menu_shown
    qtbot.waitUntil(menu.isVisible)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[0]).center())
    qtbot.waitUntil(lambda: len(training.draft_models) == MOST_MODELS)
    qtbot.waitUntil(choice.buttons[-1].hasFocus)


def test_nothing_is_wider_than_the_panel(qtbot: QtBot, training: TrainingState) -> None:
    for language in (False, True):
        if language:
            with chinese():
                panel = TrainingPanel(ExplorerState(), training)
        else:
            panel = TrainingPanel(ExplorerState(), training)
        qtbot.addWidget(panel)
        panel.resize(WIDTH, 760)
        panel.show()
        panel.models.choice.choose(1)
        for button in (*panel.models.choice.buttons, panel.models.choice.add_model):
            assert button.mapTo(panel, button.rect().topRight()).x() < WIDTH
            assert button.width() >= button.minimumSizeHint().width() - 2
