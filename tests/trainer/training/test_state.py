from __future__ import annotations

import json
from itertools import islice

import numpy as np
import pytest
import torch

from tests.trainer.training.blobs import AE, VAE, assert_same, make_trainer, weights
from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.records import ConfigError
from trainer.training.state import StateError, TrainerState

NOISY = Knobs(noise=0.3, beta=2.0)


@pytest.mark.parametrize("done", [0, 3, 5, 13])
def test_resuming_mid_epoch_is_exact(done):
    settings = {"knobs": NOISY, "binarise": "dynamic", "warm_up": 20, "epochs": 5, "final_epochs": 1}
    whole = make_trainer(**settings)
    reference = list(whole.steps())
    first = make_trainer(**settings)
    list(islice(first.steps(), done))
    state = first.state()
    numbers = json.loads(json.dumps(state.numbers))

    second = make_trainer(**(settings | {"knobs": Knobs()}))
    list(islice(second.steps(), 2))  # whatever it did before is forgotten
    second.restore(TrainerState(state.tensors, numbers))
    assert second.knobs == NOISY
    rest = list(second.steps())
    assert [(r.step, r.epoch, r.applied, r.losses) for r in rest] == [
        (r.step, r.epoch, r.applied, r.losses) for r in reference[done:]
    ]
    for index in range(2):
        assert_same(weights(second, index), weights(whole, index))


def test_two_optimisers_resume_exactly(toy):
    model = ModelConfig(family="toy", **toy.model)
    whole = make_trainer(model)
    losses = [report.losses for report in islice(whole.steps(), 9)]
    first, second = make_trainer(model), make_trainer(model)
    list(islice(first.steps(), 4))
    second.restore(first.state())
    assert [report.losses for report in islice(second.steps(), 5)] == losses[4:]
    rates = [optimiser.param_groups[0]["lr"] for optimiser in second.members[0].optimisers]
    assert rates == [1e-3, 5e-4]


def test_a_state_is_a_copy_with_documented_names():
    trainer = make_trainer()
    list(islice(trainer.steps(), 2))
    state = trainer.state()
    before = {name: value.clone() for name, value in state.tensors.items()}
    list(islice(trainer.steps(), 2))
    assert all(value.equal(before[name]) for name, value in state.tensors.items())
    assert all(value.is_contiguous() for value in state.tensors.values())
    names = set(state.tensors)
    assert {
        "member0.model.decoder.0.weight",
        "member1.optimiser0.exp_avg.mean.bias",
        "generator.corruption",
    } <= names
    assert {name.split(".")[0] for name in names} == {"member0", "member1", "generator"}
    assert state.numbers["tensors"] == len(names)


def test_restoring_does_not_tie_the_trainer_to_the_state():
    first, second = make_trainer(), make_trainer()
    list(islice(first.steps(), 2))
    state = first.state()
    before = {name: value.clone() for name, value in state.tensors.items()}
    second.restore(state)
    list(islice(second.steps(), 3))
    assert all(value.equal(before[name]) for name, value in state.tensors.items())


def test_another_batch_size_may_go_on():
    first, second = make_trainer(batch=16), make_trainer(batch=7)
    list(islice(first.steps(), 3))
    second.restore(first.state())
    assert second.epoch == first.epoch
    assert next(second.steps()).step == 4


def test_another_devices_generator_is_seeded_afresh():
    first, second = make_trainer(VAE), make_trainer(VAE)
    list(islice(first.steps(), 3))
    state = first.state()
    state.tensors["generator.posterior0"] = torch.zeros(16, dtype=torch.uint8)
    second.restore(state)
    assert next(second.steps()).losses != next(first.steps()).losses


def _drop(name):
    return lambda state: state.tensors.pop(name)


def _set(name, value):
    return lambda state: state.tensors.__setitem__(name, value)


def _number(name, value):
    return lambda state: state.numbers.__setitem__(name, value)


def _swap(state):
    state.tensors["member0.model.other"] = state.tensors.pop("member0.model.output.bias")


def _poison(state):
    state.tensors["member1.model.output.bias"][3] = float("nan")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (_drop("member0.model.output.bias"), "74 of its 75 tensors"),
        (_drop("generator.corruption"), "74 of its 75 tensors"),
        (_swap, "'other' that its model 1 does not have"),
        (_set("member0.model.output.bias", torch.zeros(63)), r"\(63,\), not torch.float32 \(64,\)"),
        (_set("member0.model.output.bias", torch.zeros(64, dtype=torch.float64)), "is torch.float64"),
        (_set("member0.optimiser0.exp_avg.encoder.0.bias", torch.zeros(3)), "exp_avg.encoder.0.bias is"),
        (_poison, "not finite"),
        (_number("step", -1), "'step' is -1, which is not a count"),
        (_number("position", 70), "row 70 of only 70"),
        (_number("format", 99), "format 99"),
        (lambda state: state.numbers.pop("epoch"), "'epoch' is None"),
        (_number("knobs", {"beta": -1.0}), "β must be"),
        (_number("knobs", None), "Knobs must be"),
    ],
)
def test_a_damaged_state_is_refused_and_nothing_changes(damage, sentence):
    source, trainer = make_trainer(), make_trainer()
    list(islice(source.steps(), 4))
    list(islice(trainer.steps(), 2))
    before = trainer.state()
    state = source.state()
    damage(state)
    with pytest.raises((StateError, ConfigError), match=sentence):
        trainer.restore(state)
    after = trainer.state()
    assert after.numbers == before.numbers
    assert all(value.equal(before.tensors[name]) for name, value in after.tensors.items())


def test_another_runs_state_is_refused():
    source, trainer = make_trainer(AE), make_trainer(AE.replace(latent=4))
    with pytest.raises(StateError, match=r"'mean.weight' of model 1 is .*\(3, 16\), not .*\(4, 16\)"):
        trainer.restore(source.state())


def test_snapshots_are_numbered_read_only_copies():
    trainer = make_trainer()
    first, second = trainer.snapshot(0), trainer.snapshot(1)
    assert (first.number, second.number) == (1, 2)
    assert (first.config, second.config) == (AE, VAE)
    kept = {name: array.copy() for name, array in first.weights.items()}
    list(islice(trainer.steps(), 2))
    assert_same(first.weights, kept)
    assert all(array.dtype == np.float32 and not array.flags.writeable for array in first.weights.values())
    assert trainer.snapshot(0).step == 2
    other = make_trainer()
    other.restore(trainer.state())
    assert other.snapshot(0).number == 4
