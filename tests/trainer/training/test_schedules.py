from __future__ import annotations

import pytest

from trainer.config import TrainConfig
from trainer.training.schedules import applied_beta, applied_rate, extended


def test_beta_grows_linearly_to_its_knob():
    assert [applied_beta(4.0, done, 4) for done in range(6)] == [0, 1, 2, 3, 4, 4]


def test_without_warm_up_beta_is_its_knob_at_once():
    assert applied_beta(0.3, 0, 0) == 0.3


@pytest.mark.parametrize(("epoch", "rate"), [(0, 1e-3), (14, 1e-3), (15, 2e-4), (19, 2e-4)])
def test_last_five_of_twenty_epochs_at_a_fifth(epoch, rate):
    config = TrainConfig(epochs=20, final_epochs=5, final_rate=0.2)
    assert applied_rate(1e-3, epoch, config) == pytest.approx(rate)


def test_an_endless_run_has_no_last_epochs():
    assert applied_rate(1e-3, 10_000, TrainConfig(final_epochs=5)) == 1e-3


def test_an_end_that_moves_before_the_last_epochs_moves_them_along():
    config = extended(TrainConfig(epochs=20, final_epochs=5), 40, 10)
    assert (config.epochs, config.final_from) == (40, None)
    assert [applied_rate(1.0, epoch, config) for epoch in (15, 34, 35)] == [1.0, 1.0, 0.2]


def test_an_end_that_moves_in_the_last_epochs_leaves_their_rate():
    config = extended(TrainConfig(epochs=20, final_epochs=5), 40, 20)
    assert [applied_rate(1.0, epoch, config) for epoch in (14, 15, 20, 30, 39)] == [1.0, 0.2, 0.2, 0.2, 0.2]
    assert extended(config, None, 40).final_from == 15
