from __future__ import annotations

import math

import pytest
import torch

from trainer.models.latent_model import LossTensors
from trainer.reports import Losses
from trainer.training.readings import RunningLosses, finite, pack, read

PLAIN, WITH_KL = ("reconstruction", "total"), ("reconstruction", "kl", "total")


def _losses(reconstruction: float, dimensions: tuple[float, ...] = ()) -> LossTensors:
    first = torch.tensor(reconstruction)
    if not dimensions:
        return LossTensors({"reconstruction": first, "total": first})
    kl = torch.tensor(dimensions).sum()
    return LossTensors({"reconstruction": first, "kl": kl, "total": first + kl}, torch.tensor(dimensions))


def test_members_with_and_without_dimensions_are_read_at_once():
    assert read([pack(_losses(3.0)), pack(_losses(5.0, (1.0, 0.5)))], (PLAIN, WITH_KL)) == (
        Losses({"reconstruction": 3.0, "total": 3.0}),
        Losses({"reconstruction": 5.0, "kl": 1.5, "total": 6.5}, (1.0, 0.5)),
    )


def test_running_losses_are_the_mean_since_the_last_reading():
    running = RunningLosses((WITH_KL,))
    assert running.take() == ()
    vector = pack(_losses(1.0, (2.0,)))
    running.add([vector])
    vector.mul_(3)  # the producer may write to its tensor again
    running.add([vector])
    (mean,) = running.take()
    assert mean == Losses({"reconstruction": 2.0, "kl": 4.0, "total": 6.0}, (4.0,))
    assert running.take() == ()


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_every_number_must_be_finite(bad):
    good = Losses({"reconstruction": 1.0, "kl": 2.0, "total": 3.0}, (2.0,))
    assert finite(good)
    for name in good.terms:
        assert not finite(Losses(good.terms | {name: bad}, good.kl_per_dimension))
    assert not finite(Losses(good.terms, (bad,)))
