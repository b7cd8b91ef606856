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
    guard = Safeguard(trainer.state, every=2.0, clock=lambda: now)
    steps = trainer.steps()
    list(islice(steps, 2))
    guard.keep_if_due()  # too early
    now = 2.5
    list(islice(steps, 2))
    guard.keep_if_due()
    kept = trainer.state()
    list(islice(steps, 2))
    assert guard.kept.numbers == kept.numbers
    assert guard.kept.numbers["step"] == 4
    assert guard.kept.tensors.keys() == kept.tensors.keys()
    assert all(value.equal(kept.tensors[name]) for name, value in guard.kept.tensors.items())


def test_bad_weights_never_replace_good_ones():
    trainer = make_trainer()
    guard = Safeguard(trainer.state, every=0.0)
    good = trainer.state().tensors
    _poison(trainer)
    guard.keep_if_due()
    assert all(value.equal(good[name]) for name, value in guard.kept.tensors.items())


def test_what_was_brought_back_can_be_trained_and_brought_back_again():
    trainer = make_trainer()
    guard = Safeguard(trainer.state)
    good = weights(trainer)
    for _ in range(2):
        list(islice(trainer.steps(), 3))
        trainer.restore(guard.kept)
        assert_same(weights(trainer), good)
