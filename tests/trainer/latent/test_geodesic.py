"""Geodesics of decoders whose geodesics are known."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from trainer.latent.geodesic import Differentiable, Pull, Refined, geodesic


def linear(weight: np.ndarray) -> Differentiable:
    """D(z) = W z."""

    def decode(codes: np.ndarray) -> tuple[np.ndarray, Pull]:
        return codes @ weight.T, lambda cotangents: cotangents @ weight

    return decode


def sphere(codes: np.ndarray) -> tuple[np.ndarray, Pull]:
    """Longitude and latitude to a point of the unit sphere."""
    longitude, latitude = codes.astype(np.float64).T
    cos, sin = np.cos, np.sin
    places = np.stack(
        [cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)], axis=1
    )  # (n, 3)
    east = np.stack([-cos(latitude) * sin(longitude), cos(latitude) * cos(longitude), 0 * latitude], axis=1)
    north = np.stack([-sin(latitude) * cos(longitude), -sin(latitude) * sin(longitude), cos(latitude)], axis=1)

    def pull(cotangents: np.ndarray) -> np.ndarray:
        return np.stack([(cotangents * east).sum(1), (cotangents * north).sum(1)], axis=1)

    return places, pull


def last(decode: Callable, path: np.ndarray, stops: np.ndarray | None = None) -> Refined:
    """The path when it is done."""
    results = [result for result in geodesic(decode, path, stops) if result is not None]
    assert results[-1].done
    assert [result.done for result in results[:-1]] == [False] * (len(results) - 1)
    energies = [result.energy for result in results]
    assert all(after <= before for before, after in pairwise(energies))
    return results[-1]


@pytest.mark.parametrize("latent", [1, 2, 20])
def test_a_linear_decoders_geodesic_is_a_straight_line(latent: int) -> None:
    rng = np.random.default_rng(latent)
    weight = rng.normal(size=(60, latent)).astype(np.float32)
    ends = rng.normal(size=(2, latent)).astype(np.float32)
    straight = np.linspace(ends[0], ends[1], 33)
    bent = straight + rng.normal(scale=0.3, size=straight.shape).astype(np.float32)
    bent[[0, -1]] = ends
    found = last(linear(weight), bent)
    assert np.abs(found.path - straight).max() < 0.01 * np.linalg.norm(ends[1] - ends[0])
    chord = np.mean((weight @ (ends[1] - ends[0])) ** 2)
    assert found.energy == pytest.approx(chord, rel=1e-3)
    assert np.array_equal(found.path[[0, -1]], ends)


def test_a_straight_line_is_left_alone_by_a_linear_decoder() -> None:
    weight = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    straight = np.linspace([0, 0, 0], [1, 2, 3], 17).astype(np.float32)
    assert np.allclose(last(linear(weight), straight).path, straight, atol=1e-4)


def test_a_spheres_geodesic_is_a_great_circle() -> None:
    # Both ends at 50 degrees north: the shortest path leaves the parallel towards the pole.
    ends = np.radians([[-60, 50], [60, 50]]).astype(np.float32)
    path = np.linspace(ends[0], ends[1], 49).astype(np.float32)
    found = last(sphere, path)
    (start, end), _ = sphere(ends)
    angle = np.arccos(start @ end)
    share = np.linspace(0, 1, 49)[:, None]
    circle = (np.sin((1 - share) * angle) * start + np.sin(share * angle) * end) / np.sin(angle)
    reached, _ = sphere(found.path)
    assert np.abs(reached - circle).max() < 0.01
    # The energy is the squared length over the three "pixels" (48 chords approximate the arc).
    assert found.energy == pytest.approx(angle**2 / 3, rel=2e-3)
    parallel = np.radians(120) * np.cos(np.radians(50))
    assert np.sqrt(3 * found.energy) < 0.9 * parallel


def test_a_path_that_is_a_geodesic_already_has_converged() -> None:
    # With many points the gradient consists of rounding errors.
    meridian = np.radians(np.linspace([0, 20], [0, 60], 257)).astype(np.float32)
    meridian[1:-1, 1] += np.spacing(meridian[1:-1, 1]) * np.random.default_rng(0).choice([-2, 0, 2], 255)
    found = last(sphere, meridian)
    assert found.converged
    assert np.allclose(found.path, meridian, atol=1e-5)


def test_stops_in_between_stay() -> None:
    ends = np.radians([[-60, 50], [0, 20], [60, 50]]).astype(np.float32)
    path = np.concatenate([np.linspace(ends[0], ends[1], 17), np.linspace(ends[1], ends[2], 17)[1:]])
    found = last(sphere, path.astype(np.float32), np.array([0, 16, 32]))
    assert np.array_equal(found.path[[0, 16, 32]], ends)
    assert found.path[8, 1] > path[8, 1] + 0.02


def test_a_decoder_that_ignores_codes_is_done_at_once() -> None:
    results = list(geodesic(linear(np.zeros((10, 2), np.float32)), np.eye(2, dtype=np.float32)))
    assert results[-1].done
    assert len([result for result in results if result is not None]) == 1


@pytest.mark.parametrize("path", [np.zeros((9, 2)), np.full((9, 2), np.nan), np.array([[0.0, 0], [1, 1]])])
def test_paths_that_cannot_bend_are_done_at_once(path: np.ndarray) -> None:
    results = [r for r in geodesic(linear(np.eye(2, dtype=np.float32)), path.astype(np.float32)) if r is not None]
    assert len(results) == 1
    assert results[0].done


def test_it_can_be_stopped_between_chunks() -> None:
    decoded = []

    def decode(codes: np.ndarray) -> tuple[np.ndarray, Pull]:
        decoded.append(len(codes))
        return sphere(codes)

    work = geodesic(decode, np.linspace([0, 0.5], [1, 0.5], 64).astype(np.float32))
    assert next(work) is None
    assert decoded == [16]
