"""Which plane a map is made on."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.core.map_maker import MapMaker, MapOrder, MapPart
from latent_explorer.core.pane import PaneModel
from trainer.config import ModelConfig
from trainer.reports import MapReport, Snapshot
from trainer.traits import Traits

CONFIG = ModelConfig(family="autoencoder", widths=(4,), latent=5, shape=(1, 8, 8))


def report(step: int, seed: int) -> MapReport:
    """The map of a run at `step`; all have the same snapshot number and rows."""
    codes = np.random.default_rng(seed).standard_normal((60, 5), np.float32) * np.arange(1, 6, dtype=np.float32)
    snapshot = Snapshot(number=11, step=step, config=CONFIG, weights={})
    return MapReport(step=step, rows=np.arange(60), codes=(codes,), snapshots=(snapshot,), seconds=0.0)


@pytest.mark.parametrize(("step", "same"), [(105, True), (100, False)], ids=["same weights", "taken back"])
def test_a_plane_is_kept_for_the_same_weights_alone(step: int, same: bool) -> None:
    """After a loss that was not finite, steps and numbers go back, and other weights bear known numbers."""
    maker = MapMaker(lambda _: None)
    model = PaneModel(
        CONFIG,
        Traits(uses_beta=False, posterior="none", prior="none", stochastic=False, plain=False),
        generation=1,
    )
    first = maker.make(MapOrder(1, (MapPart.of(report(105, 0), 0, model),), ("auto",)))
    second = maker.make(MapOrder(2, (MapPart.of(report(step, 1), 0, model),), ("auto",)))
    assert (second.panes[0].plane is first.panes[0].plane) == same
