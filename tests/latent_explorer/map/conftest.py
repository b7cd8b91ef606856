"""Fixtures: a map with points, ready for real events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.appearance.theme import theme
from latent_explorer.core.explorer import DataView, ExplorerState
from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.map.latent_map import LatentMap
from trainer.config import DataConfig
from trainer.latent.plane import raw

COUNT = 4_000


@dataclass
class Bench:
    """A visible map with its state. `points` float32 (COUNT, 2): a ring of ten clusters."""

    map: LatentMap
    pane: PaneState
    explorer: ExplorerState
    points: np.ndarray
    qtbot: QtBot

    def give(self, points: np.ndarray, rows: np.ndarray | None = None) -> None:
        """Set new points, as from the trainer."""
        self.points = points
        rows = np.arange(len(points)) if rows is None else rows
        self.pane.set_codes(PaneCodes(rows, points, points), self.pane.plane or raw(2))

    def rest(self) -> None:
        """Wait until everything has been drawn."""
        self.qtbot.waitUntil(lambda: self.map.at_rest)
        self.map.repaint()


def clusters(count: int = COUNT, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Points float32 (count, 2) and labels int64 (count,)."""
    random = np.random.default_rng(seed)
    labels = np.arange(count) * 10 // count  # sorted by class, as folders are
    angle = labels * 2 * np.pi / 10
    points = 3 * np.stack([np.cos(angle), np.sin(angle)], axis=1) + random.normal(0, 0.5, (count, 2))
    return points.astype(np.float32), labels


def data_view(labels: np.ndarray, images: np.ndarray | None = None) -> DataView:
    """A data set with these labels and one factor."""
    count = len(labels)
    return DataView(
        title="clusters",
        config=DataConfig(),
        count=count,
        train_count=count // 2,
        shape=(1, 4, 4),
        images=images,
        labels=labels,
        label_names=tuple(f"class {i}" for i in range(int(labels.max()) + 1)),
        factors=np.linspace(0, 1, count, dtype=np.float32)[:, None],
        factor_names=("height",),
    )


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    theme().set_appearance("dark")
    points, labels = clusters()
    explorer, pane = ExplorerState(), PaneState(0)
    explorer.set_data(data_view(labels, np.full((COUNT, 1, 4, 4), 200, np.uint8)))
    latent_map = LatentMap(pane, explorer)
    latent_map.reduced_motion = True
    qtbot.addWidget(latent_map)
    latent_map.resize(400, 300)
    latent_map.show()
    made = Bench(latent_map, pane, explorer, points, qtbot)
    made.give(points)
    made.rest()
    return made
