"""Paths through the nearest-neighbour graph: they follow the data, and always exist."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree
from sklearn.neighbors import NearestNeighbors

from trainer.latent.data_paths import NEIGHBOURS, DataGraph, build_graph


def built(codes: np.ndarray, most: int = 4000) -> DataGraph:
    """Run the generator to its end."""
    work = build_graph(codes, most)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_joints_are_the_nearest_neighbours() -> None:
    codes = np.random.default_rng(0).normal(size=(900, 5)).astype(np.float32) + 40
    graph = built(codes)
    _, nearest = NearestNeighbors(n_neighbors=NEIGHBOURS + 1).fit(codes).kneighbors(codes)
    pairs = {(min(a, b), max(a, b)) for a, row in enumerate(nearest[:, 1:]) for b in row}
    found = {(int(a), int(b)) for a, b in zip(graph.sources, graph.targets, strict=True) if a < b}
    assert len(found ^ pairs) <= 0.002 * len(pairs)  # equal up to the rounding of nearly equal distances
    assert len(graph.bridges) == 0
    exact = np.linalg.norm(codes[graph.sources].astype(float) - codes[graph.targets], axis=1)
    assert np.allclose(graph.lengths, exact, atol=1e-4)


def test_the_way_along_an_arc_follows_it() -> None:
    rng = np.random.default_rng(1)
    angle = rng.uniform(0, np.pi, 3000)
    codes = np.stack([np.cos(angle), np.sin(angle)], 1).astype(np.float32)
    codes += rng.normal(scale=0.01, size=codes.shape).astype(np.float32)
    path, places = built(codes).path(np.array([[1, 0], [-1, 0]], np.float32), 33)
    assert path.shape == (33, 2)
    assert places.tolist() == [0, 32]
    assert np.allclose(np.linalg.norm(path, axis=1), 1, atol=0.06)
    assert np.array_equal(path[[0, -1]], np.array([[1, 0], [-1, 0]], np.float32))
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert steps.max() < 1.2 * np.median(steps)


def test_clusters_apart_are_bridged_where_they_are_closest() -> None:
    rng = np.random.default_rng(2)
    centres = np.array([[0, 0], [10, 0], [0, 10], [30, 30.0]])
    codes = np.concatenate([centre + rng.normal(scale=0.3, size=(60, 2)) for centre in centres]).astype(np.float32)
    graph = built(codes)
    assert len(graph.bridges) == 3
    size = len(graph.nodes)
    whole = coo_matrix((graph.lengths, (graph.sources, graph.targets)), shape=(size, size))
    assert connected_components(whole, directed=False)[0] == 1
    # The bridges are the edges of a minimum spanning tree over all codes that connect the clusters.
    difference = codes[:, None].astype(float) - codes[None].astype(float)
    tree = minimum_spanning_tree(np.sqrt((difference**2).sum(2))).tocoo()
    cluster = np.arange(240) // 60
    between = {
        tuple(sorted((int(a), int(b)))) for a, b in zip(*tree.coords, strict=True) if cluster[a] != cluster[b]
    }
    crossing = {
        (int(a), int(b))
        for a, b in zip(graph.sources, graph.targets, strict=True)
        if a < b and cluster[a] != cluster[b]
    }
    assert crossing == between
    path, _ = graph.path(np.array([[0, 0], [30, 30]], np.float32), 16)
    assert np.isfinite(path).all()


def test_several_stops_are_all_on_the_way() -> None:
    codes = np.random.default_rng(3).normal(size=(500, 3)).astype(np.float32)
    stops = codes[[3, 200, 77]]
    path, places = built(codes).path(stops, 20)
    assert np.array_equal(path[places], stops)
    assert len(path) == 20


@pytest.mark.parametrize(
    "codes",
    [
        np.empty((0, 2), np.float32),
        np.zeros((1, 2), np.float32),
        np.zeros((300, 2), np.float32),  # collapsed
        np.full((50, 2), np.nan, np.float32),
    ],
)
def test_few_equal_and_broken_codes_still_give_a_way(codes: np.ndarray) -> None:
    stops = np.array([[1, 0], [0, 1]], np.float32)
    path, places = built(codes).path(stops, 9)
    assert np.isfinite(path).all()
    assert np.array_equal(path[places], stops)


def test_one_and_many_dimensions() -> None:
    rng = np.random.default_rng(4)
    for latent in (1, 512):
        codes = rng.normal(size=(300, latent)).astype(np.float32)
        codes[5] = np.nan
        graph = built(codes)
        assert len(graph.nodes) == 299
        path, _ = graph.path(codes[[0, 1]], 12)
        assert path.shape == (12, latent)


def test_a_large_set_is_thinned_out_the_same_way_each_time() -> None:
    codes = np.random.default_rng(5).normal(size=(3000, 2)).astype(np.float32)
    first, second = built(codes, most=400), built(codes, most=400)
    assert len(first.nodes) == 400
    assert np.array_equal(first.nodes, second.nodes)


def test_equal_stops_and_stops_on_nodes() -> None:
    codes = np.random.default_rng(6).normal(size=(200, 2)).astype(np.float32)
    path, _ = built(codes).path(codes[[0, 0]], 5)
    assert np.allclose(path, codes[0])


def test_gaps_on_the_way_are_known() -> None:
    rng = np.random.default_rng(0)
    left = rng.normal(scale=0.3, size=(500, 2))
    right = rng.normal([20, 0], 0.3, size=(500, 2))
    graph = built(np.concatenate([left, right]).astype(np.float32))
    (low, high), *rest = np.sort(graph.bridges, axis=1).tolist()
    assert not rest
    (across,) = graph.segments(np.array([[0, 0], [20, 0]], np.float32))
    assert across.gaps.sum() == 1
    assert across.steps[across.gaps][0] == pytest.approx(np.linalg.norm(graph.nodes[low] - graph.nodes[high]))
    assert across.steps[across.gaps][0] > 17
    (within,) = graph.segments(np.array([[-0.4, 0], [0.4, 0]], np.float32))
    assert not within.gaps.any()


def test_a_stop_that_lies_off_the_data_is_reached_across_a_gap() -> None:
    graph = built(np.random.default_rng(1).normal(size=(800, 2)).astype(np.float32))
    for stops, expected in (([[0, 0], [30, 0]], 30), ([[30, 0], [30, 1]], 1)):
        (way,) = graph.segments(np.array(stops, np.float32))
        assert way.gaps[-1]
        assert way.steps[way.gaps].sum() == pytest.approx(expected, abs=4)
    first, second = graph.segments(graph.nodes[[3, 200, 77]])
    assert not first.gaps.any()
    assert not second.gaps.any()
