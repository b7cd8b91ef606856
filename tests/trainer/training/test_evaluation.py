from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
import torch

from tests.trainer.training.blobs import AE, VAE, assert_same, blob_data, make_trainer, weights
from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.progress import CancelledError, Progress
from trainer.training import evaluation, probe


def test_held_out_losses_are_the_mean_over_all_held_out_rows(monkeypatch):
    trainer = make_trainer(AE)
    list(islice(trainer.steps(), 5))
    model = trainer.members[0].model
    images = blob_data().tensor().float() / 255
    with torch.no_grad():
        pictures = model.decode(model.encode(images)).clamp(1e-6, 1 - 1e-6)
        each = torch.nn.functional.binary_cross_entropy(pictures, images, reduction="none").flatten(1).sum(1)
    monkeypatch.setattr(evaluation, "BATCH", 6)  # of 20 rows, so that the last part is smaller
    report = trainer.evaluate()
    assert report.held_out[0]["reconstruction"] == pytest.approx(each[70:].mean().item(), rel=1e-4)
    assert report.train[0]["reconstruction"] == pytest.approx(each[:70].mean().item(), rel=0.1)
    assert report.rows == 20
    assert report.step == 5


def test_evaluation_is_at_beta_one_and_repeatable():
    trainer = make_trainer(knobs=Knobs(beta=50.0, noise=0.5))
    list(islice(trainer.steps(), 5))
    first, second = trainer.evaluate(), trainer.evaluate()
    assert first == second
    for losses in (*first.train, *first.held_out):
        assert losses.total == pytest.approx(losses["reconstruction"] + (losses.get("kl") or 0.0), rel=1e-5)


def test_reports_do_not_disturb_training():
    quiet, watched = make_trainer(), make_trainer()
    list(islice(quiet.steps(), 8))
    for _ in islice(watched.steps(), 8):
        watched.evaluate()
        watched.map_report()
        watched.map_report(watched.all_rows)
        watched.state()
    for index in range(2):
        assert_same(weights(quiet, index), weights(watched, index))


def test_models_are_in_training_mode_for_training_only(toy):
    trainer = make_trainer(ModelConfig(family="toy", **toy.model))
    next(trainer.steps())
    trainer.map_report()
    trainer.evaluate()
    next(trainer.steps())
    modes = trainer.members[0].model.modes
    assert modes[0] is modes[-1] is True
    assert not any(modes[1:-1])


def test_the_map_has_the_same_rows_each_time_and_its_own_snapshots():
    trainer = make_trainer(probe=40)
    first = trainer.map_report()
    next(trainer.steps())
    second = trainer.map_report()
    np.testing.assert_array_equal(first.rows, second.rows)
    assert len(first.rows) == len(np.unique(first.rows)) == 40
    assert (np.diff(first.rows) > 0).all()
    assert [codes.shape for codes in first.codes] == [(40, 3), (40, 3)]
    assert all(codes.dtype == np.float32 and not codes.flags.writeable for codes in first.codes)
    assert not first.rows.flags.writeable
    assert not np.array_equal(first.codes[0], second.codes[0])
    assert (second.step, second.snapshots[0].step) == (1, 1)
    images = blob_data().tensor()[torch.from_numpy(second.rows.copy())].float() / 255
    with torch.no_grad():
        expected = trainer.members[1].model.posterior(images).mean
    np.testing.assert_allclose(second.codes[1], expected.numpy(), atol=1e-5)


def test_all_rows_in_batches(monkeypatch):
    trainer = make_trainer()
    whole = trainer.map_report(trainer.all_rows)
    monkeypatch.setattr(probe, "BATCH_VALUES", 64 * 7)
    seen: list[Progress] = []
    parts = trainer.map_report(trainer.all_rows, progress=seen.append)
    np.testing.assert_array_equal(parts.rows, np.arange(90))
    np.testing.assert_allclose(parts.codes[0], whole.codes[0], atol=1e-5)
    assert [step.done for step in seen] == [*range(7, 90, 7), 90]
    assert all(step.total == 90 for step in seen)


def test_encoding_can_be_given_up(monkeypatch):
    monkeypatch.setattr(probe, "BATCH_VALUES", 64 * 10)
    trainer = make_trainer(VAE)
    seen: list[Progress] = []
    with pytest.raises(CancelledError):
        trainer.map_report(trainer.all_rows, progress=seen.append, is_cancelled=lambda: len(seen) == 3)
    assert len(seen) == 3


def test_the_spreads_of_posteriors_come_with_the_codes():
    trainer = make_trainer(AE, VAE)
    report = trainer.map_report(trainer.all_rows)
    nothing, sigmas = report.sigmas
    assert nothing is None
    assert report.spread(0) is None
    images = blob_data().tensor().float() / 255
    with torch.no_grad():
        expected = torch.exp(0.5 * trainer.members[1].model.posterior(images).log_variance).numpy()
    np.testing.assert_allclose(sigmas, expected, atol=1e-5)
    assert sigmas.dtype == np.float32
    assert not sigmas.flags.writeable
    assert trainer.map_report(np.empty(0, np.int64)).codes[1].shape == (0, 3)
