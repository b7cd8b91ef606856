"""Models kept for comparison: written beside a run, read back exactly, checked like checkpoints."""

import errno
import os
from dataclasses import replace

import numpy as np
import pytest

from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.training.checkpoint import FILE, Codes, read_codes, read_description
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary, to_text
from trainer.training.engine import Trainer
from trainer.training.kept_model import is_name, member_of, new_name, read_kept, write_kept

CONFIG = RunConfig(
    data=DataConfig(name="digits"),
    models=(
        ModelConfig(family="autoencoder", widths=(6,), latent=2, shape=(1, 8, 8)),
        ModelConfig(family="variational", widths=(5,), latent=3, shape=(1, 8, 8), likelihood="gaussian-learned"),
    ),
    train=TrainConfig(batch=16, threads=1, device="cpu"),
)


@pytest.fixture(scope="module")
def trained():
    images = np.random.default_rng(0).integers(0, 256, (60, 1, 8, 8), dtype=np.uint8)
    data = ImageData(config=CONFIG.data, title="Noise", images=images, train_count=50)
    trainer = Trainer(CONFIG, data, Knobs(beta=2.0))
    steps = trainer.steps()
    history = tuple(next(steps) for _ in range(7))
    return trainer, data, history, (trainer.evaluate(),)


@pytest.fixture
def saved(trained, tmp_path):
    trainer, data, history, evaluations = trained
    report = trainer.map_report(trainer.all_rows)
    codes = Codes(rows=report.rows, codes=report.codes, sigmas=report.sigmas)
    folder = tmp_path / "run"
    save(
        folder,
        config=CONFIG,
        state=trainer.state(),
        data=DataSummary.of(data),
        history=history,
        evaluations=evaluations,
        codes=codes,
    )
    return folder, report


def same(first, second) -> bool:
    """Whether two kept models are the same by value."""
    plain = ("name", "run", "traits", "knobs", "step", "data", "origin", "evaluations")
    assert [getattr(first, name) for name in plain] == [getattr(second, name) for name in plain]
    assert first.epoch == pytest.approx(second.epoch)
    assert first.snapshot.weights.keys() == second.snapshot.weights.keys()
    pairs = [(first.snapshot.weights[name], second.snapshot.weights[name]) for name in first.snapshot.weights]
    pairs += [(first.rows, second.rows), (first.codes, second.codes)]
    assert (first.sigmas is None) == (second.sigmas is None)
    if first.sigmas is not None:
        pairs.append((first.sigmas, second.sigmas))
    return all(np.array_equal(one, other) for one, other in pairs)


def test_a_member_of_a_checkpoint_comes_with_its_own_figures(saved, trained):
    folder, report = saved
    _, _, history, evaluations = trained
    model = member_of(folder, 1, origin="run")
    assert is_name(model.name)
    assert (model.config, model.step, model.knobs.beta) == (CONFIG.models[1], 7, 2.0)
    assert model.whole
    np.testing.assert_array_equal(model.codes, report.codes[1])
    np.testing.assert_array_equal(model.sigmas, report.sigmas[1])
    assert [one.losses[0].total for one in model.history] == pytest.approx(
        [one.losses[1].total for one in history], rel=1e-6
    )
    assert model.evaluations[0].held_out[0].total == pytest.approx(evaluations[0].held_out[1].total, rel=1e-6)
    assert model.evaluations[0].active == (evaluations[0].active[1],)
    assert member_of(folder, 0).sigmas is None
    # Weights of 64·5+5 + 2·(5·3+3) + 3·5+5 + 5·64+64 floats, then 60 codes and 60 sigmas of 3.
    assert model.size == 4 * (325 + 36 + 20 + 384) + 4 * 2 * 60 * 3


