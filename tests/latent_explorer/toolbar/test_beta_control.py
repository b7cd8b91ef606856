from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from latent_explorer.core.pane import PaneState
from latent_explorer.core.training import TrainingState
from latent_explorer.toolbar.beta_control import BetaControl, show_beta
from tests.latent_explorer.states import begin_run, put_model
from trainer.knobs import Knobs
from trainer.models.family import families

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def training() -> TrainingState:
    return TrainingState()


@pytest.fixture
def panes() -> tuple[PaneState, PaneState]:
    return PaneState(0), PaneState(1)


@pytest.fixture
def control(qtbot, training: TrainingState, panes: tuple[PaneState, PaneState]) -> BetaControl:
    control = BetaControl(training, panes)
    control.resize(420, 44)
    qtbot.addWidget(control)
    control.show()
    return control


def test_a_drag_turns_the_knob_and_nothing_else(control: BetaControl, training: TrainingState) -> None:
    training.set_knobs(Knobs(beta=1.0, learning_rate=0.02, noise=0.3))
    changes: list[float] = []
    training.knobs_changed.connect(lambda: changes.append(training.knobs.beta))
    slider = control.slider
    at_ten = QPoint(round(slider._x(slider.scale.position(10))), 14)
    QTest.mouseClick(slider, LEFT, pos=at_ten)
    assert training.knobs == Knobs(beta=training.knobs.beta, learning_rate=0.02, noise=0.3)
    assert training.knobs.beta == pytest.approx(10, rel=0.03)
    assert len(changes) == 1, "the tie back must not turn the knob again"
    assert control.field.number() == training.knobs.beta


def test_what_state_says_is_shown_without_turning_the_knob_back(
    control: BetaControl, training: TrainingState
) -> None:
    training.set_knobs(Knobs(beta=500.0))
    assert control.slider.quantity() == 500.0
    assert control.field.text() == "500.00"
    assert training.knobs.beta == 500.0


def test_exact_entry_and_back_to_one(control: BetaControl, training: TrainingState) -> None:
    control.field.setFocus()
    control.field.selectAll()
    QTest.keyClicks(control.field, "0,0123")
    QTest.keyClick(control.field, Qt.Key.Key_Return)
    assert training.knobs.beta == 0.0123
    assert control.reset.isEnabled()
    QTest.mouseClick(control.reset, LEFT)
    assert training.knobs.beta == 1.0
    assert not control.reset.isEnabled()


def test_beyond_the_limit(control: BetaControl, training: TrainingState) -> None:
    control.field.setText("1001")
    assert not control.field.commit()
    assert training.knobs.beta == 1.0
    assert control.field.toolTip() == "Enter a number from 0 to 1000."


def test_a_note_when_no_model_uses_beta(control: BetaControl, panes: tuple[PaneState, PaneState]) -> None:
    assert control.slider._note == "", "no models yet: nothing is known"
    for pane in panes:
        put_model(pane, uses_beta=False)
    assert control.slider._note == "no model here uses β"
    assert "kept" in control.slider.toolTip()
    assert control.slider.isEnabled()
    put_model(panes[1], uses_beta=True)
    assert control.slider._note == ""


def test_names(control: BetaControl) -> None:
    for widget in (control.slider, control.field, control.reset):
        assert widget.objectName()
        assert "β" in widget.accessibleName()


def test_two_decimals_do_not_jitter() -> None:
    assert [show_beta(beta) for beta in (0, 0.05, 1, 1.12, 12.6, 100, 0.0112)] == [
        "0", "0.05", "1.00", "1.12", "12.60", "100.00", "0.0112",
    ]  # fmt: skip


def test_models_with_a_beta_of_their_own_are_named(control: BetaControl, training: TrainingState) -> None:
    training.set_cards({one.name: one.card for one in families()})
    begin_run(training, step=10)
    training.set_knobs(Knobs(m2_beta=4.0))
    assert control.slider._note == "each model has a β of its own"
    vae = training.run_config.models[1]
    training.set_run_config(training.run_config.replace(models=(vae, vae)))
    assert control.slider._note == ""
    assert "Not for models that have a β of their own: 2." in control.slider.toolTip()


def test_what_acts_while_it_warms_up(control: BetaControl, training: TrainingState) -> None:
    training.set_draft(train=training.draft_train.replace(warm_up=100))
    training.set_knobs(Knobs(beta=4.0))
    assert "Acting" not in control.slider.toolTip()
    begin_run(training, 8)
    assert training.acting_knobs.beta == pytest.approx(4.0 * 8 / 100)
    assert control.slider._acting == pytest.approx(0.32)
    assert control.slider._acting_note == "acting: 0.32"
    assert "Acting now: 0.32. It grows from 0" in control.slider.toolTip()
    assert "Acting now: 0.32." in control.field.toolTip()
    assert (control.field.number(), control.slider.quantity()) == (4.0, 4.0)
    training.set_knobs(Knobs(beta=2.0))
    assert control.slider._acting_note == "acting: 0.16"
    training.set_place(100, 1.0)
    assert control.slider._acting is None
    assert "Acting" not in control.slider.toolTip()


def test_before_there_is_a_run_it_says_of_which_run_beta_is(
    control: BetaControl, training: TrainingState, panes: tuple[PaneState, PaneState]
) -> None:
    put_model(panes[1], uses_beta=True)
    assert control.label.text() == "next run: β"
    assert "keep the β" in control.slider.toolTip()
    control.resize(280, 44)
    assert control.label.text() == "β", "the slider keeps its length"
    control.resize(420, 44)
    begin_run(training, 1)
    assert control.label.text() == "β"
    assert "keep the β" not in control.slider.toolTip()
