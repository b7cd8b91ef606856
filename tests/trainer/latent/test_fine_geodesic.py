"""Geodesics with adaptive resolution: on the bundled decoders, and where a coarse path skips changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import latent_explorer
from latent_explorer.diagnostics import read_weights
from tests.trainer.latent.test_geodesic import sphere
from trainer.latent import fine_geodesic as fine_geodesic_module
from trainer.latent.fine_geodesic import EVEN, fine_geodesic
from trainer.latent.geodesic import Differentiable, Pull, Refined, geodesic
from trainer.latent.interpolation import along, at_places, through
from trainer.metrics.continuity import changes
from trainer.replica.choice import make_replica
from trainer.replica.derivatives import decode_vjp

_BUNDLED = Path(latent_explorer.__file__).parents[1] / "resources" / "pretrained" / "mnist"


@cache
def bundled(family: str) -> Differentiable:
    """The bundled decoder of a family."""
    snapshot = next(snapshot for snapshot in read_weights(_BUNDLED) if snapshot.config.family == family)
    replica = make_replica(snapshot.config)
    replica.load(snapshot)
    return lambda codes: decode_vjp(replica, codes)


def last(make: Callable, decode: Differentiable, path: np.ndarray, *more: object, **options: int) -> Refined:
    """The path when it is done."""
    results = [result for result in make(decode, path, *more, **options) if result is not None]
    assert [result.done for result in results] == [False] * (len(results) - 1) + [True]
    assert all(after.steps >= before.steps for before, after in pairwise(results))
    return results[-1]


def measured(decode: Differentiable, path: np.ndarray, parts: int = 8) -> np.ndarray:
    """Change per step of a path with each step divided into `parts`."""
    places = np.arange((len(path) - 1) * parts + 1) / parts
    return changes(decode(at_places(path, places))[0])


@pytest.mark.parametrize(
    ("family", "stops"),
    [
        ("autoencoder", [[-3.214, 2.1696], [7.8240, 5.6825]]),
        ("autoencoder", [[-3.2656, -1.8978], [2.4698, 6.2551]]),
        ("variational", [[1.0842, 0.1128], [-0.8922, -1.1061]]),
    ],
)
def test_a_path_that_is_done_does_not_leap(family: str, stops: list[list[float]]) -> None:
    decode = bundled(family)
    straight, _ = through(np.array(stops, np.float32), 33)
    coarse = last(geodesic, decode, straight)
    assert measured(decode, coarse.path).sum() > 1.01 * coarse.change.sum() or coarse.change.max() > (
        EVEN * coarse.change.mean()
    )
    found = last(fine_geodesic, decode, straight)
    assert found.converged
    assert found.change.max() < 1.3 * found.change.mean()
    assert measured(decode, found.path).sum() <= 1.01 * found.change.sum()
    assert measured(decode, found.path, 64).sum() < 1.02 * found.change.sum()
    # With many more points there is hardly any further gain; which nearby path that gives depends on rounding.
    finer, _ = along([found.path], [found.change], 513)
    assert found.energy < 1.1 * last(geodesic, decode, finer).energy
    assert np.array_equal(found.path[[0, -1]], straight[[0, -1]])


def test_it_is_no_longer_than_the_straight_path() -> None:
    decode = bundled("autoencoder")
    ends = np.array([[-0.5, 12], [0.4, -7]], np.float32)
    # On 65 points a detour seems shorter; measured finely it is 3.6 % longer.
    straight, _ = through(ends, 65)
    found = last(fine_geodesic, decode, straight)
    assert found.converged
    assert measured(decode, found.path).sum() < measured(decode, straight, 32).sum()


#: Codes between the road and the far side of the wall.
_WALL = 0.02


def walled(codes: np.ndarray) -> tuple[np.ndarray, Pull]:
    """Four hills along y = 0 from x = 0 to 1, and flat ground beyond a narrow, high wall."""
    x, y = codes.astype(np.float64).T
    depth = np.clip(np.abs(y) / _WALL, 0, 1)
    hills = np.where((x > 0) & (x < 1), 0.2 * np.sin(4 * np.pi * x) ** 2, 0)
    slope = np.where((x > 0) & (x < 1), 0.8 * np.pi * np.sin(8 * np.pi * x), 0)
    fade, wall = np.cos(np.pi * depth / 2) ** 2, np.sin(np.pi * depth) ** 2
    towards = np.where(depth < 1, np.pi * np.sign(y) / _WALL, 0)

    def pull(cotangents: np.ndarray) -> np.ndarray:
        along, up, over = cotangents.T
        across = towards * (over * np.sin(2 * np.pi * depth) - up * hills * np.sin(np.pi * depth) / 2)
        return np.stack([along + up * slope * fade, across], axis=1)

    return np.stack([x, hills * fade, wall], axis=1), pull


def test_a_detour_at_the_finest_spacing_gives_way_to_the_straight_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fine_geodesic_module, "_FINER", ())
    straight, stops = through(np.array([[0, 0], [1, 0], [2, 0]], np.float32), 65)
    begun = straight.copy()
    begun[1 : stops[1], 1] = 1.2 * _WALL
    # A coarse path jumps over the wall in its first and last step: it seems half as long, but is twice as long.
    coarse = last(geodesic, walled, begun, stops)
    assert coarse.change.sum() < 0.8 * measured(walled, straight).sum()
    assert measured(walled, coarse.path).sum() > 1.5 * measured(walled, straight).sum()
    found = last(fine_geodesic, walled, begun, stops)
    assert (found.converged, found.flaw) == (False, "detour")
    assert np.abs(found.path[:, 1]).max() < 1e-6
    assert measured(walled, found.path).sum() <= 1.01 * measured(walled, straight, 32).sum()
    assert np.allclose(found.change, changes(walled(found.path)[0]), rtol=1e-4)
    assert found.energy == pytest.approx(len(found.change) * np.square(found.change, dtype=np.float64).sum())
    for start, end in pairwise(found.stops.tolist()):
        assert found.change[start:end].max() < EVEN * found.change[start:end].mean()


def test_leaps_at_the_finest_spacing_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fine_geodesic_module, "_FINER", ())
    ends = np.array([[-3.214, 2.1696], [7.8240, 5.6825]], np.float32)
    found = last(fine_geodesic, bundled("autoencoder"), through(ends, 33)[0])
    assert (found.converged, found.flaw) == (False, "leaps")


def test_the_speed_is_even_between_all_stops() -> None:
    stops = np.radians([[-60, 50], [0, 20], [10, 20]]).astype(np.float32)
    # Many more points in the first interval than in the others.
    path = np.concatenate([through(stops[:2], 30)[0], through(stops[1:], 4)[0][1:]])
    found = last(fine_geodesic, sphere, path, np.array([0, 29, 32]))
    assert found.converged
    assert np.array_equal(found.path[found.stops], stops)
    for start, end in pairwise(found.stops.tolist()):
        assert found.change[start:end].max() < 1.01 * found.change[start:end].mean()


def test_running_out_of_steps_is_not_converging() -> None:
    ends = np.array([[-3.214, 2.1696], [7.8240, 5.6825]], np.float32)
    found = last(fine_geodesic, bundled("autoencoder"), through(ends, 33)[0], most_steps=3)
    assert found.done
    assert (found.converged, found.flaw) == (False, "")


def test_it_can_be_stopped_between_chunks() -> None:
    decoded = []

    def decode(codes: np.ndarray) -> tuple[np.ndarray, Pull]:
        decoded.append(len(codes))
        return sphere(codes)

    path = np.linspace([0, 0.5], [1, 0.5], 9).astype(np.float32)
    seen = 0
    for _ in fine_geodesic(decode, path, chunk=4):
        assert len(decoded) - seen <= 1
        seen = len(decoded)
    assert max(decoded) == 4


@pytest.mark.parametrize("path", [np.zeros((9, 2)), np.full((9, 2), np.nan), np.array([[0.0, 0], [1, 1]])])
def test_paths_that_cannot_bend_are_done_at_once(path: np.ndarray) -> None:
    results = [result for result in fine_geodesic(sphere, path.astype(np.float32)) if result is not None]
    assert len(results) == 1
    assert results[0].done
