"""Derivatives of decoders against torch's autograd, a linear decoder's matrix, and finite differences."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from tests.trainer.replica.stacks import STACKS, config_of, replica_of, snapshot_of, torch_decoder
from trainer.replica.derivatives import decode_jacobian, decode_jvp, decode_vjp
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import ReplicaError


class Opaque:
    """A replica that is no `NumpyReplica`, so that derivatives use finite differences."""

    def __init__(self, replica):
        self._replica = replica
        self.config = replica.config

    def decode_float(self, codes):
        return self._replica.decode_float(codes)


@pytest.mark.parametrize("stack", STACKS, ids=str)
@pytest.mark.parametrize("likelihood", ["bernoulli", "gaussian"])
@pytest.mark.parametrize("count", [1, 7])
def test_forward_and_reverse_equal_torch(stack, likelihood, count):
    config = config_of(stack, likelihood)
    replica, decoder = replica_of(stack, likelihood), torch_decoder(config, snapshot_of(config))
    random = np.random.default_rng(1)
    codes, directions = random.standard_normal((2, count, config.latent)).astype(np.float32)
    cotangents = random.standard_normal((count, *config.shape)).astype(np.float32)
    expected, tangents = torch.autograd.functional.jvp(
        decoder, torch.from_numpy(codes).double(), torch.from_numpy(directions).double()
    )
    moving = torch.from_numpy(codes).double().requires_grad_()
    (gradient,) = torch.autograd.grad(decoder(moving), moving, torch.from_numpy(cotangents).double())
    pictures, found = decode_jvp(replica, codes, directions)
    assert pictures.dtype == found.dtype == np.float32
    scale = float(tangents.abs().max())
    np.testing.assert_allclose(pictures, expected.detach().numpy(), atol=1e-5)
    np.testing.assert_allclose(found, tangents.detach().numpy(), atol=1e-5 * scale)
    again, pull = decode_vjp(replica, codes)
    np.testing.assert_allclose(again, replica.decode_float(codes), atol=1e-6)
    back = pull(cotangents)
    assert back.shape == codes.shape
    assert back.dtype == np.float32
    np.testing.assert_allclose(back, gradient.numpy(), atol=2e-5 * float(gradient.abs().max()))


@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_jacobian_is_one_product_a_direction(stack):
    replica = replica_of(stack)
    random = np.random.default_rng(2)
    codes = random.standard_normal((5, replica.config.latent)).astype(np.float32)
    basis = np.eye(replica.config.latent, dtype=np.float32)
    pictures, tangents = decode_jacobian(replica, codes, basis)
    np.testing.assert_allclose(pictures, replica.decode_float(codes), atol=1e-6)
    for axis, tangent in zip(basis, tangents, strict=True):
        alone = decode_jvp(replica, codes, np.tile(axis, (5, 1)))[1]
        np.testing.assert_allclose(tangent, alone, atol=1e-5)


def test_a_linear_decoder_gives_its_matrix():
    replica = replica_of(STACKS[0], "gaussian")
    matrix = snapshot_of(replica.config).weights["output.weight"]
    matrix = matrix @ np.eye(matrix.shape[1], dtype=np.float32)
    codes = np.random.default_rng(0).standard_normal((4, 3)).astype(np.float32)
    _, tangents = decode_jacobian(replica, codes, np.eye(3, dtype=np.float32))
    for place in range(4):
        np.testing.assert_allclose(tangents[:, place].reshape(3, -1).T, matrix, atol=1e-6)
    cotangents = np.random.default_rng(1).standard_normal((4, 1, 8, 8)).astype(np.float32)
    _, pull = decode_vjp(replica, codes)
    np.testing.assert_allclose(pull(cotangents), cotangents.reshape(4, -1) @ matrix, atol=1e-4)


def test_other_replicas_get_finite_differences():
    # A smooth decoder: a difference across the kink of a ReLU equals neither slope.
    replica = replica_of(STACKS[0])
    opaque = Opaque(replica)
    random = np.random.default_rng(3)
    codes, directions = random.standard_normal((2, 6, 3)).astype(np.float32)
    directions[0] = 0
    directions[1] *= 1000
    cotangents = random.standard_normal((6, *replica.config.shape)).astype(np.float32)
    exact, rough = decode_jvp(replica, codes, directions)[1], decode_jvp(opaque, codes, directions)[1]
    assert not rough[0].any()
    for place in range(6):
        np.testing.assert_allclose(rough[place], exact[place], atol=0.02 * max(1e-3, np.abs(exact[place]).max()))
    for rows in (slice(0, 6), slice(0, 2)):
        back = decode_vjp(replica, codes[rows])[1](cotangents[rows])
        np.testing.assert_allclose(
            decode_vjp(opaque, codes[rows])[1](cotangents[rows]), back, rtol=0.02, atol=0.02
        )


@pytest.mark.parametrize("stack", [STACKS[1], STACKS[3]], ids=str)
def test_long_batches_are_cut_without_a_trace(stack):
    replica = replica_of(stack)
    random = np.random.default_rng(4)
    codes, directions = random.standard_normal((2, 20, 2)).astype(np.float32)
    cotangents = random.standard_normal((20, *replica.config.shape)).astype(np.float32)
    whole, back = decode_jvp(replica, codes, directions)[1], decode_vjp(replica, codes)[1](cotangents)
    replica._rows = 7
    np.testing.assert_allclose(decode_jvp(replica, codes, directions)[1], whole, atol=1e-5)
    np.testing.assert_allclose(decode_vjp(replica, codes)[1](cotangents), back, atol=1e-4)
    assert decode_jvp(replica, codes[:0], directions[:0])[1].shape == (0, *replica.config.shape)
    assert decode_vjp(replica, codes[:0])[1](cotangents[:0]).shape == (0, 2)


@pytest.mark.parametrize("stack", [STACKS[1], STACKS[4]], ids=str)
def test_non_finite_codes_raise_no_alarm(stack):
    replica = replica_of(stack)
    codes = np.array([[np.nan], [np.inf], [3e38]], np.float32).repeat(replica.config.latent, axis=1)
    decode_jvp(replica, codes, np.ones_like(codes))
    decode_vjp(replica, codes)[1](np.ones((3, *replica.config.shape), np.float32))


def test_wrong_arguments_are_named():
    replica = replica_of(STACKS[1])
    codes = np.zeros((2, 2), np.float32)
    with pytest.raises(ValueError, match="directions must have"):
        decode_jvp(replica, codes, codes[:1])
    with pytest.raises(ValueError, match="basis must have"):
        decode_jacobian(replica, codes, np.zeros((1, 3), np.float32))
    with pytest.raises(ValueError, match="codes must have"):
        decode_vjp(replica, np.zeros((2, 5), np.float32))
    with pytest.raises(ReplicaError, match="no weights"):
        decode_vjp(NumpyReplica(replica.config), codes)


def test_derivatives_need_no_torch():
    code = "import sys, trainer.latent.geometry; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)
