"""Where knobs were turned, as the history of a run knows it from the reports alone."""

from __future__ import annotations

from latent_explorer.core.history import History, Turn
from latent_explorer.core.training import TrainingState
from latent_explorer.curves.marks import marks_of
from tests.latent_explorer import build
from trainer.knobs import Knobs


def turned(*betas: tuple[int, float]) -> History:
    """A run of which so many steps each were done at these values of β."""
    state = TrainingState()
    for steps, beta in betas:
        build.train(state, steps, start=state.step, knobs=Knobs(beta=beta))
    return state.history


def test_a_run_whose_knobs_stay_has_no_turn() -> None:
    assert turned((50, 3.0)).turns == []
    assert History(2).turns == []


def test_the_changes_of_one_drag_are_one_turn_where_it_began() -> None:
    history = turned((10, 1.0), (5, 2.0), (5, 3.0), (40, 4.0), (1, 5.0), (100, 6.0), (9, 1.0))
    assert [(turn.step, turn.before.beta, turn.after.beta) for turn in history.turns] == [
        (11, 1.0, 6.0),
        (162, 6.0, 1.0),
    ]


def test_changes_farther_apart_are_turns_of_their_own() -> None:
    history = turned((10, 1.0), (41, 2.0), (41, 3.0))
    assert [(turn.step, turn.before.beta, turn.after.beta) for turn in history.turns] == [
        (11, 1.0, 2.0),
        (52, 2.0, 3.0),
    ]


def test_a_drag_that_came_back_leaves_no_mark_and_takes_none_away() -> None:
    history = turned((10, 1.0), (60, 2.0), (5, 3.0), (5, 2.0), (5, 4.0))
    assert [mark.step for mark in marks_of(history, {})] == [11, 71]
    history = turned((10, 1.0), (60, 2.0), (5, 3.0), (60, 2.0))
    assert [turn.step for turn in history.turns] == [11, 71]
    assert [(mark.step, mark.text) for mark in marks_of(history, {})] == [(11, "β 1 → 2")]


def test_a_history_cut_in_the_midst_of_a_drag_goes_on_from_the_knobs_of_then() -> None:
    state = TrainingState()
    state.history = turned((10, 1.0), (10, 2.0), (10, 3.0)).up_to(15)
    assert state.history.turns == [Turn(11, Knobs(beta=1.0), Knobs(beta=2.0))]
    build.train(state, 5, start=15, knobs=Knobs(beta=5.0))
    # What is turned after going back is a turn of its own, however near.
    assert [(turn.step, turn.before.beta, turn.after.beta) for turn in state.history.turns] == [
        (11, 1.0, 2.0),
        (16, 2.0, 5.0),
    ]
