"""Models too large for the memory are refused before any of it is taken."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from trainer import machine_limits
from trainer.config import DataConfig, ModelConfig, RunConfig, TrainConfig
from trainer.data import memory
from trainer.data.images import ImageData
from trainer.knobs import Knobs
from trainer.networks import memory as model_memory
from trainer.networks.memory import check_model_memory
from trainer.records import ConfigError
from trainer.training.engine import Trainer


def run_of(model: ModelConfig, batch: int = 128) -> RunConfig:
    return RunConfig(data=DataConfig(), models=(model,), train=TrainConfig(batch=batch, device="cpu", threads=1))


@pytest.fixture
def a_gigabyte_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_memory, "free_memory", lambda: 10**9)


@pytest.mark.usefixtures("a_gigabyte_free")
@pytest.mark.parametrize(
    ("model", "batch", "words"),
    [
        (ModelConfig(widths=(8192,) * 8, shape=(3, 512, 512)), 128, "choose smaller layers or smaller images"),
        (ModelConfig(network="conv", widths=(8192, 8192), shape=(1, 28, 28)), 16, "choose smaller layers"),
        (ModelConfig(widths=(64,), shape=(3, 64, 64)), 65_536, "choose a smaller batch"),
    ],
)
def test_too_large_is_one_sentence(model: ModelConfig, batch: int, words: str) -> None:
    with pytest.raises(
        ConfigError, match=r"^These models need about .*B of memory and only 900 MB are free"
    ) as caught:
        check_model_memory(run_of(model, batch), 100_000)
    assert words in str(caught.value)


@pytest.mark.usefixtures("a_gigabyte_free")
def test_ordinary_models_fit() -> None:
    check_model_memory(run_of(ModelConfig()), 60_000)
    check_model_memory(run_of(ModelConfig(network="conv", widths=(32, 64), shape=(3, 64, 64))), 60_000)
    # No batch is larger than the data.
    check_model_memory(run_of(ModelConfig(widths=(64,), shape=(3, 64, 64)), 65_536), 100)


def test_members_that_step_at_the_same_time_hold_their_layers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights of 0.3 MB; layers of some 320 MB a member at this batch."""
    monkeypatch.setattr(model_memory, "free_memory", lambda: 10**9)
    model = ModelConfig(widths=(16,), latent=2, shape=(1, 28, 28))
    eight = run_of(model, 12_500).replace(models=(model,) * 8)
    monkeypatch.setattr(machine_limits, "available_cores", lambda: 2)
    check_model_memory(eight, 60_000)
    monkeypatch.setattr(machine_limits, "available_cores", lambda: 8)
    with pytest.raises(ConfigError, match=r"choose a smaller batch, or fewer models\.$"):
        check_model_memory(eight, 60_000)


def test_the_engine_asks_before_it_builds() -> None:
    """Some 50 GB a copy: no machine that runs tests has room for what training them takes."""
    model = ModelConfig(widths=(8192,) * 8, shape=(3, 512, 512))
    data = ImageData(config=DataConfig(), title="x", images=np.zeros((4, 3, 512, 512), np.uint8), train_count=3)
    if memory.free_memory() > 5 * 10**11:
        pytest.skip("this machine has room for them")
    tracemalloc.start()
    try:
        with pytest.raises(ConfigError, match="choose smaller layers or smaller images"):
            Trainer(run_of(model), data, Knobs())
        assert tracemalloc.get_traced_memory()[1] < 10**7
    finally:
        tracemalloc.stop()
