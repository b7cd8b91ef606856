"""States as they stand in the window, without anybody behind them."""

from __future__ import annotations

import numpy as np

from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.core.training import TrainingState
from trainer.config import DataConfig, ModelConfig, RunConfig
from trainer.data.images import DataInfo
from trainer.traits import Traits

AVAILABLE = (
    DataInfo(
        name="digits", title="Handwritten digits", shape=(1, 8, 8), count=1797, present=True, download_bytes=0
    ),
    DataInfo(name="mnist", title="MNIST", shape=(1, 28, 28), count=70_000, present=True, download_bytes=0),
    DataInfo(
        name="cifar10",
        title="CIFAR-10",
        shape=(3, 32, 32),
        count=60_000,
        present=False,
        download_bytes=170_498_071,
    ),
)


def mnist(title: str = "MNIST", **changes: object) -> DataView:
    """MNIST with two images available."""
    fields: dict = {
        "title": title,
        "config": DataConfig(name="mnist"),
        "count": 70_000,
        "train_count": 60_000,
        "shape": (1, 28, 28),
        "images": np.zeros((2, 1, 28, 28), np.uint8),
    }
    return DataView(**(fields | changes))


def put_model(pane: PaneState, uses_beta: bool) -> None:
    """A model that does or does not use β is in `pane`."""
    posterior, prior = ("gaussian", "normal") if uses_beta else ("none", "none")
    traits = Traits(uses_beta=uses_beta, posterior=posterior, prior=prior, stochastic=uses_beta, plain=True)
    pane.set_model(PaneModel(ModelConfig(), traits, 1))


def begin_run(training: TrainingState, step: int) -> None:
    """A run made from the draft is at `step`."""
    training.set_run_config(
        RunConfig(data=training.draft_data, models=training.draft_models, train=training.draft_train)
    )
    training.step = step
    training.set_run("paused" if step else "ready")
    training.progress_changed.emit()
