"""Checkpoints: written whole or not at all, opened only if sound, resumed bit for bit."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file
from safetensors.numpy import save as pack

from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.replica.choice import make_replica
from trainer.training import checkpoint, checkpoint_writing
from trainer.training.checkpoint import FILE, Codes, load, read_codes, read_description, read_weights
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary, thinned
from trainer.training.engine import Trainer

CONFIG = RunConfig(
    data=DataConfig(name="digits"),
    models=tuple(
        ModelConfig(family=family, widths=(6,), latent=2, shape=(1, 8, 8))
        for family in ("autoencoder", "variational")
    ),
    train=TrainConfig(batch=16, threads=1, device="cpu", binarise="dynamic"),
)

WHICH = ("description", "state", "codes")


def _data():
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (60, 1, 8, 8), dtype=np.uint8)
    labels = np.arange(60) % 3
    return ImageData(
        config=CONFIG.data,
        title="Noise",
        images=images,
        train_count=50,
        labels=labels,
        label_names=("a", "b", "c"),
    )


def _trainer(steps=0, config=CONFIG):
    trainer = Trainer(config, _data(), Knobs(beta=2.0, noise=0.1))
    return trainer, [next(trainer.steps()) for _ in range(steps)]


def _save(folder, trainer, history=(), **extra):
    return save(
        folder,
        config=trainer.config,
        state=trainer.state(),
        data=DataSummary.of(_data()),
        history=tuple(history),
        evaluations=(trainer.evaluate(),),
        **extra,
    )


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A sound checkpoint with codes, to be copied before it is harmed."""
    folder = tmp_path_factory.mktemp("checkpoint") / "run"
    trainer, history = _trainer(5)
    report = trainer.map_report(trainer.all_rows)
    _save(folder, trainer, history, codes=Codes(rows=report.rows, codes=report.codes, labels=_data().labels))
    return folder


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "run")


def _state_file(folder):
    return folder / read_description(folder).state.name


def _open_all(folder):
    read_description(folder)
    load(folder)
    read_weights(folder)
    read_codes(folder)


def _forge(folder, tensors, kind="state"):
    """Replace a tensor file by others' tensors or bytes, with size, hash and digest made right again."""
    import dataclasses
    import hashlib

    from trainer.training.description import from_text, to_text
    from trainer.training.tensor_file import FileEntry

    data = tensors if isinstance(tensors, bytes) else pack(tensors)
    name = f"{kind}-forged.safetensors"
    (folder / name).write_bytes(data)
    entry = FileEntry(name=name, size=len(data), blake2b=hashlib.blake2b(data, digest_size=32).hexdigest())
    description = from_text((folder / FILE).read_text("utf-8"))
    (folder / FILE).write_text(to_text(dataclasses.replace(description, **{kind: entry})), "utf-8")


# ---------------------------------------------------------------- keeping and resuming


def test_a_folder_that_is_gone_is_said_to_be(tmp_path):
    folder = tmp_path / "R&D"
    for path in (folder, folder / FILE):
        with pytest.raises(CheckpointError) as refused:
            read_description(path)
        assert str(refused.value) == f"{folder} does not exist; it may have been moved, renamed or deleted."


def test_what_is_saved_is_read(folder):
    trainer, history = _trainer(5)
    description = read_description(folder)
    assert description.config == CONFIG
    assert description.knobs == Knobs(beta=2.0, noise=0.1)
    assert description.step == 5
    assert description.epoch == pytest.approx(trainer.epoch)
    assert description.data == DataSummary.of(_data())
    assert [traits.uses_beta for traits in description.traits] == [False, True]
    assert [report.step for report in description.history] == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(
        [report.losses[1].kl_per_dimension for report in description.history],
        [report.losses[1].kl_per_dimension for report in history],
        rtol=1e-6,
    )
    assert description.history[2].knobs == history[2].knobs
    (evaluation,) = description.evaluations
    assert evaluation.active == trainer.evaluate().active
    assert evaluation.held_out[0].total == pytest.approx(trainer.evaluate().held_out[0].total, rel=1e-6)


