"""Going back to a moment and returning, as the window's state has it."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.history import History
from latent_explorer.core.training import TrainingState
from tests.latent_explorer import build
from trainer.knobs import Knobs


def test_going_back_cuts_losses_marks_and_evaluations_and_keeps_them_as_the_former_branch() -> None:
    state = TrainingState()
    for step, beta in ((0, 1.0), (100, 2.0), (200, 4.0)):
        build.train(state, 100, start=step, knobs=Knobs(beta=beta))
        build.evaluate(state, step)
    whole = state.history
    state.go_back(150, 1.5, ((), (1.0, 2.0)))
    assert (state.step, state.epoch) == (150, 1.5)
    np.testing.assert_array_equal(state.history.steps, np.arange(1, 151))
    np.testing.assert_array_equal(state.history.column(1, "total"), whole.column(1, "total")[:150])
    assert [turn.step for turn in state.history.turns] == [101]
    assert [report.step for report in state.evaluations] == [0, 100]
    assert state.kl_per_dimension == ((), (1.0, 2.0))
    former = state.former
    assert former is not None
    assert (former.parted, former.step, former.history) == (150, 300, whole)
    build.train(state, 50, start=150)
    assert len(whole) == 300
    state.return_to_former(300, 3.0, ((), ()))
    assert state.history is whole
    assert [turn.step for turn in state.history.turns] == [101, 201]
    assert state.former is not None
    assert (state.former.parted, state.former.step) == (150, 200)


def test_returning_without_new_steps_leaves_no_ghost() -> None:
    state = TrainingState()
    build.train(state, 30)
    state.go_back(0, 0.0, ())
    assert len(state.history) == 0
    assert state.kl_per_dimension == ((), ())
    state.return_to_former(30, 0.3, ())
    assert state.former is None
    assert len(state.history) == 30


def test_going_back_to_the_present_moment_leaves_no_ghost() -> None:
    state = TrainingState()
    build.train(state, 30)
    state.go_back(30, 0.3, ())
    assert state.former is None


def test_a_branch_that_failed_is_returned_to_where_it_was_kept() -> None:
    state = TrainingState()
    build.train(state, 30)
    state.go_back(10, 0.1, ())
    state.return_to_former(25, 0.25, ())
    assert state.history.steps[-1] == state.step == 25


def test_a_new_run_has_no_former_branch() -> None:
    state = TrainingState()
    build.train(state, 30)
    state.go_back(10, 0.1, ())
    state.begin(2)
    assert state.former is None


def test_a_cut_history_grows_on_its_own() -> None:
    state = TrainingState()
    build.train(state, 3000)
    cut = state.history.up_to(2000)
    other = TrainingState()
    other.history = cut
    build.train(other, 3000, start=2000)
    np.testing.assert_array_equal(cut.steps, np.arange(1, 5001))
    assert len(state.history) == 3000
    assert len(History(2).up_to(5)) == 0


def test_figures_of_the_past_are_those_of_the_last_evaluation_up_to_then() -> None:
    state = TrainingState()
    assert state.evaluation_at(None) is None
    for step in (100, 200):
        build.evaluate(state, step)
    assert state.evaluation_at(None).step == 200
    assert state.evaluation_at(150).step == 100
    assert state.evaluation_at(99) is None
