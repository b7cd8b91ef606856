"""The pull-back metric against closed forms (linear decoder, sphere, planes) and torch's Jacobian."""

import numpy as np
import pytest
import torch

from tests.trainer.replica.stacks import STACKS, config_of, replica_of, snapshot_of, torch_decoder
from trainer.config import ModelConfig
from trainer.latent.geometry import magnification, metric


class Sphere:
    """Decodes (polar angle, longitude) to a point on a sphere of radius 2, as three pixels."""

    config = ModelConfig(shape=(1, 1, 3))

    def decode_float(self, codes):
        polar, longitude = np.asarray(codes, np.float64).T
        points = [np.sin(polar) * np.cos(longitude), np.sin(polar) * np.sin(longitude), np.cos(polar)]
        return (2 * np.stack(points, 1)).astype(np.float32).reshape(-1, 1, 1, 3)


def test_a_linear_decoder_has_one_metric_everywhere():
    replica = replica_of(STACKS[0], "gaussian")
    matrix = snapshot_of(replica.config).weights["output.weight"].astype(float)
    codes = np.random.default_rng(0).standard_normal((6, 3))
    found = metric(replica, codes, np.eye(3))
    np.testing.assert_allclose(found, np.broadcast_to(matrix.T @ matrix, (6, 3, 3)), rtol=1e-4)
    expected = np.sqrt(np.linalg.det(matrix.T @ matrix))
    np.testing.assert_allclose(magnification(replica, codes, np.eye(3)), expected, rtol=1e-4)
    direction = np.array([[0.6, 0, 0.8]])
    speed = np.linalg.norm(matrix @ direction[0])
    np.testing.assert_allclose(magnification(replica, codes, direction), speed, rtol=1e-5)


def test_a_sphere():
    polar = np.linspace(0.3, 2.8, 9)
    codes = np.stack([polar, np.linspace(-2, 2, 9)], 1)
    found = metric(Sphere(), codes, np.eye(2))
    np.testing.assert_allclose(found[:, 0, 0], 4, rtol=2e-3)
    np.testing.assert_allclose(found[:, 1, 1], 4 * np.sin(polar) ** 2, rtol=2e-3)
    np.testing.assert_allclose(found[:, 0, 1], 0, atol=5e-3)
    np.testing.assert_allclose(magnification(Sphere(), codes, np.eye(2)), 4 * np.sin(polar), rtol=2e-3)


@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_metric_equals_torchs_jacobian(stack):
    config = config_of(stack)
    decoder = torch_decoder(config, snapshot_of(config))
    codes = np.random.default_rng(1).standard_normal((3, config.latent)).astype(np.float32)
    rows = [torch.autograd.functional.jacobian(decoder, torch.from_numpy(code[None]).double()) for code in codes]
    jacobians = np.stack([row.reshape(config.pixels, config.latent).numpy() for row in rows])
    found = metric(replica_of(stack), codes, np.eye(config.latent))
    np.testing.assert_allclose(found, jacobians.transpose(0, 2, 1) @ jacobians, rtol=1e-4, atol=1e-5)


def test_a_collapsed_decoder_magnifies_nothing():
    snapshot = snapshot_of(config_of(STACKS[1]))
    snapshot.weights["decoder.0.weight"][:] = 0
    replica = replica_of(STACKS[1])
    replica.load(snapshot)
    codes = np.random.default_rng(2).standard_normal((4, 2))
    np.testing.assert_array_equal(magnification(replica, codes, np.eye(2)), 0)
    # Two equal directions span no area, whatever the decoder.
    assert (magnification(replica_of(STACKS[1]), codes, np.ones((2, 2))) < 1e-2).all()
    assert len(magnification(replica, codes[:0], np.eye(2))) == 0


@pytest.mark.parametrize("apart", [1e-2, 1e-4])
def test_directions_that_change_pictures_nearly_alike_keep_their_area(apart):
    """For nearly equal columns the products in det G would cancel in single precision."""
    replica = replica_of(("mlp", (), 2, (1, 28, 28)), "gaussian")
    snapshot = snapshot_of(replica.config)
    first, second = np.random.default_rng(5).standard_normal((2, 784))
    columns = np.stack([first, first + apart * second], 1).astype(np.float32)
    snapshot.weights["output.weight"][:] = columns
    replica.load(snapshot)
    found = magnification(replica, np.zeros((1, 2)), np.eye(2))[0]
    a, b = columns.astype(np.float64).T
    expected = np.linalg.norm(a) * np.linalg.norm(b - (a @ b) / (a @ a) * a)
    assert found == pytest.approx(expected, rel=1e-6)


def test_non_finite_codes_are_not_finite():
    codes = np.array([[np.nan, 0], [0.1, 0.2]])
    found = magnification(replica_of(STACKS[1]), codes, np.eye(2))
    assert np.isfinite(found[1])
