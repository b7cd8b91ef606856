"""A learned σ² is state: learned on the training images, kept with the run, used wherever a figure is reported."""

from __future__ import annotations

import json
import math
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.trainer.training.blobs import AE, SHAPE, VAE, blob_data, make_trainer, run_config
from trainer.data.images import ImageData
from trainer.data.registry import load as load_data
from trainer.knobs import Knobs
from trainer.reports import EvaluationReport
from trainer.training.checkpoint import load, read_weights
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary
from trainer.training.engine import Trainer
from trainer.training.kept_numbers import kept_variances
from trainer.training.moment_file import read_shown, write_moment
from trainer.training.state import StateError

LEARNED = VAE.replace(likelihood="gaussian-learned")
FORMER = Path(__file__).parents[2] / "former" / "format1" / "session-6d"


def trained(*models, steps: int = 30, **train: object) -> Trainer:
    trainer = make_trainer(*(models or (AE, LEARNED)), **train)
    list(islice(trainer.steps(), steps))
    return trainer


def mse(trainer: Trainer, member: int, images: np.ndarray) -> float:
    """Squared error a value without any sampling, by NumPy alone."""
    model = trainer.members[member].model
    with torch.no_grad():
        pixels = torch.from_numpy(images).float() / 255
        return float((model.decode(model.encode(pixels)) - pixels).square().double().mean())


def test_it_is_the_squared_error_of_the_training_images():
    trainer = trained(AE.replace(likelihood="gaussian-learned"))
    (variance,) = (snapshot.variance for snapshot in trainer.map_report().snapshots)
    assert variance == pytest.approx(mse(trainer, 0, blob_data().images[:70]), rel=1e-5)


def test_held_out_figures_are_taken_at_it_and_refitting_would_flatter_them():
    """By D/2 (r - 1 - ln r) nats, r = MSE held-out / MSE train."""
    data = blob_data()
    # Held-out images that the model has more trouble with than with its training images.
    harder = data.images.copy()
    harder[70:] = 255 - harder[70:]
    data = ImageData(config=data.config, title="Blobs", images=harder, train_count=70)
    trainer = Trainer(run_config(AE.replace(likelihood="gaussian-learned")), data, Knobs())
    list(islice(trainer.steps(), 30))
    report = trainer.evaluate()
    (variance,) = report.variances
    held_out, train = mse(trainer, 0, harder[70:]), mse(trainer, 0, harder[:70])
    assert variance == pytest.approx(train, rel=1e-5)
    pixels = 64

    def nats(error: float, at: float) -> float:
        return 0.5 * pixels * (error / at + math.log(2 * math.pi * at))

    assert report.held_out[0]["reconstruction"] == pytest.approx(nats(held_out, train), rel=1e-5)
    assert report.train[0]["reconstruction"] == pytest.approx(nats(train, train), rel=0.2)
    ratio = held_out / train
    assert ratio > 1.5
    flattered = report.held_out[0]["reconstruction"] - nats(held_out, held_out)
    assert flattered == pytest.approx(0.5 * pixels * (ratio - 1 - math.log(ratio)), rel=1e-4)


def test_the_published_sizes_of_that_flattery():
    sizes = [784 / 2 * (r - 1 - math.log(r)) for r in (1.1, 1.3, 1.5)]
    assert sizes == pytest.approx([1.8, 14.8, 37.1], abs=0.05)


def test_binarised_training_is_measured_on_binarised_pixels():
    trainer = trained(LEARNED, binarise="dynamic")
    plain = trained(LEARNED)
    noise = float((blob_data().images / 255 * (1 - blob_data().images / 255)).mean())
    # A draw adds p (1 - p) a pixel that no decoder can foresee.
    assert trainer.map_report().snapshots[0].variance > plain.map_report().snapshots[0].variance + noise / 2


def test_it_is_kept_and_comes_back(tmp_path: Path):
    trainer = trained()
    state = trainer.state()
    variances = trainer.evaluate().variances
    assert state.numbers["variances"] == list(variances)
    assert variances[0] is None
    save(tmp_path / "run", config=trainer.config, state=state, data=DataSummary.of(blob_data()))
    assert tuple(snapshot.variance for snapshot in read_weights(tmp_path / "run")) == variances
    description, kept = load(tmp_path / "run")
    kept.numbers["variances"] = [None, 0.123]  # whatever was kept is what was learned
    other = Trainer(description.config, blob_data(), description.knobs)
    other.restore(kept)
    assert other.evaluate().variances == (None, 0.123)
    next(other.steps())
    assert other.evaluate().variances[1] != 0.123


def test_a_run_without_one_keeps_none():
    assert "variances" not in trained(AE, VAE).state().numbers


def test_moments_hold_it(tmp_path: Path):
    trainer = trained()
    state, report = trainer.state(), trainer.map_report()
    arrays = {name: tensor.numpy() for name, tensor in state.tensors.items()}
    write_moment(tmp_path / "moment", arrays, report)
    shown = read_shown(tmp_path / "moment", trainer.config.models, step=30, number=1)
    assert [snapshot.variance for snapshot in shown.snapshots] == [one.variance for one in report.snapshots]


def test_a_former_run_measures_it_on_its_training_images(tmp_path: Path):
    description, state = load(FORMER)
    assert "variances" not in state.numbers
    assert all(snapshot.variance is None for snapshot in read_weights(FORMER))
    data = load_data(description.config.data, tmp_path)
    trainer = Trainer(description.config, data, description.knobs)
    trainer.restore(state)
    report = trainer.evaluate()
    assert all(variance is not None and 0 < variance < 1 for variance in report.variances)
    assert isinstance(report, EvaluationReport)


@pytest.mark.parametrize(
    "forged", [3, [], [None], [None, 0.0], [None, -1.0], [None, math.inf], [None, "x"], [0.1, 0.1], [None, True]]
)
def test_forged_ones_are_refused(forged: object, tmp_path: Path):
    trainer = trained(steps=1)
    state = trainer.state()
    before = trainer.step
    state.numbers["variances"] = forged
    with pytest.raises(StateError, match="σ²"):
        trainer.restore(state)
    assert trainer.step == before
    with pytest.raises(ValueError, match="σ²"):
        kept_variances(json.loads(json.dumps(state.numbers)), trainer.config.models)


def test_a_forged_checkpoint_gets_a_sentence(tmp_path: Path):
    trainer = trained(steps=1)
    state = trainer.state()
    state.numbers["variances"] = [None, -1.0]
    save(tmp_path / "run", config=trainer.config, state=state, data=DataSummary.of(blob_data()))
    with pytest.raises(CheckpointError, match="not a σ² that a model learns; open another checkpoint"):
        read_weights(tmp_path / "run")
    assert trainer.config.models[0].shape == SHAPE
