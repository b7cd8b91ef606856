"""A stopped member is reported at the step of its own weights when shown, saved and loaded."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
import torch

from tests.trainer.training.blobs import AE, VAE, assert_same, blob_data, make_trainer
from trainer.knobs import Knobs
from trainer.reports import EvaluationReport, StepReport
from trainer.training.checkpoint import read_weights
from trainer.training.checkpoint_error import CheckpointError
from trainer.training.checkpoint_writing import save
from trainer.training.description import DataSummary
from trainer.training.engine import Trainer
from trainer.training.kept_model import member_of, read_kept, write_kept
from trainer.training.moment_file import read_shown, write_moment


@pytest.fixture
def run() -> tuple[Trainer, tuple[StepReport, ...], tuple[EvaluationReport, ...]]:
    """The second of three rests since step 2, and the run has gone on to step 7 with another β."""
    trainer = make_trainer(AE, VAE, VAE, knobs=Knobs(beta=3.0))
    steps = trainer.steps()
    history = list(islice(steps, 2))
    trainer._safeguard.keep()
    evaluations = [trainer.evaluate()]
    trainer.knobs = Knobs(beta=5.0)
    history.append(next(steps))
    with torch.no_grad():
        next(trainer.members[1].model.parameters()).fill_(float("nan"))
    history += islice(steps, 4)
    evaluations.append(trainer.evaluate())
    return trainer, tuple(history), tuple(evaluations)


def kept(folder: Path, run: tuple[Trainer, tuple[StepReport, ...], tuple[EvaluationReport, ...]]) -> None:
    trainer, history, evaluations = run
    save(
        folder,
        config=trainer.config,
        state=trainer.state(),
        data=DataSummary.of(blob_data()),
        history=history,
        evaluations=evaluations,
    )


def test_in_a_snapshot_and_in_a_checkpoint(run, tmp_path):
    trainer, _, _ = run
    report = trainer.map_report()
    assert report.step == 7
    assert [snapshot.step for snapshot in report.snapshots] == [7, 2, 7]
    kept(tmp_path, run)
    assert [snapshot.step for snapshot in read_weights(tmp_path)] == [7, 2, 7]


def test_in_a_moment(run, tmp_path):
    trainer, _, _ = run
    report = trainer.map_report()
    arrays = {name: tensor.numpy() for name, tensor in trainer.state().tensors.items()}
    write_moment(tmp_path / "moment", arrays, report)
    shown = read_shown(tmp_path / "moment", trainer.config.models, step=7, number=1)
    assert shown.step == 7
    assert [snapshot.step for snapshot in shown.snapshots] == [7, 2, 7]


def test_as_a_kept_model(run, tmp_path):
    """With what was reported up to there, of which its knobs are the last."""
    _, history, evaluations = run
    kept(tmp_path, run)
    model = member_of(tmp_path, 1)
    assert (model.step, model.epoch, model.knobs) == (2, history[1].epoch, Knobs(beta=3.0))
    assert [report.step for report in model.history] == [1, 2]
    (figures,) = model.evaluations
    assert figures.step == 2
    assert figures.held_out[0].total == pytest.approx(evaluations[0].held_out[1].total, rel=1e-6)
    other = member_of(tmp_path, 2)
    assert (other.step, other.epoch, other.knobs, len(other.history)) == (7, history[-1].epoch, Knobs(beta=5.0), 7)
    write_kept(tmp_path / "kept", [model])
    ((again,), trouble) = read_kept(tmp_path / "kept", model.data)
    assert trouble is None
    assert (again.step, again.epoch) == (2, pytest.approx(model.epoch))
    assert_same(again.snapshot.weights, model.snapshot.weights)


def test_forged_ones_get_a_sentence(run, tmp_path):
    trainer, _, _ = run
    state = trainer.state()
    state.numbers["resting"] = [[5, 1]]
    save(tmp_path, config=trainer.config, state=state, data=DataSummary.of(blob_data()))
    with pytest.raises(CheckpointError, match=r"cannot be used: .* no models of it"):
        read_weights(tmp_path)