@pytest.mark.parametrize("inside", ["", FILE, "state"])
def test_a_file_of_the_checkpoint_selects_its_folder(folder, inside):
    path = _state_file(folder) if inside == "state" else folder / inside
    assert read_description(path).step == 5
    assert len(read_weights(path)) == 2
    assert read_codes(path) is not None


def test_the_weights_and_codes_agree(folder):
    """What a window does with a bundled pair: no torch, no data, yet pictures and map belong together."""
    codes = read_codes(folder)
    assert codes.rows.tolist() == list(range(60))
    np.testing.assert_array_equal(codes.labels, _data().labels)
    for snapshot, kept in zip(read_weights(folder), codes.codes, strict=True):
        replica = make_replica(snapshot.config)
        replica.load(snapshot)
        np.testing.assert_allclose(replica.encode(_data().images), kept, atol=1e-5)


def test_the_tensor_files_are_ordinary_safetensors(folder):
    ours = load(folder)[1].tensors
    theirs = load_file(_state_file(folder))
    assert set(ours) == set(theirs)
    for name, array in theirs.items():
        np.testing.assert_array_equal(ours[name].numpy(), array)


@pytest.mark.parametrize("before", [1, 5])
def test_resuming_is_exact_bit_for_bit(tmp_path, before):
    """In mid-epoch, with noise and binarisation: the same weights as without the interruption."""
    straight, _ = _trainer(before + 6)
    trainer, _ = _trainer(before)
    _save(tmp_path / "run", trainer)
    description, state = load(tmp_path / "run")
    resumed = Trainer(description.config, _data(), Knobs())
    resumed.restore(state)
    assert resumed.knobs == trainer.knobs
    for _ in range(6):
        next(resumed.steps())
    one, other = straight.state(), resumed.state()
    assert one.numbers == other.numbers
    assert set(one.tensors) == set(other.tensors)
    for name, tensor in one.tensors.items():
        assert torch.equal(tensor, other.tensors[name]), name


def test_a_lean_checkpoint_can_still_be_opened_and_trained(tmp_path):
    trainer, _ = _trainer(3)
    whole = _save(tmp_path / "whole", trainer).state.size
    lean = _save(tmp_path / "lean", trainer, resumable=False).state.size
    assert lean < 0.7 * whole
    description, state = load(tmp_path / "lean")
    resumed = Trainer(description.config, _data(), Knobs())
    resumed.restore(state)
    next(resumed.steps())
    assert resumed.step == 4


def test_saving_again_replaces_and_leaves_nothing_behind(folder):
    trainer, _ = _trainer(7)
    (folder / "notes.txt").write_text("mine")
    _save(folder, trainer)
    assert read_description(folder).step == 7
    assert read_codes(folder) is None
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        [FILE, "notes.txt", read_description(folder).state.name]
    )
    _save(folder, trainer)
    _open_all(folder)


def test_long_histories_are_thinned_evenly_over_the_steps():
    _, (report,) = _trainer(1)
    import dataclasses

    history = [dataclasses.replace(report, step=step) for step in range(1, 10_001)]
    once = thinned(history)
    assert 1000 <= len(once) <= 2000
    assert once[-1].step == 10_000
    # Thinning what was thinned does not eat up the run's beginning.
    more = [dataclasses.replace(report, step=step) for step in range(10_001, 20_001)]
    twice = thinned([*once, *more])
    early = sum(one.step <= 10_000 for one in twice)
    assert abs(early / len(twice) - 0.5) < 0.05
    assert thinned(()) == ()


# ---------------------------------------------------------------- refusing to write


def test_weights_that_are_not_finite_are_refused(folder):
    trainer, _ = _trainer(6)
    with torch.no_grad():
        trainer.members[1].model.mean.weight[0, 0] = float("nan")
    state = trainer.state()
    with pytest.raises(CheckpointError, match=r"member1\.model\.mean\.weight is not finite"):
        save(folder, config=CONFIG, state=state, data=DataSummary.of(_data()))
    assert read_description(folder).step == 5
    _open_all(folder)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("call", range(4))
