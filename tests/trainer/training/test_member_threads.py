"""Members in threads of their own: the same weights to the last bit, no thread left, no loss of an error."""

from __future__ import annotations

import threading
from itertools import islice

import pytest

from tests.trainer.training.blobs import AE, VAE, assert_same, make_trainer, weights
from trainer import machine_limits
from trainer.knobs import Knobs
from trainer.machine_limits import parallel_members
from trainer.training import stepping
from trainer.training.engine import Trainer

NOISY = Knobs(noise=0.3, beta=2.0)


def _member_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("member")]


def _with_cores(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    for module in (stepping, machine_limits):
        monkeypatch.setattr(module, "available_cores", lambda: cores)


def _run(trainer: Trainer, steps: int) -> list[object]:
    return [report.losses for report in islice(trainer.steps(), steps)]


@pytest.mark.parametrize("models", [(AE, VAE), (VAE, AE, VAE.replace(latent=5), VAE.replace(widths=(8, 4)), AE)])
def test_the_weights_are_those_of_members_stepped_in_turn(models, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_cores(monkeypatch, 1)
    alone = make_trainer(*models, knobs=NOISY, binarise="dynamic")
    reference = _run(alone, 25)
    assert alone.stepping.threads_used == 1
    _with_cores(monkeypatch, 3)
    together = make_trainer(*models, knobs=NOISY, binarise="dynamic")
    assert together.stepping.threads_used == min(len(models), 3)
    assert _run(together, 25) == reference
    for index in range(len(models)):
        assert_same(weights(together, index), weights(alone, index))


def test_threads_are_there_while_the_steps_go_on_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_cores(monkeypatch, 2)
    trainer = make_trainer()
    steps = trainer.steps()
    next(steps)
    assert len(_member_threads()) == 1
    steps.close()
    assert not _member_threads()
    for _ in islice(trainer.steps(), 3):
        assert len(_member_threads()) == 1
    list(make_trainer(epochs=1).steps())  # a run that ends by itself
    steps = trainer.steps()
    next(steps)
    del steps
    assert not _member_threads()


def test_what_a_member_raises_reaches_the_caller_after_all_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_cores(monkeypatch, 2)
    trainer = make_trainer(AE, VAE)
    done = []
    monkeypatch.setattr(type(trainer.members[0].family), "step", _fail)
    monkeypatch.setattr(type(trainer.members[1].family), "step", lambda *_: done.append(1) or _fail())
    with pytest.raises(ArithmeticError, match="on purpose"):
        next(trainer.steps())
    assert done
    assert not _member_threads()


def _fail(*_: object) -> None:
    raise ArithmeticError("on purpose")


def test_torch_threads_of_a_member_share_the_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    _with_cores(monkeypatch, 8)
    assert make_trainer(VAE, threads=6).stepping.threads == 6
    pair = make_trainer(AE, VAE, threads=6).stepping
    assert (pair.threads, pair.threads_used) == (4, 8)
    assert make_trainer(*[VAE] * 8, threads=None).stepping.threads_used == 8
    pair.limit_threads(7)
    assert (pair.threads, pair.threads_used) == (3, 6)
    pair.limit_threads(1)
    assert (pair.threads, pair.threads_used) == (1, 2)
    assert parallel_members(1) == 1
    _with_cores(monkeypatch, 2)
    assert parallel_members(8) == 2
