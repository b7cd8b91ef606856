import numpy as np
import pytest

from latent_explorer.map import point_chunks
from latent_explorer.map.point_chunks import PointChunks


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(point_chunks, "CHUNK", 1_000)


def cloud(count, seed=0):
    return np.random.default_rng(seed).normal(0, 2, (count, 2)).astype(np.float32)


@pytest.mark.parametrize("count", [1, 999, 1_000, 1_001, 7_777, 12_000])
def test_every_point_is_in_exactly_one_chunk(small, count):
    chunks = PointChunks(cloud(count))
    index = np.concatenate([chunks.chunk(i).index for i in range(chunks.count)])
    assert np.array_equal(np.sort(index), np.arange(count))


def test_a_chunk_is_a_fair_sample_of_rows_in_any_order(small):
    chunks = PointChunks(cloud(20_000))
    rows = chunks.rows(0)
    assert np.array_equal(np.sort(rows // chunks.count), np.arange(1_000))  # one of every 20 rows
    assert np.bincount(rows % chunks.count, minlength=20).min() > 20  # at random offsets
    assert abs(np.corrcoef(np.arange(1_000), rows)[0, 1]) < 0.1


@pytest.mark.parametrize("rect", [(-1, -1, 1, 1), (0, 0, 0.01, 0.01), (-50, 2, 50, 60), (30, 30, 40, 40)])
def test_culling_loses_nothing_that_is_in_view(small, rect):
    points = cloud(5_000)
    points[0] = (35, 35)  # far outside the grid
    chunks = PointChunks(points)
    labels = np.arange(5_000)
    chunks.set_colours((labels % 250).astype(np.uint8))
    seen = [chunks.visible(i, rect) for i in range(chunks.count)]
    found = {(x, y) for xs, ys, _ in seen for x, y in zip(xs.tolist(), ys.tolist(), strict=True)}
    left, bottom, right, top = rect
    x, y = points.T
    inside = points[(x >= left) & (x <= right) & (y >= bottom) & (y <= top)]
    assert {tuple(point) for point in inside.tolist()} <= found
    if rect == (-1, -1, 1, 1):
        assert len(found) < 2_500


def test_colours_follow_their_points(small):
    points = cloud(3_000)
    chunks = PointChunks(points)
    colours = (np.arange(3_000) % 200).astype(np.uint8)
    chunks.set_colours(colours)
    for number in range(chunks.count):
        chunk = chunks.chunk(number)
        assert np.array_equal(points[chunk.index, 0], chunk.x)
        assert np.array_equal(colours[chunk.index], chunks.colour(chunk))


def test_nearest_against_brute_force(small):
    points = cloud(4_000)
    chunks = PointChunks(points)
    for number in range(chunks.count):
        chunks.chunk(number)
    for x, y in np.random.default_rng(1).normal(0, 3, (50, 2)):
        distances = np.hypot(points[:, 0] - x, points[:, 1] - y)
        expected = int(distances.argmin()) if distances.min() <= 0.3 else None
        assert chunks.nearest(x, y, 0.3) == expected


def test_what_is_not_finite_is_left_out_and_counted():
    points = cloud(500)
    points[:7] = np.nan
    points[7, 1] = np.inf
    chunks = PointChunks(points)
    assert len(chunks.chunk(0).x) == 492
    assert chunks.left_out == 8
    nothing = PointChunks(np.full((5, 2), np.nan, np.float32))
    assert len(nothing.chunk(0).x) == 0
    assert nothing.density() == 0
    assert nothing.nearest(0, 0, 1) is None


def test_all_points_in_one_place():
    chunks = PointChunks(np.full((100, 2), 3.0, np.float32))
    assert len(chunks.chunk(0).x) == 100
    assert chunks.nearest(3, 3, 0.1) is not None
    assert np.isfinite(chunks.density())


def test_density_of_a_known_cloud():
    # 40,000 points, uniform in the unit square: the density is 40,000 for every grid.
    points = np.random.default_rng(0).uniform(0, 1, (40_000, 2)).astype(np.float32)
    assert PointChunks(points).density() == pytest.approx(40_000, rel=0.1)
