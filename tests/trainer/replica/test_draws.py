"""Draws of p(x|z): their mean and spread, the same noise for the same seed, torch beside NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.config import LIKELIHOODS, ModelConfig
from trainer.models.initialise import build
from trainer.replica.numpy_replica import NumpyReplica
from trainer.replica.replica import Replica
from trainer.replica.torch_replica import TorchReplica
from trainer.reports import Snapshot

CODES = np.array([[0.3, -0.2], [1.0, 2.0]], np.float32)
VARIANCE = 0.01


def replicas(likelihood: str, network: str = "mlp", side: int = 6) -> tuple[Replica, Replica]:
    config = ModelConfig(
        shape=(1 if network == "mlp" else 3, side, side),
        widths=(8,) if network == "mlp" else (4, 4),
        network=network,
        latent=2,
        likelihood=likelihood,
        variance=VARIANCE,
    )
    model = build(config, 1)
    weights = {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
    if likelihood != "bernoulli":
        weights["output.bias"] = weights["output.bias"] + np.float32(0.5)  # inside [0, 1]
    made = NumpyReplica(config), TorchReplica(config)
    for one in made:
        one.load(Snapshot(number=0, step=0, config=config, weights=weights))
    return made


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_torch_and_numpy_draw_the_same(likelihood: str) -> None:
    for network, side in (("mlp", 6), ("conv", 28)):
        plain, torch = replicas(likelihood, network, side)
        for seed in (0, 7):
            one, other = (each.draw(CODES, seed, VARIANCE) for each in (plain, torch))
            assert one is not None
            assert other is not None
            assert one.dtype == np.uint8
            assert one.shape == plain.decode(CODES).shape
            # Rounding may tip a pixel over.
            assert (np.abs(one.astype(int) - other) <= 1).mean() > 0.99
            np.testing.assert_array_equal(one, plain.draw(CODES, seed, VARIANCE))
            np.testing.assert_array_equal(one[1], plain.draw(CODES[1:], seed, VARIANCE)[0])


def test_bernoulli_pixels_are_black_or_white_as_often_as_the_mean_says() -> None:
    replica, _ = replicas("bernoulli")
    draws = np.stack([replica.draw(CODES, seed) for seed in range(800)])
    assert set(np.unique(draws)) == {0, 255}
    mean = np.transpose(replica.decode_float(CODES), (0, 2, 3, 1))
    np.testing.assert_allclose(draws.mean(0) / 255, mean, atol=5 * 0.5 / 800**0.5)


def test_gaussian_noise_has_the_decoders_sigma() -> None:
    replica, _ = replicas("gaussian")
    mean = np.transpose(replica.decode_float(CODES), (0, 2, 3, 1))
    inside = (mean > 0.35) & (mean < 0.65)
    draws = np.stack([replica.draw(CODES, seed) for seed in range(400)]) / 255
    assert inside.any()
    assert draws.std(0)[inside].mean() == pytest.approx(VARIANCE**0.5, rel=0.1)
    # A learned σ² that is not known draws nothing.
    learned, torch = replicas("gaussian-learned")
    assert learned.draw(CODES, 0) is None
    assert torch.draw(CODES, 0) is None
    wide = learned.draw(CODES, 0, 0.25)
    narrow = learned.draw(CODES, 0, 1e-5)
    assert (
        np.abs(wide.astype(int) - learned.decode(CODES)).mean()
        > np.abs(narrow.astype(int) - learned.decode(CODES)).mean()
    )
