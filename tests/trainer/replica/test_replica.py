"""Replicas: NumPy against torch's layers for every network and likelihood, and rejected input."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from trainer.config import LIKELIHOODS, ModelConfig
from trainer.networks import torch_stacks
from trainer.networks.description import plain_network, wrong_tensors
from trainer.replica.choice import make_replica
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import ReplicaError, to_bytes
from trainer.reports import Snapshot

STACKS = [
    ("mlp", (), 3, (1, 8, 8)),
    ("mlp", (40,), 1, (1, 28, 28)),
    ("mlp", (64, 32), 2, (3, 12, 10)),
    ("mlp", (32, 24, 16), 20, (1, 28, 28)),
    ("conv", (6,), 2, (1, 28, 28)),
    ("conv", (8, 12), 5, (3, 28, 28)),
    ("conv", (4, 8, 6), 3, (1, 32, 32)),
    ("conv", (4, 6, 8, 5), 7, (3, 64, 64)),
]


def _config(stack, likelihood="bernoulli", family="variational"):
    network, widths, latent, shape = stack
    return ModelConfig(
        family=family, network=network, widths=widths, latent=latent, shape=shape, likelihood=likelihood
    )


def _snapshot(config, posterior=True, number=0, seed=0):
    random = np.random.default_rng(seed)
    weights = {}
    for name, shape in plain_network(config, posterior=posterior).shapes.items():
        fan = max(1, int(np.prod(shape[1:])))
        weights[name] = (random.standard_normal(shape) * (1.5 / np.sqrt(fan))).astype(np.float32)
        weights[name].setflags(write=False)
    return Snapshot(number=number, step=3, config=config, weights=weights)


def _torch_stack(config, snapshot):
    """Encoder body, decoder body and output of `trainer.networks.torch_stacks` with the snapshot's weights."""
    network = plain_network(config, posterior=False)
    parts = {
        "encoder": torch_stacks.stack(network.encoder),
        "decoder": torch_stacks.stack(network.decoder),
        "output": torch_stacks.layer(network.outputs[0]),
    }
    for prefix, module in parts.items():
        state = {
            name[len(prefix) + 1 :]: torch.from_numpy(array.copy())
            for name, array in snapshot.weights.items()
            if name.startswith(f"{prefix}.")
        }
        module.load_state_dict(state)
    return parts


@pytest.mark.parametrize("stack", STACKS, ids=str)
@pytest.mark.parametrize("likelihood", LIKELIHOODS)
@pytest.mark.parametrize("count", [1, 5])
def test_numpy_equals_torch(stack, likelihood, count):
    config = _config(stack, likelihood)
    snapshot = _snapshot(config)
    replica = NumpyReplica(config)
    replica.load(snapshot)
    parts = _torch_stack(config, snapshot)
    random = np.random.default_rng(1)
    codes = random.standard_normal((count, config.latent)).astype(np.float32)
    images = random.integers(0, 256, (count, *config.shape), dtype=np.uint8)
    with torch.inference_mode():
        logits = parts["output"](parts["decoder"](torch.from_numpy(codes))).reshape(count, *config.shape)
        picture = (logits.sigmoid() if likelihood == "bernoulli" else logits).numpy()
        pixels = torch.from_numpy(images).float() / 255
        hidden = parts["encoder"](pixels if config.network == "conv" else pixels.flatten(1)).flatten(1)
        heads = {
            name: torch.nn.functional.linear(
                hidden,
                *(torch.from_numpy(snapshot.weights[f"{name}.{part}"].copy()) for part in ("weight", "bias")),
            ).numpy()
            for name in ("mean", "log_variance")
        }
    np.testing.assert_allclose(replica.decode_float(codes), picture, atol=1e-5, rtol=1e-5)
    np.testing.assert_allclose(replica.encode(images), heads["mean"], atol=1e-5, rtol=1e-5)
    mean, log_variance = replica.posterior(images)
    np.testing.assert_allclose(mean, heads["mean"], atol=1e-5, rtol=1e-5)
    np.testing.assert_allclose(log_variance, heads["log_variance"], atol=1e-5, rtol=1e-5)
    expected = np.rint(255 * np.clip(picture, 0, 1)).transpose(0, 2, 3, 1)
    decoded = replica.decode(codes)
    assert decoded.dtype == np.uint8
    assert decoded.flags.c_contiguous
    # A value exactly between two grey levels may round either way.
    assert np.abs(decoded - expected).max() <= 1
    assert (decoded != expected).mean() < 1e-3


