from __future__ import annotations

from itertools import islice

import torch

from tests.trainer.training.blobs import assert_same, make_trainer, weights
from trainer.training.safeguard import Safeguard


def _poison(trainer) -> None:
    with torch.no_grad():
        next(trainer.members[0].model.parameters())[0, 0] = float("inf")


def test_copies_are_kept_at_intervals_and_brought_back():
    now = 0.0
    trainer = make_trainer()
    guard = Safeguard(trainer.members, every=2.0, clock=lambda: now)
    steps = trainer.steps()
    list(islice(steps, 2))
    guard.keep_if_due()  # too early
    now = 2.5
    list(islice(steps, 2))
    guard.keep_if_due()
    kept = weights(trainer)
    momentum = trainer.state().tensors["member0.optimiser0.exp_avg.0"]
    list(islice(steps, 2))
    guard.bring_back()
    assert_same(weights(trainer), kept)
    assert trainer.state().tensors["member0.optimiser0.exp_avg.0"].equal(momentum)


def test_bad_weights_never_replace_good_ones():
    trainer = make_trainer()
    guard = Safeguard(trainer.members, every=0.0)
    good = weights(trainer)
    _poison(trainer)
    guard.keep_if_due()
    guard.bring_back()
    assert_same(weights(trainer), good)


def test_what_was_brought_back_can_be_trained_and_brought_back_again():
    trainer = make_trainer()
    guard = Safeguard(trainer.members)
    good = weights(trainer)
    for _ in range(2):
        list(islice(trainer.steps(), 3))
        guard.bring_back()
        assert_same(weights(trainer), good)
