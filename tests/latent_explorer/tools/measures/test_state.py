"""What the tab knows: figures a group at a time, and what they belong to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_explorer.core.pane import PaneModel
from latent_explorer.tools.measures.comparison import Better, better_of
from latent_explorer.tools.measures.state import Measured, MeasuresState, mark_of
from tests.latent_explorer.build import AE
from trainer.config import ModelConfig
from trainer.measures.all_groups import GROUPS, MEASURES
from trainer.measures.information import ACTIVE
from trainer.measures.measure import Figure
from trainer.measures.rate import ELBO, RECONSTRUCTION
from trainer.reports import Snapshot
from trainer.sentences import Sentence


def measured(number: int) -> Measured:
    return Measured(PaneModel(ModelConfig(), AE, 1), number, 10 * number)


def snapshot(number: int, step: int, weight: float) -> Snapshot:
    return Snapshot(
        number=number, step=step, config=ModelConfig(), weights={"one": np.full(3, weight, np.float32)}
    )


def test_weights_that_are_sent_again_are_no_other_ones() -> None:
    model = PaneModel(ModelConfig(), AE, 1)
    one = Measured(model, 4, 30, snapshot(4, 30, 0.5))
    assert one.is_of(6, 30, snapshot(6, 30, 0.5))
    # A run that went back and on from there has other weights after as many steps.
    assert not one.is_of(7, 30, snapshot(7, 30, 0.25))
    assert not one.is_of(8, 31, snapshot(8, 31, 0.5))
    assert not one.is_of(9, 30)
    # Measured again with them, other groups stay.
    state = MeasuresState()
    state.begin(1, one)
    state.add(1, (Figure(key="elbo", value=-3.0),))
    state.begin(1, Measured(model, 6, 30, snapshot(6, 30, 0.5)))
    assert [figure.key for figure in state.figures[1]] == ["elbo"]


def test_figures_of_a_session_are_of_its_weights_and_not_of_others_after_as_many_steps() -> None:
    model, own = PaneModel(ModelConfig(), AE, 1), snapshot(4, 30, 0.5)
    restored = Measured(model, None, 30, mark=mark_of(own))
    assert restored.is_of(1, 30, snapshot(1, 30, 0.5))
    assert not restored.is_of(2, 30, snapshot(2, 30, 0.25))
    assert not restored.is_of(3, 31, snapshot(3, 31, 0.5))
    # A model that rests has weights of an earlier step than its run.
    assert restored.is_of(5, 70, snapshot(5, 30, 0.5))
    # A file from before marks were kept says the step alone.
    assert Measured(model, None, 30).is_of(1, 30, snapshot(1, 30, 0.25))


def test_one_weight_among_many_tells_marks_apart() -> None:
    weights = {"in": np.zeros((300, 700), np.float32), "bias": np.zeros(300, np.float32)}
    one = Snapshot(number=1, step=3, config=ModelConfig(), weights=weights)
    moved = weights["bias"].copy()
    moved[-1] = 1e-7
    assert mark_of(one) == mark_of(replace(one, number=2))
    assert mark_of(one) != mark_of(replace(one, weights=weights | {"bias": moved}))


def test_figures_come_group_by_group_in_the_order_of_measures() -> None:
    state = MeasuresState()
    heard: list[tuple[str, ...]] = []
    state.figures_changed.connect(lambda: heard.append(tuple(one.key for one in state.figures.get(1, ()))))
    state.begin(1, measured(4))
    state.add(1, (Figure(key="effective_rank", value=1.0),))
    state.add(1, (Figure(key="elbo", value=-3.0), Figure(key="reconstruction", value=2.0)))
    assert heard == [(), ("effective_rank",), ("reconstruction", "elbo", "effective_rank")]
    # Measured again with the same weights: the others stay.
    state.begin(1, measured(4))
    state.add(1, (Figure(key="elbo", value=-4.0),))
    assert [one.value for one in state.figures[1]] == [2.0, -4.0, 1.0]
    # With other weights nothing of the former is left.
    state.begin(1, measured(5))
    assert 1 not in state.figures
    assert state.measured[1].step == 50
    state.forget(1)
    state.forget(1)
    assert state.measured == {}


def test_groups_keep_their_order() -> None:
    state = MeasuresState()
    names = tuple(group.name for group in GROUPS)
    assert state.groups == names
    state.choose(names[1], False)
    assert state.groups == (names[0], *names[2:])
    state.choose(names[1], True)
    assert state.groups == names
    assert MEASURES


def test_the_better_one_is_marked_only_where_that_is_more_than_chance() -> None:
    def of(*values: tuple[float, float | None]) -> list[Figure | None]:
        return [Figure(key="any", value=value, error=error) for value, error in values]

    assert better_of(RECONSTRUCTION, of((100, 1), (110, 1))) == Better(0, False)
    assert better_of(ELBO, of((-100, 1), (-110, 1))) == Better(0, False)
    assert better_of(ELBO, of((-110, 1), (-100, 1))) == Better(1, False)
    # Intervals that touch, figures without one, one that is not available, one alone.
    assert better_of(RECONSTRUCTION, of((100, 1), (102, 1))) is None
    assert better_of(RECONSTRUCTION, of((100, None), (200, None))) is None
    missing = Figure(key="any", reason=Sentence("None."))
    assert better_of(RECONSTRUCTION, [missing, *of((1, 0.1))]) is None
    assert better_of(RECONSTRUCTION, [None, *of((1, 0.1))]) is None
    assert better_of(RECONSTRUCTION, of((1, 0.1))) is None
    # Where neither is better nobody wins.
    assert not ACTIVE.better
    assert better_of(ACTIVE, of((1, 0.1), (9, 0.1))) is None
    # By its own interval, if it has one.
    narrow = Figure(key="any", value=0.5, interval=(0.4, 0.6))
    wide = Figure(key="any", value=0.8, interval=(0.45, 1.0))
    assert better_of(ELBO, [narrow, wide]) is None
    # Of other likelihoods nats do not compare.
    assert better_of(ELBO, of((-110, 1), (-100, 1)), ["bernoulli", "gaussian"]) is None
    # Image by image a small difference is none of chance.
    values = np.random.default_rng(0).normal(100, 10, 50)
    pair = [Figure(key="elbo", value=float(one.mean()), error=1.4, images=one) for one in (values, values + 1)]
    assert better_of(ELBO, pair) == Better(1, True)
    assert better_of(ELBO, [replace(one, images=None) for one in pair]) is None
