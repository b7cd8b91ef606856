"""Round trips: a linear pair whose encoder undoes its decoder, and one that is off by a known step."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.config import ModelConfig
from trainer.metrics.round_trip import round_trip, trip_from
from trainer.replica.numpy_replica import NumpyReplica
from trainer.reports import Snapshot


def linear(off: float = 0.0) -> NumpyReplica:
    """Pixels 0 and 1 are the two dimensions of the code; the encoder adds `off` to the first."""
    config = ModelConfig(
        family="autoencoder", network="mlp", widths=(), latent=2, shape=(1, 4, 4), likelihood="gaussian"
    )
    down, up = np.zeros((2, 16), np.float32), np.zeros((16, 2), np.float32)
    down[[0, 1], [0, 1]] = up[[0, 1], [0, 1]] = 1
    weights = {
        "mean.weight": down,
        "mean.bias": np.array([off, 0], np.float32),
        "output.weight": up,
        "output.bias": np.zeros(16, np.float32),
    }
    replica = NumpyReplica(config)
    replica.load(Snapshot(number=0, step=0, config=config, weights=weights))
    return replica


def test_comes_back_where_pictures_can_say_so() -> None:
    codes = np.array([[0.2, 0.6], [0.0, 1.0]], np.float32)
    assert round_trip(linear(), codes) == pytest.approx([0, 0], abs=2 / 255)


def test_length_of_the_step_is_euclidean() -> None:
    codes = np.array([[0.2, 0.6], [1.0, 5.0]], np.float32)
    # The second one's picture is cut off at 1: it comes back as (1.3, 1).
    expected = [0.3, np.hypot(0.3, 4)]
    assert round_trip(linear(0.3), codes) == pytest.approx(expected, abs=2 / 255)


def test_available_pictures_are_used() -> None:
    replica, codes = linear(), np.array([[0.4, 0.4]], np.float32)
    assert trip_from(replica, codes, replica.decode(codes)) == pytest.approx(round_trip(replica, codes))


def test_codes_that_are_not_finite_have_no_trip() -> None:
    assert np.isnan(round_trip(linear(), np.array([[np.nan, 0]], np.float32))).all()
