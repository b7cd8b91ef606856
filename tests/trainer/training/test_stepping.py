"""What members lost is summed where they are, and read as one mean a step."""

from __future__ import annotations

import math
from itertools import islice

import pytest
import torch

from tests.trainer.training.blobs import AE, VAE, make_trainer
from trainer.reports import Losses
from trainer.training.engine import Trainer


def _step(trainer: Trainer, count: int) -> None:
    """So many steps on the same images, without a look at what was lost."""
    images = torch.rand((16, 1, 8, 8), generator=torch.Generator().manual_seed(1))
    for _ in range(count):
        trainer.stepping(images, images, trainer.knobs)


def test_losses_have_the_names_of_the_card_and_a_share_of_each_dimension():
    trainer = make_trainer(AE, VAE)
    _step(trainer, 1)
    plain, variational = trainer.stepping.losses(at_once=True)
    assert list(plain.terms) == ["reconstruction", "total"]
    assert plain.kl_per_dimension == ()
    assert list(variational.terms) == ["reconstruction", "kl", "total"]
    assert sum(variational.kl_per_dimension) == pytest.approx(variational["kl"], rel=1e-5)
    assert variational.total == pytest.approx(variational["reconstruction"] + variational["kl"], rel=1e-5)


def test_losses_are_the_mean_since_the_last_reading():
    single, together = make_trainer(AE, VAE), make_trainer(AE, VAE)
    every = []
    for _ in range(3):
        _step(single, 1)
        every.append(single.stepping.losses(at_once=True))
    _step(together, 1)
    assert together.stepping.losses(at_once=True) == every[0]
    _step(together, 2)
    for mean, first, second in zip(together.stepping.losses(at_once=True), *every[1:], strict=True):
        for name, value in mean.terms.items():
            assert value == pytest.approx((first[name] + second[name]) / 2, rel=1e-5)


def test_what_was_never_read_is_left_out_where_steps_begin_again():
    trainer, fresh = make_trainer(VAE), make_trainer(VAE)
    _step(trainer, 5)
    trainer.restore(fresh.state())
    assert next(trainer.steps()).losses == next(fresh.steps()).losses


def test_a_member_sums_in_one_tensor_that_a_captured_step_can_add_to():
    trainer = make_trainer(AE, VAE)
    _step(trainer, 1)
    sums = [member.lost for member in trainer.members]
    trainer.stepping.losses(at_once=True)
    _step(trainer, 2)
    trainer.restore(trainer.state())
    list(islice(trainer.steps(), 2))
    for member, one in zip(trainer.members, sums, strict=True):
        assert member.lost is one
        assert not one.requires_grad
        assert member.twin().lost is None


def test_members_that_rest_have_no_number_and_the_others_keep_theirs():
    trainer, both = make_trainer(AE, VAE), make_trainer(AE, VAE)
    trainer.stepping.rest({0: 0})
    for each in (trainer, both):
        _step(each, 1)
    resting, stepped = trainer.stepping.losses(at_once=True)
    assert [math.isnan(value) for value in resting.terms.values()] == [True, True]
    assert stepped == both.stepping.losses(at_once=True)[1]
    trainer.stepping.rest({})
    _step(trainer, 1)
    assert all(losses.finite for losses in trainer.stepping.losses(at_once=True))


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_every_number_must_be_finite(bad):
    good = Losses({"reconstruction": 1.0, "kl": 2.0, "total": 3.0}, (2.0,))
    assert good.finite
    for name in good.terms:
        assert not Losses(good.terms | {name: bad}, good.kl_per_dimension).finite
    assert not Losses(good.terms, (bad,)).finite