def test_a_full_or_read_only_target_leaves_the_former_checkpoint(folder, monkeypatch, code, call):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    trainer, _ = _trainer(6)
    real, calls = os.fsync, []

    def failing(handle):
        calls.append(handle)
        if len(calls) > call:
            raise OSError(code, os.strerror(code))
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    report = trainer.map_report()
    with pytest.raises(CheckpointError, match="could not be written") as caught:
        _save(folder, trainer, codes=Codes(rows=report.rows, codes=report.codes))
    assert str(folder) in str(caught.value)
    monkeypatch.undo()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    _open_all(folder)


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "file").write_text("hello")
    trainer, _ = _trainer()
    for target in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CheckpointError, match="it is a file or lies in one"):
            _save(target, trainer)
    assert (tmp_path / "file").read_text() == "hello"


_RUN = """
import os, signal, sys
from pathlib import Path
import numpy as np
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.knobs import Knobs
from trainer.networks.description import plain_network
from trainer.traits import Traits
from trainer.training import checkpoint, checkpoint_writing
from trainer.training.description import DataSummary

folder, model = Path(sys.argv[1]), ModelConfig(widths=(4,), shape=(1, 8, 8))
traits = Traits(uses_beta=True, posterior="gaussian", prior="normal", stochastic=True, plain=True)

def save(step):
    arrays = {
        f"member0.model.{name}": np.full(shape, step, np.float32)
        for name, shape in plain_network(model, posterior=True).shapes.items()
    }
    numbers = {
        "step": step, "epoch": 0, "position": 0, "tensors": len(arrays), "knobs": Knobs().to_json()
    }
    checkpoint_writing.save_arrays(folder,
        config=RunConfig(data=DataConfig(), models=(model,), train=TrainConfig()), traits=(traits,),
        arrays=arrays, numbers=numbers,
        data=DataSummary(title="x", fingerprint="y", shape=(1, 8, 8), count=10, train_count=9),
        codes=checkpoint.Codes(rows=np.arange(3), codes=(np.full((3, 2), step, np.float32),)),
    )

def saved():
    (snapshot,) = checkpoint.read_weights(folder)
    codes = checkpoint.read_codes(folder)
    assert snapshot.weights["mean.bias"][0] == snapshot.step == codes.codes[0][0, 0]
    return snapshot.step
"""

_DIE_AT_EACH_CALL = """
save(1)
newest = 1
for fatal in range(120):
    if not (child := os.fork()):
        calls = 0
        def counted(real):
            def call(*arguments, **named):
                global calls
                calls += 1
                if calls > fatal:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **named)
            return call
        for name in ("open", "fsync", "fdopen", "replace", "unlink", "chmod", "mkdir", "rmdir"):
            setattr(os, name, counted(getattr(os, name)))
        save(newest + 1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = saved()
    assert found in (newest, newest + 1), (fatal, found, newest)
    newest = found
    if status == 0:
        break
assert status == 0 and fatal >= 8 and newest > 2, (status, fatal, newest)
names = sorted(file.name[:6] for file in folder.iterdir())
assert names == ["checkp", "codes-", "state-"], names
"""

_SAVE_FOR_EVER = """
step = saved() if folder.exists() else 0
while True:
    step += 1
    save(step)
    print(step, flush=True)
"""


def _python(code, folder, **options):
    # One thread in all, so that the child may fork.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, "-c", _RUN + code, str(folder)], env=environment, **options)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_dying_at_any_call_to_the_system_leaves_a_checkpoint(tmp_path):
    with _python(_DIE_AT_EACH_CALL, tmp_path / "run") as process:
        assert process.wait(300) == 0


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killing_the_process_never_takes_steps_back(tmp_path):
    """Killed at random moments of continual saving; what was said to be saved is there."""
    folder, newest = tmp_path / "run", 0
    random = np.random.default_rng(0)
    for _ in range(4):
        with _python(_SAVE_FOR_EVER, folder, stdout=subprocess.PIPE, text=True) as process:
            said = [int(process.stdout.readline()) for _ in range(int(random.integers(3, 12)))][-1]
            for _ in range(int(random.integers(0, 50_000))):  # some moment within a later save
                pass
            process.send_signal(signal.SIGKILL)
        (snapshot,) = read_weights(folder)
        assert snapshot.step >= said > newest
        assert snapshot.weights["mean.bias"][0] == snapshot.step
        newest = snapshot.step


