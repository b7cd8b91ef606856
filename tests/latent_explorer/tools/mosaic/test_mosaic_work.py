"""Tiles: their size, their places, and pictures of other kinds than MNIST's."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.core.view_transform import ViewTransform
from latent_explorer.tools.mosaic.work import MosaicWork, TileGrid, magnification
from tests.latent_explorer.build import VAE
from trainer.config import ModelConfig
from trainer.latent import plane as planes
from trainer.networks.description import plain_network
from trainer.replica.choice import make_replica
from trainer.reports import Snapshot

VIEW = ViewTransform(300, 200, 0.3, -0.2, 60)


def look(shape=(1, 28, 28), latent=2, weights=True) -> Look:
    config = ModelConfig(family="variational", latent=latent, widths=(8,), shape=shape)
    rng = np.random.default_rng(0)
    arrays = {
        name: rng.normal(0, 0.5, size).astype(np.float32)
        for name, size in plain_network(config, posterior=True).shapes.items()
    }
    snapshot = Snapshot(number=7, step=0, config=config, weights=arrays) if weights else None
    codes = rng.normal(size=(50, latent)).astype(np.float32)
    plane = planes.raw(latent) if latent <= 2 else planes.pca(codes)
    pane_codes = PaneCodes(np.arange(50), codes, plane.project(codes), 7, snapshot)
    return Look(
        index=0,
        model=PaneModel(config, VAE, 1),
        codes=pane_codes,
        plane=plane,
        hidden=np.zeros(latent, np.float32),
        view=VIEW,
    )


def work() -> MosaicWork:
    return MosaicWork(ReplicaCache(lambda config, traits: make_replica(config)))


def answers(steps):
    return [answer for answer in steps if answer is not None]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((1, 28, 28), (2, 1)),
        ((3, 32, 32), (2, 1)),
        ((3, 64, 64), (1, 1)),
        ((3, 128, 128), (1, 2)),
        ((1, 8, 8), (6, 1)),
        ((1, 48, 20), (1, 1)),
    ],
)
def test_tiles_are_whole_multiples_of_the_pictures(shape, expected):
    assert magnification(shape) == expected
    times, shrink = expected
    assert 40 <= max(shape[1:]) * times / shrink <= 64


def test_tiles_cover_the_view_and_stay_in_their_places():
    grid = TileGrid.over(VIEW, 56)
    left, bottom, right, top = VIEW.rect
    assert (grid.left - 0.5) * grid.pitch <= left < (grid.left + 0.5) * grid.pitch
    assert (grid.left + grid.columns - 1.5) * grid.pitch < right <= (grid.left + grid.columns - 0.5) * grid.pitch
    assert (grid.bottom - 0.5) * grid.pitch <= bottom
    assert top <= (grid.bottom + grid.rows - 0.5) * grid.pitch
    assert TileGrid.over(VIEW.panned(11, 7), 56).pitch == grid.pitch
    places = grid.from_the_middle()
    assert len(set(places)) == grid.columns * grid.rows
    away = [
        abs(i - grid.left - (grid.columns - 1) / 2) + abs(j - grid.bottom - (grid.rows - 1) / 2) for i, j in places
    ]
    assert away[0] <= 1 < away[-1]


def test_a_view_with_room_for_too_many_tiles_gets_larger_ones():
    grid = TileGrid.over(dataclasses.replace(VIEW, width=4000, height=4000), 24)
    assert grid.columns * grid.rows <= 3_000


@pytest.mark.parametrize("shape", [(1, 28, 28), (3, 32, 32), (3, 128, 128), (1, 20, 48)])
@pytest.mark.parametrize("latent", [1, 2, 20, 512])
def test_each_tile_is_decoded_at_its_middle(shape, latent):
    this = look(shape, latent)
    picture = answers(work().pictures(this))[-1]
    times, shrink = magnification(shape)
    side = round(picture.pitch * picture.scale)
    assert picture.complete
    assert picture.number == 7
    assert picture.pixels.shape[0] % side == picture.pixels.shape[1] % side == 0
    if shrink > 1:
        return
    row, column = 1, 2
    x, y = picture.left + (column + 0.5) * picture.pitch, picture.top - (row + 0.5) * picture.pitch
    replica = make_replica(this.model.config)
    replica.load(this.codes.snapshot)
    expected = replica.decode(this.plane.lift(np.array([x, y]), this.hidden)[None])[0]
    expected = np.repeat(expected, 3, axis=2) if shape[0] == 1 else expected[..., :3]
    expected = expected.repeat(times, axis=0).repeat(times, axis=1)
    tile = picture.pixels[row * side : (row + 1) * side, column * side : (column + 1) * side]
    down, across = (side - expected.shape[0]) // 2, (side - expected.shape[1]) // 2
    tile = tile[down : down + expected.shape[0], across : across + expected.shape[1]]
    assert (tile[..., 3] == 255).all()
    assert np.abs(tile[..., 2::-1].astype(int) - expected.astype(int)).max() <= 1


def test_a_pan_decodes_only_what_is_new():
    this, worker = look(), work()
    first = answers(worker.pictures(this))[-1]
    decoded = []
    replica = worker._replicas.of(this.codes.snapshot, this.model.traits)
    decode = replica.decode
    replica.decode = lambda codes: decoded.append(len(codes)) or decode(codes)
    second = answers(worker.pictures(this.seen_from(VIEW.panned(60, 0))))
    assert 0 < sum(decoded) < first.tiles / 2
    assert second[0].pixels.any()
    decoded.clear()
    answers(worker.pictures(this))
    assert not decoded


def test_without_weights_there_is_a_reason():
    (picture,) = answers(work().pictures(look(weights=False)))
    assert picture.reason == "weights"


def test_a_diverged_model_is_black():
    this = look()
    for array in this.codes.snapshot.weights.values():
        array[:] = np.nan
    picture = answers(work().pictures(this))[-1]
    assert not picture.pixels[..., :3].any()
