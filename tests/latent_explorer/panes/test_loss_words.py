"""Every reconstruction figure says what it is."""

from __future__ import annotations

import pytest

from latent_explorer.core.training import TrainingState
from latent_explorer.panes.comparison import Comparison
from latent_explorer.panes.loss_words import measured_as
from tests.latent_explorer.build import evaluate, pane_state
from trainer.config import LIKELIHOODS, ModelConfig


def test_each_likelihood_is_named_once():
    models = [ModelConfig(likelihood=likelihood) for likelihood in LIKELIHOODS]
    short, long = measured_as((model, None) for model in [*models, *models])
    assert short.split(" / ") == [
        "cross-entropy on grey levels (no likelihood)",
        "Gaussian, σ² = 0.02",
        "Gaussian, learned σ²",
        "Gaussian, σ² a pixel",
    ]
    assert len(long.splitlines()) == 4
    assert "not a likelihood" in long.splitlines()[0]
    assert measured_as([]) == ("", "")


@pytest.mark.parametrize(("likelihood", "words"), [("bernoulli", "cross-entropy"), ("gaussian", "σ² = 0.02")])
def test_the_table_says_what_its_figures_are(qtbot, likelihood, words):
    training = TrainingState()
    panes = [pane_state(0), pane_state(1)]
    for pane in panes:
        object.__setattr__(pane.model, "config", pane.model.config.replace(likelihood=likelihood))
    table = Comparison(training, panes)
    qtbot.addWidget(table)
    evaluate(training, 10)
    assert measured_as([(panes[0].model.config, None)])[0] in table.caption.text()
    assert words in table.caption.toolTip()
    assert words in table.labels[0].toolTip()


def test_the_table_says_of_which_step_it_is_and_marks_no_side_where_totals_are_of_different_things(qtbot):
    training = TrainingState()
    panes = [pane_state(0), pane_state(1)]
    table = Comparison(training, panes)
    qtbot.addWidget(table)
    evaluate(training, 10)
    assert table.table().unit == "nats per image, step 10"
    marked = {label.text().removesuffix(" ↓"): label.text().endswith("↓") for label in table.labels}
    assert marked["Reconstruction"]
    assert not marked["KL"]
    assert not marked["Gap: held-out − training"]
    assert not marked["Total at β = 1"]  # the left model has no KL