# ---------------------------------------------------------------- refusing to open


@pytest.mark.parametrize("what", ["nothing", "empty", "text", "binary", "list", "deep", "other", "version"])
def test_what_is_no_checkpoint_is_refused(tmp_path, what):
    target = tmp_path / "run"
    if what != "nothing":
        target.mkdir()
    text = {
        "text": "hello",
        "list": "[1, 2]",
        "deep": "[" * 100_000,
        "other": '{"kind": "something else"}',
        "version": '{"kind": "latent-explorer checkpoint", "version": 99}',
    }
    if what == "binary":
        (target / FILE).write_bytes(bytes(range(256)))
    elif what in text:
        (target / FILE).write_text(text[what])
    for reader in (read_description, read_weights, read_codes, load):
        with pytest.raises(CheckpointError) as caught:
            reader(target)
        assert str(target) in str(caught.value)
        assert "\n" not in str(caught.value)
    if what == "version":
        assert "version 99" in str(caught.value)


def test_a_plain_file_is_refused(tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    with pytest.raises(CheckpointError, match="not a checkpoint"):
        read_description(tmp_path / "note.txt")


def test_a_huge_description_is_refused_before_it_is_parsed(folder, monkeypatch):
    monkeypatch.setattr(checkpoint, "_MAX_DESCRIPTION", 100)
    with pytest.raises(CheckpointError, match="too large"):
        read_description(folder)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.sampled_from(["description", "state", "codes"]), place=st.integers(0, 10_000), bit=st.integers(0, 7)
)
def test_a_flipped_bit_anywhere_is_noticed(original, tmp_path_factory, which, place, bit):
    description = read_description(original)
    name = {"description": FILE, "state": description.state.name, "codes": description.codes.name}[which]
    harmed = shutil.copytree(original, tmp_path_factory.mktemp("flipped") / "run")
    data = bytearray((harmed / name).read_bytes())
    position = min(len(data) - 1, place * len(data) // 10_000)
    data[position] ^= 1 << bit
    (harmed / name).write_bytes(data)
    try:
        _open_all(harmed)
    except CheckpointError:
        return
    # Only the blanks between the words of the description may change without changing what it says.
    assert which == "description"
    assert chr(data[position]).isspace()
    assert read_description(harmed) == description


@pytest.mark.parametrize("position", range(24))
def test_a_flipped_byte_in_the_header_is_noticed(folder, position):
    file = _state_file(folder)
    data = bytearray(file.read_bytes())
    data[position] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(CheckpointError, match=r"is damaged"):
        load(folder)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
@pytest.mark.parametrize("which", WHICH)
def test_truncated_files_are_refused(folder, which, share):
    description = read_description(folder)
    name = {"description": FILE, "state": description.state.name, "codes": description.codes.name}[which]
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: int(share * len(data))])
    with pytest.raises(CheckpointError, match=name.split(".")[0]):
        _open_all(folder)


def test_a_missing_tensor_file_is_named(folder):
    file = _state_file(folder)
    file.unlink()
    with pytest.raises(CheckpointError, match=f"{file.name} is missing"):
        load(folder)


def test_a_missing_tensor_is_named(folder):
    tensors = load_file(_state_file(folder))
    del tensors["member1.model.log_variance.bias"]
    tensors["generator.else"] = np.zeros(1, np.uint8)
    _forge(folder, tensors)
    for reader in (load, read_weights):
        with pytest.raises(CheckpointError, match=r"model 2 the tensor log_variance\.bias is missing"):
            reader(folder)


