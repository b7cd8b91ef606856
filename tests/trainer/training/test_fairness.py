"""Members of a pair meet the same data, noise and initial weights, and become what they would become alone."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from tests.trainer.training.blobs import AE, VAE, assert_same, blob_data, make_trainer, weights
from trainer.config import ModelConfig
from trainer.knobs import Knobs
from trainer.metrics.binarisation import static_draw

NOISY = Knobs(noise=0.3, beta=2.0)


@pytest.mark.parametrize("binarise", ["none", "dynamic", "static"])
def test_a_pair_is_bit_for_bit_its_members_alone(binarise):
    together = make_trainer(AE, VAE, VAE.replace(latent=5), knobs=NOISY, binarise=binarise)
    reports = list(islice(together.steps(), 12))
    for index, model in enumerate((AE, VAE, VAE.replace(latent=5))):
        alone = make_trainer(model, knobs=NOISY, binarise=binarise)
        losses = [report.losses[0] for report in islice(alone.steps(), 12)]
        assert losses == [report.losses[index] for report in reports]
        assert_same(weights(alone), weights(together, index))


def test_members_start_from_the_same_weights_where_shapes_agree():
    trainer = make_trainer(AE, VAE)
    autoencoder, variational = weights(trainer, 0), weights(trainer, 1)
    assert set(variational) - set(autoencoder) == {"log_variance.weight", "log_variance.bias"}
    for name, array in autoencoder.items():
        np.testing.assert_array_equal(array, variational[name])


def test_twins_stay_twins():
    trainer = make_trainer(VAE, VAE, knobs=NOISY)
    for report in islice(trainer.steps(), 8):
        assert report.losses[0] == report.losses[1]
    assert_same(weights(trainer, 0), weights(trainer, 1))


def test_seeds_differ():
    first, second = make_trainer(VAE, seed=1), make_trainer(VAE, seed=2)
    assert next(first.steps()).losses != next(second.steps()).losses


def test_noise_does_not_change_the_order_of_the_batches(toy):
    seen = {}
    for noise in (0.0, 0.5):
        toy.inputs.clear()
        toy.targets.clear()
        list(islice(make_trainer(ModelConfig(family="toy", **toy.model), knobs=Knobs(noise=noise)).steps(), 6))
        seen[noise] = list(toy.targets)
    for clean, target in zip(seen[0.0], seen[0.5], strict=True):
        assert clean.equal(target)


def test_noise_is_added_to_inputs_only(toy):
    list(islice(make_trainer(ModelConfig(family="toy", **toy.model), knobs=Knobs(noise=0.2)).steps(), 40))
    added = np.concatenate([(i - t).numpy().ravel() for i, t in zip(toy.inputs, toy.targets, strict=True)])
    error = 0.2 / np.sqrt(len(added))
    assert abs(added.mean()) < 4 * error
    assert added.std() == pytest.approx(0.2, abs=4 * error)
    assert all(target.min() >= 0 and target.max() <= 1 for target in toy.targets)


def test_dynamic_binarisation_draws_afresh_with_the_grey_level_as_probability(toy):
    trainer = make_trainer(ModelConfig(family="toy", **toy.model), binarise="dynamic", batch=70, epochs=60)
    list(trainer.steps())
    assert all(((target == 0) | (target == 1)).all() for target in toy.targets)
    assert all(given.equal(target) for given, target in zip(toy.inputs, toy.targets, strict=True))
    assert not toy.targets[0].sum().eq(toy.targets[1].sum())
    mean = np.mean([target.mean().item() for target in toy.targets])
    grey = trainer._resident.rows[:70].float().div(255)
    error = (grey * (1 - grey)).sum().sqrt().item() / grey.numel() / np.sqrt(60)
    assert mean == pytest.approx(grey.mean().item(), abs=4 * error)


def test_static_binarisation_shows_the_same_draw_of_each_image_in_every_epoch_and_run(toy):
    seen = []
    for seed in (0, 1):
        toy.targets.clear()
        toy_model = ModelConfig(family="toy", **toy.model)
        trainer = make_trainer(toy_model, binarise="static", batch=70, epochs=3, seed=seed)
        list(trainer.steps())
        seen += [np.unique(target.flatten(1).numpy(), axis=0) for target in toy.targets]
    assert len(seen) == 6
    drawn = static_draw(blob_data().tensor()[:70]).flatten(1).float() / 255
    assert all(np.array_equal(one, np.unique(drawn.numpy(), axis=0)) for one in seen)
