from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import torch

from tests.trainer.training.blobs import AE, VAE, make_trainer, run_config
from trainer.records import ConfigError
from trainer.sentences import sentence_for
from trainer.training.devices import (
    DeviceMemoryError,
    available_cores,
    calibrate_threads,
    card_failure,
    card_remark,
    device_names,
    resolve_device,
    roomier,
    set_threads,
    thread_candidates,
)


@pytest.fixture(autouse=True)
def _threads() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_cpu_is_always_there():
    assert resolve_device("cpu") == torch.device("cpu")
    assert device_names()[0] == "cpu"
    with pytest.raises(ConfigError, match="auto, cpu or cuda"):
        resolve_device("tpu")


def test_without_a_card_auto_is_the_cpu_and_cuda_a_sentence(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert resolve_device("auto") == torch.device("cpu")
    with pytest.raises(ConfigError, match="No CUDA card"):
        resolve_device("cuda")
    with pytest.raises(ConfigError, match="No CUDA card"):
        make_trainer(device="cuda")


def test_denormals_are_flushed():
    set_threads(1)
    assert (torch.tensor([1e-30]) * 1e-10).item() == 0.0


@pytest.mark.parametrize(("cores", "counts"), [(1, (1,)), (2, (1, 2)), (6, (1, 2, 4)), (64, (1, 2, 4, 8, 16))])
def test_candidates(cores, counts):
    assert thread_candidates(cores) == counts
    assert available_cores() >= 1


@pytest.mark.parametrize(
    ("cost", "best"),
    [({1: 1.0, 2: 0.95}, 1), ({1: 1.0, 2: 0.6}, 2), ({1: 1.0, 2: 8.0}, 1), ({1: 1.0, 2: 0.6, 4: 0.57}, 2)],
)
def test_calibration_prefers_fewer_threads_unless_more_are_clearly_faster(cost, best):
    now = 0.0

    def step() -> None:
        nonlocal now
        now += cost[torch.get_num_threads()]

    assert calibrate_threads(step, tuple(cost), seconds=3.0, clock=lambda: now) == best
    assert torch.get_num_threads() == best


def test_a_passing_load_does_not_decide():
    now, calls = 0.0, 0

    def step() -> None:
        nonlocal now, calls
        calls += 1
        now += (0.6 if torch.get_num_threads() == 2 else 1.0) * (50 if calls < 6 else 1)

    assert calibrate_threads(step, (1, 2), seconds=3.0, clock=lambda: now) == 2


def test_running_out_of_memory_halves_the_batch_and_then_takes_the_cpu():
    config = run_config(AE, batch=50, device="auto")
    said = []
    while (next_try := roomier(config)) is not None:
        config, sentence = next_try
        said.append((config.train.batch, config.train.device))
        assert str(sentence).startswith("The card's memory is full")
    assert said == [(25, "auto"), (16, "auto"), (16, "cpu")]


def test_running_out_of_memory_in_a_step_is_named_and_taken_back(monkeypatch):
    trainer = make_trainer(AE, VAE)
    next(trainer.steps())

    def full(*args: object) -> None:
        raise torch.OutOfMemoryError("no room")

    monkeypatch.setattr(type(trainer.members[1].family), "step", full)
    with pytest.raises(DeviceMemoryError, match="smaller batches or the CPU"):
        next(trainer.steps())
    monkeypatch.undo()
    smaller = make_trainer(AE, VAE, batch=8)
    smaller.restore(trainer.state())
    assert next(smaller.steps()).step == trainer.step + 1


@pytest.fixture
def card(monkeypatch):
    """A card that torch sees; what it does is up to the test."""
    card_failure.cache_clear()
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    monkeypatch.setenv("PYTORCH_NVML_BASED_CUDA_CHECK", "0")
    # As torch sees it; a card that was given up is hidden from it.
    monkeypatch.setattr(torch.cuda, "is_available", lambda: os.environ["CUDA_VISIBLE_DEVICES"] != "")
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    yield monkeypatch
    monkeypatch.undo()
    card_failure.cache_clear()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            RuntimeError("CUDA error: no kernel image is available for this\nCompile with"),
            "no kernel",
        ),
        (RuntimeError("CUDA error: all CUDA-capable devices are busy or unavailable\n"), "busy or unavailable"),
        (AssertionError("Torch not compiled with CUDA enabled"), "not compiled"),
        (torch.OutOfMemoryError("CUDA out of memory."), "out of memory"),
        (RuntimeError(""), "RuntimeError"),
    ],
)
def test_a_card_that_is_of_no_use_is_tried_once_and_left(card, error, words):
    tries = []

    def broken(*_: object, **named: object) -> None:
        tries.append(named)
        raise error

    card.setattr(torch, "ones", broken)
    assert resolve_device("auto") == torch.device("cpu")
    assert device_names() == ("cpu",)
    with pytest.raises(ConfigError, match=words):
        resolve_device("cuda")
    assert words in str(card_remark())
    assert str(card_remark()).endswith("; the CPU is used instead.")
    assert str(card_remark()).isprintable()
    assert len(tries) == 1


def test_a_card_that_computes_wrongly_is_left(card):
    card.setattr(torch, "ones", lambda *_, **__: torch.zeros((8, 8)))
    assert resolve_device("auto") == torch.device("cpu")
    assert "it computes wrongly" in str(card_remark())


def test_a_card_that_works_is_used_and_not_spoken_of(card):
    real = torch.ones
    card.setattr(torch, "ones", lambda shape, **__: real(shape))
    assert resolve_device("auto") == torch.device("cuda", 0)
    assert device_names() == ("cpu", "cuda")
    assert card_remark() is None


def test_a_run_on_auto_continues_on_the_cpu_when_the_card_is_of_no_use(card):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("CUDA error: no kernel image is available")

    card.setattr(torch, "ones", broken)
    trainer = make_trainer(AE, device="auto")
    assert trainer.device == torch.device("cpu")
    next(trainer.steps())


def test_a_card_that_fails_amid_a_run_is_reported_in_a_sentence():
    sentence = sentence_for(RuntimeError("CUDA error: unspecified launch failure\nCUDA kernel errors might be"))
    assert str(sentence).startswith("The card failed (CUDA error: unspecified launch failure); start again")