def test_too_few_tensors_are_refused(folder):
    tensors = load_file(_state_file(folder))
    del tensors["generator.posterior0"]
    _forge(folder, tensors)
    with pytest.raises(CheckpointError, match="tensors"):
        load(folder)


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("member0.model.output.weight", np.zeros((64, 7), np.float32), "has shape 64 x 7 instead of 64 x 6"),
        ("member0.model.output.weight", np.zeros((64, 6), np.float64), "not 32-bit floats"),
        ("member0.model.output.weight", np.full((64, 6), np.nan, np.float32), "not finite"),
        ("generator.posterior0", None, "unknown tensor strange"),
    ],
)
def test_wrong_tensors_are_named(folder, name, array, words):
    tensors = load_file(_state_file(folder))
    if array is None:
        del tensors[name]
        tensors["strange"] = np.zeros(3, np.uint8)
    else:
        tensors[name] = array
    _forge(folder, tensors)
    with pytest.raises(CheckpointError, match=words):
        load(folder)


def test_spreads_are_kept_with_the_codes_and_may_be_absent(folder):
    assert read_codes(folder).sigmas == ()
    spread = np.linspace(0.1, 1, 8, dtype=np.float16).reshape(4, 2)
    _forge(folder, _codes(4) | {"spread1": spread}, "codes")
    nothing, kept = read_codes(folder).sigmas
    assert nothing is None
    assert kept.dtype == np.float32
    np.testing.assert_array_equal(kept, spread)
    trainer, _ = _trainer()
    report = trainer.map_report(trainer.all_rows)
    _save(folder, trainer, codes=Codes(rows=report.rows, codes=report.codes, sigmas=report.sigmas))
    np.testing.assert_array_equal(read_codes(folder).sigmas[1], report.sigmas[1])


def _codes(count, **columns):
    codes = {f"member{index}": np.zeros((count, 2), np.float32) for index in (0, 1)}
    return codes | {name: np.array(column, np.int64) for name, column in columns.items()}


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        ({"member0": np.zeros((4, 2), np.float32)}, "model 2"),
        ({"member0": np.zeros((4, 3), np.float32), "member1": np.zeros((4, 2), np.float32)}, "model 1"),
        ({"labels": np.zeros(3, np.int64)}, "model 1"),
        (
            {f"member{i}": np.zeros((4, 2), np.float32) for i in (0, 1)} | {"labels": np.zeros(3, np.int64)},
            "labels",
        ),
        (_codes(4) | {"spread0": np.ones((4, 2), np.float32)}, "spread0"),
        (_codes(4) | {"spread1": np.ones((3, 2), np.float32)}, "spread1"),
        (_codes(4) | {"spread1": np.ones((4, 2), np.int16)}, "spread1"),
        (_codes(61), "more codes than images"),
        (_codes(4, labels=[0, 1, 2, 3]), "labels without a name"),
        (_codes(4, labels=[0, -2, 0, 0]), "labels without a name"),
        (_codes(4, rows=[0, 2, 1, 3]), "rows are not in order"),
        (_codes(4, rows=[0, 1, 2, 60]), "rows are not in order"),
        (_codes(4, rows=[-1, 1, 2, 3]), "rows are not in order"),
    ],
)
def test_wrong_codes_are_refused(folder, tensors, words):
    _forge(folder, tensors, "codes")
    with pytest.raises(CheckpointError, match=words):
        read_codes(folder)