@pytest.mark.parametrize("stack", STACKS, ids=str)
@pytest.mark.parametrize("family", ["autoencoder", "variational"])
def test_replicas_equal_the_models(stack, family):
    """Whole models through the registry: names, shapes and results of both replicas."""
    config = _config(stack, "gaussian-pixel", family)
    snapshot = _snapshot(config, posterior=family == "variational", number=4)
    plain, heavy = make_replica(config), make_replica(config, plain=False)
    assert isinstance(plain, NumpyReplica)
    for replica in (plain, heavy):
        assert replica.number == -1
        replica.load(snapshot)
        assert replica.number == 4
        assert replica.config == config
    random = np.random.default_rng(2)
    codes = random.standard_normal((3, config.latent)).astype(np.float32)
    images = random.integers(0, 256, (3, *config.shape), dtype=np.uint8)
    np.testing.assert_allclose(plain.decode_float(codes), heavy.decode_float(codes), atol=1e-5, rtol=1e-5)
    np.testing.assert_allclose(plain.encode(images), heavy.encode(images), atol=1e-5, rtol=1e-5)
    one, other = plain.posterior(images), heavy.posterior(images)
    assert (one is None) == (other is None) == (family == "autoencoder")
    if one is not None:
        np.testing.assert_allclose(one, other, atol=1e-5, rtol=1e-5)


def test_long_batches_are_cut_without_a_trace():
    config = _config(STACKS[4])
    replica = NumpyReplica(config)
    replica.load(_snapshot(config))
    replica._rows = 7
    random = np.random.default_rng(0)
    codes = random.standard_normal((20, config.latent)).astype(np.float32)
    images = random.integers(0, 256, (20, *config.shape), dtype=np.uint8)
    whole, parts = to_bytes(replica.decode_float(codes)), replica.decode(codes)
    assert np.abs(whole.astype(int) - parts).max() <= 1
    one_by_one = np.concatenate([replica.encode(image[None]) for image in images])
    np.testing.assert_allclose(replica.encode(images), one_by_one, atol=1e-5)
    assert replica.decode(codes[:0]).shape == (0, 28, 28, 1)
    assert replica.encode(images[:0]).shape == (0, config.latent)


@pytest.mark.parametrize("stack", [STACKS[2], STACKS[5]], ids=str)
def test_non_finite_codes_give_a_picture(stack):
    config = _config(stack)
    replica = NumpyReplica(config)
    replica.load(_snapshot(config))
    for value in (np.nan, np.inf, 3e38, -3e38):
        picture = replica.decode(np.full((1, config.latent), value, np.float32))
        assert picture.shape == (1, *config.shape[1:], config.shape[0])


def test_to_bytes_clips_rounds_and_blackens():
    values = np.array([np.nan, -1, 0, 0.5, 0.5 / 255 + 1e-4, 1, 2, np.inf, -np.inf], np.float32)
    assert to_bytes(values.reshape(1, 1, 1, 9)).ravel().tolist() == [0, 0, 0, 128, 1, 255, 255, 255, 0]


@pytest.mark.parametrize("plain", [True, False])
def test_wrong_weights_are_refused_and_the_old_ones_stay(plain):
    config = _config(STACKS[2])
    replica = make_replica(config, plain=plain)
    codes = np.zeros((1, config.latent), np.float32)
    with pytest.raises(ReplicaError, match="no weights yet"):
        replica.decode(codes)
    replica.load(_snapshot(config))
    before = replica.decode(codes)
    other = _config(STACKS[1])
    with pytest.raises(ReplicaError, match="different model"):
        replica.load(_snapshot(other))
    missing = _snapshot(config)
    del missing.weights["decoder.2.bias"]
    wrong = _snapshot(config)
    wrong.weights["output.weight"] = np.zeros((3, 3), np.float32)
    extra = _snapshot(config)
    extra.weights["ghost"] = np.zeros(1, np.float32)
    for snapshot, name in ((missing, "decoder.2.bias"), (wrong, "output.weight"), (extra, "ghost")):
        with pytest.raises(ReplicaError, match=name):
            replica.load(snapshot)
    assert replica.number == 0
    np.testing.assert_array_equal(replica.decode(codes), before)


def test_wrong_arguments_are_named():
    config = _config(STACKS[2])
    replica = NumpyReplica(config)
    replica.load(_snapshot(config))
    with pytest.raises(ValueError, match="codes must have shape"):
        replica.decode(np.zeros((1, 3), np.float32))
    with pytest.raises(ValueError, match="images must be uint8"):
        replica.encode(np.zeros((1, 3, 12, 10), np.float32))


def test_mismatch_names_the_tensor():
    expected = {"a": (2, 3), "b": ()}
    assert wrong_tensors(expected, expected) is None
    wrong = wrong_tensors({"a": (3, 2), "b": ()}, expected)
    assert str(wrong) == "the tensor a has shape 3 x 2 instead of 2 x 3"


def test_looking_needs_no_torch():
    code = (
        "import sys; import trainer.latent.plane, trainer.latent.neighbours, trainer.replica.numpy_replica;"
        "from trainer.config import ModelConfig; from trainer.replica.choice import make_replica;"
        "make_replica(ModelConfig()); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)
