"""Outputs of single layers: the replica against hooks in the torch model, and against itself."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from tests.trainer.replica.test_replica import STACKS, _config, _snapshot
from trainer.models.family import family, with_all_options
from trainer.networks.description import plain_network
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import ReplicaError


def _seen_by_hooks(model: nn.Module, run) -> dict[str, np.ndarray]:
    """What each ReLU of the bodies, and each head, gives while `run` runs, by the affine layer's name."""
    found, hooks = {}, []
    for name, module in model.named_modules():
        body, _, number = name.partition(".")
        if body in ("encoder", "decoder") and isinstance(module, nn.ReLU):
            key = f"{body}.{int(number) - 1}"
        elif name in ("mean", "log_variance", "output", "output_log_variance"):
            key = name
        else:
            continue
        hooks.append(
            module.register_forward_hook(lambda _m, _i, out, key=key: found.update({key: out[0].numpy().copy()}))
        )
    with torch.inference_mode():
        run()
    for hook in hooks:
        hook.remove()
    return found


@pytest.mark.parametrize("stack", STACKS, ids=str)
@pytest.mark.parametrize("name", ["autoencoder", "variational"])
def test_every_layer_gives_what_a_hook_sees(stack, name):
    config = _config(stack, "gaussian-pixel", name)
    posterior = name == "variational"
    snapshot = _snapshot(config, posterior=posterior)
    model = family(name).build(with_all_options(config)).eval()
    model.load_state_dict({key: torch.from_numpy(array.copy()) for key, array in snapshot.weights.items()})
    replica = NumpyReplica(config)
    replica.load(snapshot)
    rng = np.random.default_rng(3)
    image = rng.integers(0, 256, config.shape, dtype=np.uint8)
    code = rng.standard_normal(config.latent).astype(np.float32)

    def run() -> None:
        pixels = torch.from_numpy(image[None]).float() / 255
        model.encode(pixels)
        model.posterior(pixels)
        model.raw(torch.from_numpy(code[None]))

    seen = _seen_by_hooks(model, run)
    found = replica.encoder_outputs(image) | replica.decoder_outputs(code)
    specs = plain_network(config, posterior=posterior).layers
    assert list(found) == [spec.name for spec in specs]
    assert set(seen) == set(found)
    for spec in specs:
        values = found[spec.name]
        assert values.size == spec.outputs
        assert values.shape[0] == spec.outward or spec.unflatten is not None
        if spec.unflatten is not None:
            channels, side = spec.unflatten
            assert values.shape == (channels, side, side)
        # A hook before the unflatten sees a plain vector.
        np.testing.assert_allclose(values.reshape(seen[spec.name].shape), seen[spec.name], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_the_last_layers_are_what_the_replica_itself_gives(stack):
    config = _config(stack, "gaussian")
    replica = NumpyReplica(config)
    replica.load(_snapshot(config))
    rng = np.random.default_rng(4)
    image = rng.integers(0, 256, config.shape, dtype=np.uint8)
    code = rng.standard_normal(config.latent).astype(np.float32)
    encoded = replica.encoder_outputs(image)
    posterior = replica.posterior(image[None])
    np.testing.assert_array_equal(encoded["mean"], posterior.mean[0])
    np.testing.assert_array_equal(encoded["log_variance"], posterior.log_variance[0])
    picture = replica.decoder_outputs(code)["output"].reshape(config.shape)
    np.testing.assert_array_equal(picture, replica.decode_float(code[None])[0])


def test_wrong_arguments_are_named():
    config = _config(STACKS[1])
    replica = NumpyReplica(config)
    with pytest.raises(ReplicaError, match="no weights"):
        replica.encoder_outputs(np.zeros(config.shape, np.uint8))
    replica.load(_snapshot(config))
    with pytest.raises(ValueError, match="uint8 of shape"):
        replica.encoder_outputs(np.zeros((1, 8, 8), np.uint8))
    with pytest.raises(ValueError, match="a code must have shape"):
        replica.decoder_outputs(np.zeros(7, np.float32))