def _file(header, values=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + values


HOSTILE = {
    "length of the universe": (2**63).to_bytes(8, "little") + b"{}",
    "length beyond the file": (1000).to_bytes(8, "little") + b"{}",
    "length zero": bytes(16),
    "not JSON": _file(b"\xff\xfe{}"),
    "not an object": _file([1, 2]),
    "deep": _file(b"[" * 50_000),
    "twins": _file(
        b'{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
        b"x",
    ),
    "huge shape": _file({"a": {"dtype": "F32", "shape": [2**40, 2**40], "data_offsets": [0, 4]}}, b"xxxx"),
    "overflowing shape": _file({"a": {"dtype": "F32", "shape": [2**61, 8], "data_offsets": [0, 0]}}),
    "negative": _file({"a": {"dtype": "F32", "shape": [-1, -1], "data_offsets": [0, 4]}}, b"xxxx"),
    "boolean shape": _file({"a": {"dtype": "F32", "shape": [True], "data_offsets": [0, 4]}}, b"xxxx"),
    "many dimensions": _file({"a": {"dtype": "U8", "shape": [1] * 60, "data_offsets": [0, 1]}}, b"x"),
    "overlap": _file(
        {
            "a": {"dtype": "U8", "shape": [4], "data_offsets": [0, 4]},
            "b": {"dtype": "U8", "shape": [4], "data_offsets": [2, 6]},
        },
        b"xxxxxx",
    ),
    "backwards": _file({"a": {"dtype": "U8", "shape": [0], "data_offsets": [4, 4]}}, b"xxxx"),
    "gap": _file({"a": {"dtype": "U8", "shape": [2], "data_offsets": [2, 4]}}, b"xxxx"),
    "beyond": _file({"a": {"dtype": "U8", "shape": [99], "data_offsets": [0, 99]}}, b"xxxx"),
    "left over": _file({"a": {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}}, b"xxxx"),
    "unknown type": _file({"a": {"dtype": "Q7", "shape": [2], "data_offsets": [0, 2]}}, b"xx"),
    "no dtype": _file({"a": {"shape": [2], "data_offsets": [0, 2]}}, b"xx"),
    "type a list": _file({"a": {"dtype": [], "shape": [2], "data_offsets": [0, 2]}}, b"xx"),
    "entry a number": _file({"a": 3}),
    "nothing": b"",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused(folder, kind):
    _forge(folder, HOSTILE[kind])
    with pytest.raises(CheckpointError, match=r"is damaged|does not hold") as caught:
        load(folder)
    assert "state-forged" in str(caught.value)


def test_files_outside_the_folder_are_not_opened(folder):
    text = (folder / FILE).read_text("utf-8")
    description = json.loads(text)
    description["state"]["name"] = f"..{os.sep}state-x.safetensors"
    from trainer.training.description import _digest

    description.pop("digest")
    description["digest"] = _digest(description)
    (folder / FILE).write_text(json.dumps(description), "utf-8")
    with pytest.raises(CheckpointError, match="outside its folder"):
        load(folder)


def test_reading_while_it_is_saved_again(folder, monkeypatch):
    """The tensor file can vanish between reading the description and opening it; the newer one is taken then."""
    trainer, _ = _trainer(8)
    real, calls = checkpoint.read_description, []

    def overtaken(path):
        found = real(path)
        calls.append(found.step)
        if len(calls) == 1:
            _save(folder, trainer)
        return found

    monkeypatch.setattr(checkpoint, "read_description", overtaken)
    assert load(folder)[0].step == 8
    assert calls == [5, 8]


def test_opening_needs_no_torch(folder):
    code = (
        "import sys; from pathlib import Path; from trainer.training.checkpoint import *;"
        "folder = Path(sys.argv[1]); read_description(folder); read_weights(folder); read_codes(folder);"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, timeout=300)


def test_the_former_files_go_once_the_new_description_is_on_the_disk(tmp_path, monkeypatch):
    """A power cut may undo a rename that was not synced: the former description must then find its files."""
    trainer, history = _trainer(1)
    former = _save(tmp_path / "run", trainer, history)
    next(trainer.steps())
    present = []
    sync = checkpoint_writing.sync_folder

    def synced(folder):
        sync(folder)
        now = read_description(folder).state.name
        present.append((now == former.state.name, (folder / former.state.name).exists()))

    monkeypatch.setattr(checkpoint_writing, "sync_folder", synced)
    _save(tmp_path / "run", trainer, history)
    assert present == [(True, True), (False, True)]
    assert not (tmp_path / "run" / former.state.name).exists()
