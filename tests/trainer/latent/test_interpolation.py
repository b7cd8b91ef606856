"""Interpolation between codes against its definitions."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.latent.interpolation import (
    at_even_distances,
    at_places,
    grid,
    lerp,
    segment_lengths,
    share_out,
    slerp,
    through,
)

SHARES = np.linspace(0, 1, 9)


def test_lerp_is_straight_and_ends_exactly() -> None:
    first, second = np.random.default_rng(0).normal(size=(2, 20)).astype(np.float32)
    path = lerp(first, second, SHARES)
    assert path.dtype == np.float32
    assert np.array_equal(path[0], first)
    assert np.array_equal(path[-1], second)
    assert np.allclose(np.diff(path, axis=0), (second - first) / 8, atol=1e-6)


@pytest.mark.parametrize("latent", [2, 20, 512])
def test_slerp_stays_on_the_sphere_at_constant_angular_speed(latent: int) -> None:
    first, second = np.random.default_rng(1).normal(size=(2, latent))
    first, second = 3 * first / np.linalg.norm(first), 3 * second / np.linalg.norm(second)
    path = slerp(first, second, SHARES)
    assert np.allclose(np.linalg.norm(path, axis=1), 3, atol=1e-5)
    angle = np.arccos(first @ second / 9)
    for share, code in zip(SHARES, path, strict=True):
        exact = (np.sin((1 - share) * angle) * first + np.sin(share * angle) * second) / np.sin(angle)
        assert np.allclose(code, exact, atol=1e-5)


def test_slerp_changes_length_evenly() -> None:
    path = slerp(np.array([1.0, 0]), np.array([0, 3.0]), SHARES)
    assert np.allclose(np.linalg.norm(path, axis=1), 1 + 2 * SHARES, atol=1e-6)
    assert np.allclose(np.arctan2(path[:, 1], path[:, 0]), SHARES * np.pi / 2, atol=1e-6)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([1.0, 2, 3], [2.0, 4, 6]),  # one direction
        ([1.0, 2, 3], [1.0, 2, 3]),  # one code
        ([0.0, 0, 0], [1.0, 2, 3]),  # no direction
        ([0.0, 0, 0], [0.0, 0, 0]),
        ([1.0], [-2.0]),  # one dimension
    ],
)
def test_slerp_is_straight_where_there_is_no_great_circle(first: list[float], second: list[float]) -> None:
    start, end = np.array(first, np.float32), np.array(second, np.float32)
    assert np.allclose(slerp(start, end, SHARES), lerp(start, end, SHARES), atol=1e-6)


def test_slerp_between_opposite_codes_goes_around() -> None:
    start = np.array([2.0, 0.5, 0.0], np.float32)
    path = slerp(start, -start, SHARES)
    assert np.array_equal(path[0], start)
    assert np.array_equal(path[-1], -start)
    assert np.allclose(np.linalg.norm(path, axis=1), np.linalg.norm(start), atol=1e-5)
    assert np.allclose(path[4], [0, 0, np.linalg.norm(start)], atol=1e-5)


def test_slerp_of_codes_that_are_not_finite_raises_nothing() -> None:
    assert not np.isfinite(slerp(np.array([np.nan, 1]), np.array([1.0, 0]), SHARES)[1:]).all()


def test_intervals_are_shared_by_length() -> None:
    assert share_out([1, 1, 2], 16).tolist() == [4, 4, 8]
    assert share_out([1, 1, 1], 16).sum() == 16
    assert share_out([1, 0, 3], 8).tolist() == [2, 1, 5]
    assert share_out([0, 0], 6).tolist() == [3, 3]
    assert share_out([np.nan, 1.0], 4).tolist() == [1, 3]
    assert share_out([1, 2, 3, 4], 3).tolist() == [1, 1, 1, 1]
    rng = np.random.default_rng(2)
    for _ in range(200):
        sizes = rng.exponential(size=rng.integers(1, 9)) ** 3
        intervals = int(rng.integers(len(sizes), 80))
        given = share_out(sizes, intervals)
        assert given.sum() == intervals
        assert given.min() >= 1


@pytest.mark.parametrize("kind", ["lerp", "slerp"])
def test_every_stop_of_a_path_is_a_frame(kind: str) -> None:
    stops = np.random.default_rng(3).normal(size=(5, 7)).astype(np.float32)
    path, places = through(stops, 24, kind)
    assert path.shape == (24, 7)
    assert np.array_equal(path[places], stops)
    assert places[0] == 0
    assert places[-1] == 23


def test_a_path_with_more_stops_than_frames_has_a_frame_for_each() -> None:
    stops = np.arange(8, dtype=np.float32)[:, None]
    path, places = through(stops, 5)
    assert path[:, 0].tolist() == list(range(8))
    assert places.tolist() == list(range(8))
    with pytest.raises(ValueError, match="two stops"):
        through(stops[:1], 5)


def test_the_grid_is_bilinear() -> None:
    corners = np.random.default_rng(4).normal(size=(4, 3)).astype(np.float32)
    codes = grid(corners, 5, 9)
    assert codes.shape == (5, 9, 3)
    assert np.array_equal(codes[[0, 0, -1, -1], [0, -1, 0, -1]], corners)
    assert np.allclose(codes[2, 4], corners.mean(axis=0), atol=1e-6)
    v, u = 0.25, 0.75
    mixed = (1 - v) * ((1 - u) * corners[0] + u * corners[1]) + v * ((1 - u) * corners[2] + u * corners[3])
    assert np.allclose(codes[1, 6], mixed, atol=1e-6)


def test_resampling_evens_out_what_is_measured() -> None:
    # Pictures change with the square of the distance, so equal changes are at square roots.
    way = np.linspace(0, 1, 2001)[:, None]
    even = at_even_distances(way, np.diff(way[:, 0] ** 2), 11)
    assert np.allclose(even[:, 0], np.sqrt(np.linspace(0, 1, 11)), atol=1e-3)


@pytest.mark.parametrize("steps", [np.zeros(4), np.full(4, np.nan), np.full(4, np.inf)])
def test_resampling_without_any_change_is_even(steps: np.ndarray) -> None:
    path = np.arange(5, dtype=np.float32)[:, None]
    assert np.allclose(at_even_distances(path, steps, 9)[:, 0], np.linspace(0, 4, 9))


def test_resampling_keeps_both_ends_where_nothing_changes_there() -> None:
    path = np.arange(5, dtype=np.float32)[:, None]
    even = at_even_distances(path, np.array([0, 1, 1, 0.0]), 5)[:, 0]
    assert even[0] == 0
    assert even[-1] == 4
    assert np.allclose(even[1:4], [1.5, 2, 2.5])


def test_places_lie_between_points() -> None:
    path = np.array([[0.0, 0], [2, 0], [2, 4]])
    assert np.allclose(at_places(path, np.array([0, 0.5, 1.25, 2])), [[0, 0], [1, 0], [2, 1], [2, 4]])
    assert segment_lengths(path).tolist() == [2, 4]