def test_weights_and_codes_are_of_one_save(saved, trained, monkeypatch):
    folder, _ = saved
    trainer, data, _, _ = trained
    state, later = trainer.state(), trainer.map_report(np.arange(10))
    codes = Codes(rows=later.rows, codes=later.codes, sigmas=later.sigmas)
    state.numbers["step"] += 1  # as of a run that is trained on
    state.tensors["member0.model.mean.bias"] += 1

    def read(path):
        monkeypatch.undo()
        save(folder, config=CONFIG, state=state, data=DataSummary.of(data), codes=codes)
        return read_codes(path)

    monkeypatch.setattr("trainer.training.kept_model.read_codes", read)
    model = member_of(folder, 0)
    assert (model.step, len(model.codes)) == (8, 10)
    np.testing.assert_array_equal(model.snapshot.weights["mean.bias"], state.tensors["member0.model.mean.bias"])


def test_kept_models_are_read_back_as_they_were(saved, tmp_path):
    folder, _ = saved
    models = [member_of(folder, member, origin="run") for member in (0, 1)]
    kept = tmp_path / "kept"
    write_kept(kept, models)
    found, trouble = read_kept(kept, models[0].data)
    assert trouble is None
    by_name = {model.name: model for model in found}
    assert all(same(model, by_name[model.name]) for model in models)
    assert read_kept(kept, models[0].data.replace(fingerprint="other data")) == ((), None)


def test_one_that_was_dropped_goes_and_what_is_not_ours_stays(saved, tmp_path):
    folder, _ = saved
    models = [member_of(folder, member) for member in (0, 1)]
    kept = tmp_path / "kept"
    write_kept(kept, models)
    (kept / "notes.txt").write_text("mine")
    (kept / models[0].name / "mine.txt").write_text("mine")
    write_kept(kept, models[1:])
    assert [model.name for model in read_kept(kept, models[0].data)[0]] == [models[1].name]
    assert (kept / "notes.txt").read_text() == "mine"
    assert [entry.name for entry in (kept / models[0].name).iterdir()] == ["mine.txt"]


def test_a_damaged_one_is_left_out_with_a_sentence(saved, tmp_path):
    folder, _ = saved
    models = [member_of(folder, member) for member in (0, 1)]
    kept = tmp_path / "kept"
    write_kept(kept, models)
    file = kept / models[0].name / FILE
    file.write_text(file.read_text().replace('"step": 7', '"step": 8'))
    found, trouble = read_kept(kept, models[0].data)
    assert [model.name for model in found] == [models[1].name]
    assert models[0].name in str(trouble)
    assert str(trouble).endswith(".")


def test_one_of_other_images_under_the_same_fingerprint_is_left_out(saved, tmp_path):
    folder, _ = saved
    model = member_of(folder, 0)
    for changes in ({"count": 61}, {"train_count": 49}, {"shape": (1, 4, 16)}):
        found, trouble = read_kept(folder / "kept", model.data)
        assert (found, trouble) == ((), None)
        write_kept(folder / "kept", [model])
        found, trouble = read_kept(folder / "kept", model.data.replace(**changes))
        assert found == ()
        assert "it was trained on other images." in str(trouble)
        write_kept(folder / "kept", [])


def test_what_is_not_finite_is_refused(saved, tmp_path):
    folder, _ = saved
    model = member_of(folder, 0)
    weights = {name: np.full_like(array, np.nan) for name, array in model.snapshot.weights.items()}
    broken = replace(model, name=new_name(), snapshot=replace(model.snapshot, weights=weights))
    with pytest.raises(CheckpointError, match="not finite"):
        write_kept(tmp_path / "kept", [broken])


def test_one_that_goes_takes_no_file_with_it_that_a_forged_description_names(saved, tmp_path):
    folder, _ = saved
    model = member_of(folder, 0)
    kept = tmp_path / "kept"
    write_kept(kept, [model])
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    file = kept / model.name / FILE
    description = read_description(file)
    file.write_text(
        to_text(replace(description, state=description.state.replace(name=f"../../{precious.name}"))),
        encoding="utf-8",
    )
    write_kept(kept, [])
    assert precious.read_text() == "mine"


def test_a_save_on_a_full_disk_leaves_no_empty_folder(saved, tmp_path, monkeypatch):
    model = member_of(saved[0], 0)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("trainer.training.checkpoint_writing.write_atomically", full)
    with pytest.raises(CheckpointError, match="the disk is full"):
        write_kept(tmp_path / "new" / "kept", (model,), private=True)
    assert not (tmp_path / "new").exists()
