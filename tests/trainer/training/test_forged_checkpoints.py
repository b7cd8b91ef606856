"""Checkpoints that somebody forged, digests and all: one sentence that names the file and the entry, no crash.

Torch's kernels believe what they are handed: a moment of one element makes fused Adam write past its end.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from safetensors.numpy import save as pack

from tests.forged_checkpoints import HUGE_FLOAT, images, make_trainer, write_description, write_original
from tests.fuzz_checkpoints import hunt
from trainer.training import tensor_file
from trainer.training.checkpoint import FILE, load, read_codes, read_description, read_weights
from trainer.training.checkpoint_error import CheckpointError, naming_the_run
from trainer.training.engine import Trainer

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original") / "run"
    write_original(folder)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "run"))


def _resume(folder: Path) -> None:
    """What `--resume` and opening do, and a step."""
    read_codes(folder)
    read_weights(folder)
    description, state = load(folder)
    trainer = Trainer(description.config, images(), description.knobs)
    with naming_the_run(folder):
        trainer.restore(state)
    next(trainer.steps())


def _refused(folder: Path, words: str) -> None:
    with pytest.raises(CheckpointError, match=words) as caught:
        _resume(folder)
    sentence = str(caught.value)
    assert str(folder) in sentence
    assert sentence.isprintable()
    assert len(sentence) < 600


def test_what_was_not_forged_goes_on(folder: Path) -> None:
    _resume(folder)


# ---------------------------------------------------------------- the description


def _set(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(body: Any) -> None:
        for key in path[:-1]:
            body = body[key]
        body[path[-1]] = to

    return change


def _all(*changes: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def change(body: Any) -> None:
        for one in changes:
            one(body)

    return change


def _drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def change(body: Any) -> None:
        for key in path[:-1]:
            body = body[key]
        del body[path[-1]]

    return change


DESCRIPTIONS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "a huge epoch": (_set("epoch", to=10**400), r"epoch holds a huge number"),
    "an infinite epoch": (_set("epoch", to=HUGE_FLOAT), r"epoch holds inf"),
    "an epoch beyond counting": (_set("epoch", to=1e300), r"epoch holds 1e\+300"),
    "a negative epoch": (_set("epoch", to=-0.5), r"epoch holds -0.5"),
    "an epoch of truth": (_set("epoch", to=True), r"epoch holds True"),
    "a step in halves": (_set("step", to=5.0), r"step holds 5.0, which is no count"),
    "another step": (_set("numbers", "step", to=6), r"numbers.step is 6 and step is 5"),
    "a huge whole epoch": (_set("numbers", "epoch", to=10**400), r"numbers.epoch holds a huge number"),
    "a position outside": (_set("numbers", "position", to=50), r"numbers.position is 50 of 50"),
    "a negative position": (_set("numbers", "position", to=-1), r"numbers.position holds -1"),
    "no position": (_drop("numbers", "position"), r"entry 'position' is missing"),
    "huge snapshots": (_set("numbers", "snapshots", to=2**80), r"numbers.snapshots holds a huge number"),
    "no format": (_drop("numbers", "format"), r"'format' is None"),
    "knobs of NaN": (_set("numbers", "knobs", "beta", to=None), r"beta must be a number"),
    "a knob called self": (_set("numbers", "knobs", "self", to=1.0), r"have no knob 'self'"),
    "infinite knobs": (_set("knobs", "beta", to=HUGE_FLOAT), r"beta must be a finite number"),
    "a huge learning rate": (_set("knobs", "learning_rate", to=10**400), r"learning_rate is far too large"),
    "an unknown posterior of another network": (
        _all(_set("traits", 1, "posterior", to="wide"), _set("traits", 1, "plain", to=False)),
        r"posterior 'wide' of model 2 is not known here",
    ),
    "an unknown prior of another network": (
        _all(_set("traits", 1, "prior", to="wide"), _set("traits", 1, "plain", to=False)),
        r"prior 'wide' of model 2 is not known here",
    ),
    "no tensors of another network's prior": (
        _all(_set("traits", 1, "prior", to="gaussian"), _set("traits", 1, "plain", to=False)),
        r"in model 2 .*prior.mean is missing",
    ),
    "no losses": (_set("history", 1, 4, to=[]), r"history\[1\].losses has 0 entries for 2 models"),
    "empty losses": (_set("history", 1, 4, 0, to=[]), r"history\[1\].losses has 0 losses"),
    "another number of dimensions": (_set("history", 0, 4, 1, to=[1.0] * 6), r"history\[0\].losses has 6 losses"),
    "a loss in words": (_set("history", 0, 4, 1, 0, to="nan"), r"history\[0\].losses holds 'nan'"),
    "an infinite loss": (_set("history", 0, 4, 1, 0, to=HUGE_FLOAT), r"history\[0\].losses holds inf"),
    "a report cut short": (_set("history", 0, to=[1, 2]), r"history\[0\] has 2 entries instead of 8"),
    "a history of words": (_set("history", to="history"), r"history is not a list"),
    "a step at infinity": (_set("history", 0, 0, to=2**70), r"history\[0\] holds a huge number"),
    "no active units": (_set("evaluations", 0, 3, to=[]), r"evaluations\[0\].active has 0 entries instead of 2"),
    "knobs in words": (_set("history", 0, 3, to="0.1"), r"history\[0\] holds '0.1'"),
    "a rate in words": (_set("history", 0, 3, to={"learning_rate": "0.1"}), r"learning_rate must be a number"),
    "a knob without a name": (_set("knobs", to={"": 1.0}), r"holds '', which is no name"),
    "a figure too many": (_set("evaluations", 0, 5, "spare", to=1), r"evaluations\[0\] has entries that no"),
    "errors of no model": (
        _set("evaluations", 0, 5, "errors", to=[[1, 1, 1]]),
        r"errors has 1 entries instead of 2",
    ),
    "errors of one figure": (
        _set("evaluations", 0, 5, "errors", to=[[1], [1]]),
        r"errors has 1 entries instead of 3",
    ),
    "an infinite mse": (_set("evaluations", 0, 5, "mse", to=[HUGE_FLOAT, 0.1]), r"mse holds inf"),
    "pixels of a number": (_set("evaluations", 0, 5, "pixels", to=7), r"pixels holds 7"),
    "learned variances of a word": (_set("numbers", "variances", to="x"), r"learned σ² are not one a model"),
    "too many active units": (_set("evaluations", 0, 3, to=[2, 3]), r"more active units than latent dimensions"),
    "negative rows": (_set("evaluations", 0, 4, to=-1), r"evaluations\[0\] holds -1"),
    "no evaluation of a model": (
        _set("evaluations", 0, 1, to=[[1, 1, 1]]),
        r"evaluations\[0\].train has 1 entries",
    ),
    "more training images than images": (_set("data", "train_count", to=61), r"61 training images of 60"),
    "no images": (_set("data", "count", to=0), r"50 training images of 0"),
    "images without end": (_set("data", "count", to=2**60), r"data has 50 training images of"),
    "a class without end": (_set("data", "label_names", 0, to="x" * 20_000), r"data has a name of 20000 letters"),
    "a null in the path": (_set("config", "data", "path", to="a\0b"), r"No path holds a null character"),
    "a seed beyond 64 bits": (_set("config", "train", "seed", to=2**64), r"seed is far too large"),
    "a warm-up beyond 64 bits": (_set("config", "train", "warm_up", to=10**400), r"warm_up is far too large"),
    "another width": (_set("config", "models", 0, "widths", to=[8192] * 8), r"in model 1 the tensor .* has shape"),
    "another family": (
        _set("config", "models", 0, "family", to="no\nsuch"),
        r"no model family called 'no\\nsuch'",
    ),
    "traits of another": (_set("traits", 0, "plain", to=False), r"traits of model 1 are not those of the family"),
    "a posterior that is none": (
        _set("traits", 0, "posterior", to="gaussian"),
        r"model 1 the tensor log_variance",
    ),
    "an unknown posterior": (
        _set("traits", 0, "posterior", to="cauchy"),
        r"the posterior 'cauchy' of model 1 is not",
    ),
    "an unknown prior": (_set("traits", 1, "prior", to="a\nb"), r"the prior 'a\\nb' of model 2 is not known here"),
    "a prior without its tensors": (
        _set("traits", 1, "prior", to="gaussian"),
        r"2 the tensor prior.mean is missing",
    ),
    "a prior that is a list": (_set("traits", 1, "prior", to=["normal"]), r"Traits.prior must be str"),
    "nine models": (_set("config", "models", to=[]), r"between one and eight models"),
    "no state": (_set("state", to=None), r"FileEntry must be a JSON object"),
    "a number for a name": (_set("state", "name", to=5), r"FileEntry.name must be str"),
    "a setting of two lines": (_set("config", "train", "a\nb", to=1), r"no setting called 'a\\nb'"),
    "a list for a number": (_set("numbers", "tensors", to=[]), r"numbers.tensors holds \[\]"),
}


@pytest.mark.parametrize("kind", DESCRIPTIONS)
def test_forged_descriptions_are_refused_by_entry(folder: Path, kind: str) -> None:
    change, words = DESCRIPTIONS[kind]
    body = json.loads((folder / FILE).read_text("utf-8"))
    change(body)
    write_description(folder, body)
    _refused(folder, words)


@pytest.mark.parametrize(
    "name",
    [
        "../state-x.safetensors",
        "/etc/passwd",
        "//host/share/state-x.safetensors",
        "\\\\host\\share\\state-x.safetensors",
        "C:state-x.safetensors",
        "state-x.safetensors:stream",
        "state-x.safetensors.",
        "con.safetensors",
        "checkpoint.json",
        "state-a\nb.safetensors",
        "state-\0.safetensors",
        "",
    ],
)
def test_only_plain_names_beside_the_description_are_opened(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = json.loads((folder / FILE).read_text("utf-8"))
    body["state"]["name"] = name
    write_description(folder, body)
    monkeypatch.setattr("trainer.training.checkpoint.read_tensors", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(CheckpointError, match="not safe to open"):
        load(folder)


def test_a_text_of_countless_values_is_refused_before_it_is_read(folder: Path) -> None:
    (folder / FILE).write_text("[" + "[]," * 5_000_000 + "[]]", "utf-8")
    _refused(folder, "lists more values than any run has")


# ---------------------------------------------------------------- the state


def _tensor(
    name: str, value: Callable[[np.ndarray], np.ndarray] | None
) -> Callable[[dict[str, np.ndarray]], None]:
    def change(tensors: dict[str, np.ndarray]) -> None:
        if value is None:
            del tensors[name]
        else:
            tensors[name] = value(tensors[name])

    return change


def _more(name: str, of: str) -> Callable[[dict[str, np.ndarray]], None]:
    return lambda tensors: tensors.__setitem__(name, tensors[of])


def _generator(**changes: int) -> Callable[[np.ndarray], np.ndarray]:
    """A generator's state with other counts; the layout is that of torch's CPU generator."""

    def change(state: np.ndarray) -> np.ndarray:
        data = bytearray(state.tobytes())
        places = {
            "left": (8, "=i"),
            "seeded": (12, "=i"),
            "next": (16, "=Q"),
            "word": (24, "=Q"),
            "kept": (5052, "=B"),
        }
        for name, value in changes.items():
            at, form = places[name]
            struct.pack_into(form, data, at, value)
        return np.frombuffer(bytes(data), np.uint8)

    return change


def _fill(value: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda old: np.full_like(old, value)


STATES: dict[str, tuple[Callable[[dict[str, np.ndarray]], None], str]] = {
    "a moment of one element": (
        _tensor("member0.optimiser0.exp_avg.encoder.0.weight", lambda _: np.zeros((), np.float32)),
        r"exp_avg.encoder.0.weight is torch.float32 \(\), not",
    ),
    "a moment of one element in a vector": (
        _tensor("member0.optimiser0.exp_avg_sq.encoder.0.weight", lambda _: np.zeros(1, np.float32)),
        r"exp_avg_sq.encoder.0.weight is torch.float32 \(1,\), not",
    ),
    "a moment of no element": (
        _tensor("member1.optimiser0.exp_avg.encoder.0.weight", lambda _: np.zeros((0,), np.float32)),
        r"exp_avg.encoder.0.weight is torch.float32 \(0,\)",
    ),
    "a moment transposed": (
        _tensor("member0.optimiser0.exp_avg.encoder.0.weight", lambda old: old.T.copy()),
        r"exp_avg.encoder.0.weight is",
    ),
    "a moment of other numbers": (
        _tensor("member0.optimiser0.exp_avg.encoder.0.weight", lambda old: old.astype(np.float64)),
        r"exp_avg.encoder.0.weight is torch.float64",
    ),
    "a moment of whole numbers": (
        _tensor("member0.optimiser0.exp_avg.encoder.0.weight", lambda old: old.astype(np.int32)),
        r"exp_avg.encoder.0.weight is torch.int32",
    ),
    "a negative second moment": (
        _tensor("member0.optimiser0.exp_avg_sq.encoder.0.weight", _fill(-1)),
        r"exp_avg_sq.encoder.0.weight is negative",
    ),
    "an infinite moment": (
        _tensor("member0.optimiser0.exp_avg.encoder.0.weight", _fill(np.inf)),
        r"exp_avg.encoder.0.weight that are not finite",
    ),
    "no count of steps": (
        _tensor("member0.optimiser0.step.encoder.0.weight", None),
        r"lacks member0.optimiser0.step.encoder.0.weight",
    ),
    "no moment": (
        _tensor("member1.optimiser0.exp_avg.mean.bias", None),
        r"lacks member1.optimiser0.exp_avg.mean.bias",
    ),
    "a count of steps in halves": (
        _tensor("member0.optimiser0.step.encoder.0.weight", _fill(2.5)),
        r"no whole number of steps",
    ),
    "a negative count of steps": (
        _tensor("member0.optimiser0.step.encoder.0.weight", _fill(-3)),
        r"step.encoder.0.weight is negative",
    ),
    "counts of steps": (
        _tensor("member0.optimiser0.step.encoder.0.weight", lambda _: np.zeros(2, np.float32)),
        r"step.encoder.0.weight is torch.float32 \(2,\)",
    ),
    "a count of another kind": (
        _tensor("member0.optimiser0.step.encoder.0.weight", lambda _: np.array(5, np.int64)),
        r"step.encoder.0.weight is torch.int64",
    ),
    "a moment of no weight": (
        _more("member0.optimiser0.exp_avg.99", "member0.optimiser0.exp_avg.encoder.0.weight"),
        r"exp_avg.99, which its optimiser does not keep",
    ),
    "a moment of another optimiser": (
        _more("member0.optimiser0.momentum.encoder.0.weight", "member0.optimiser0.exp_avg.encoder.0.weight"),
        r"momentum.encoder.0.weight, which its optimiser does not keep",
    ),
    "an optimiser too many": (
        _more("member0.optimiser7.exp_avg.encoder.0.weight", "member0.optimiser0.exp_avg.encoder.0.weight"),
        r"unknown name 'member0.optimiser7.exp_avg.encoder.0.weight'",
    ),
    "a number with a nought": (
        _more("member0.optimiser0.exp_avg.00", "member0.optimiser0.exp_avg.encoder.0.weight"),
        r"exp_avg.00, which its optimiser does not keep",
    ),
    "a name of two lines": (_more("member0.a\nb", "generator.corruption"), r"unknown tensor a\\nb"),
    "a member too many": (_more("member7.model.x", "member0.model.mean.bias"), r"unknown tensor member7.model.x"),
    "moments without end": (
        lambda tensors: tensors.update(
            {f"member0.optimiser0.exp_avg.{k}": np.zeros(4096, np.float32) for k in range(100, 160)}
        ),
        r"the optimiser's tensors are far larger than the weights",
    ),
    "no generator": (_tensor("generator.corruption", None), r"generator.corruption is missing"),
    "a spare generator": (_more("generator.spare", "generator.corruption"), r"unknown tensor generator.spare"),
    "a generator of nothing": (_tensor("generator.corruption", lambda old: old[:0]), r"no state of a random gen"),
    "a generator cut short": (
        _tensor("generator.posterior1", lambda old: old[:-1]),
        r"5055 bytes, which no random",
    ),
    "a generator of noughts": (_tensor("generator.posterior1", _fill(0)), r"posterior1 is no state of a random"),
    "a generator in a square": (
        _tensor("generator.corruption", lambda old: old.reshape(2, -1)),
        r"corruption is no state of a random",
    ),
    "a generator beyond its words": (
        _tensor("generator.posterior1", _generator(next=624, left=600)),
        r"no state that a random generator can be in",
    ),
    "a generator not yet seeded": (_tensor("generator.posterior1", _generator(seeded=0)), r"no state of a random"),
    "a generator of long words": (_tensor("generator.posterior1", _generator(word=2**40)), r"generator can be in"),
    "a generator of maybe": (_tensor("generator.posterior1", _generator(kept=7)), r"generator can be in"),
    "half a weight": (
        _tensor("member0.model.mean.bias", lambda old: old.astype(np.float16)),
        r"weights of model 1 are not 32-bit floats",
    ),
}


@pytest.mark.parametrize("kind", STATES)
def test_forged_states_are_refused_by_entry(folder: Path, kind: str) -> None:
    change, words = STATES[kind]
    body = json.loads((folder / FILE).read_text("utf-8"))
    file = folder / body["state"]["name"]
    tensors = dict(load_file(file))
    change(tensors)
    file.write_bytes(pack({name: np.asarray(value, order="C") for name, value in tensors.items()}))
    body["numbers"]["tensors"] = len(tensors)
    write_description(folder, body)
    _refused(folder, words)


def test_states_of_generators_that_were_used_are_taken(folder: Path) -> None:
    trainer, _ = make_trainer()
    for draws in (0, 1, 623, 624, 625):
        generator = torch.Generator().manual_seed(5)
        for _ in range(draws):
            torch.rand((), generator=generator)
        torch.randn((3,), generator=generator)
        state = trainer.state()
        state.tensors["generator.corruption"] = generator.get_state()
        trainer.restore(state)
        assert torch.equal(trainer.state().tensors["generator.corruption"], generator.get_state())


# ---------------------------------------------------------------- files


@unix_only
@pytest.mark.timeout(30)
@pytest.mark.parametrize("which", ["checkpoint.json", "state", "codes"])
@pytest.mark.parametrize("what", ["pipe", "device", "folder"])
def test_what_is_no_regular_file_is_not_waited_for(folder: Path, which: str, what: str) -> None:
    body = json.loads((folder / FILE).read_text("utf-8"))
    file = folder / (which if which == "checkpoint.json" else body[which]["name"])
    file.unlink()
    if what == "pipe":
        os.mkfifo(file)
    elif what == "device":
        file.symlink_to("/dev/zero")
    else:
        file.mkdir()
    _refused(folder, f"could not be read: it is a {what}")


def test_a_file_larger_than_the_memory_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensor_file, "_SMALL", 0)
    monkeypatch.setattr(tensor_file, "free_memory", lambda: 1000)
    _refused(folder, r"memory and only 900 bytes are free")


def test_a_file_that_changes_while_it_is_read_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was checked is what is used: the header is compared again once all is in memory."""
    entry = read_description(folder).state
    real, calls = tensor_file._parsed, []

    def overtaken(path: Path, header: bytes, room: int) -> Any:
        found = real(path, header, room)
        calls.append(path)
        if len(calls) == 2:
            found.pop(sorted(found)[0])
        return found

    monkeypatch.setattr(tensor_file, "_parsed", overtaken)
    with pytest.raises(CheckpointError, match="changed while it was read"):
        tensor_file.read_tensors(folder / entry.name, entry, lambda _: "")


def test_paths_of_two_lines_are_told_on_one(folder: Path) -> None:
    strange = folder.with_name("a\nrun \x1b[31m \u202e")
    folder.rename(strange)
    (strange / FILE).write_text("hello", "utf-8")
    with pytest.raises(CheckpointError) as caught:
        read_description(strange)
    assert str(caught.value).isprintable()
    assert r"a\nrun \x1b[31m \u202e" in str(caught.value)


@pytest.mark.timeout(400)
def test_a_sample_of_forged_files_kills_nothing() -> None:
    """In a process of its own; `python -m tests.fuzz_checkpoints` tries thousands."""
    outcomes, faults = hunt(60, seed=20, say=lambda _: None)
    assert not faults, faults[0]
    assert sum(outcomes.values()) == 60
    assert outcomes["stepped"] >= 1
