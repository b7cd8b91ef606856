"""Shortest paths in the nearest-neighbour graph of the codes. Torch-free; imports SciPy only when used."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from trainer.latent import interpolation
from trainer.latent.interpolation import segment_lengths

#: Maximum number of nodes. More hardly refine the paths, while the build time grows with the square.
MOST = 4_000
#: Nearest neighbours that each code is connected to.
NEIGHBOURS = 10
#: Distances computed between two yields: about 10 ms.
_BLOCK = 750_000
#: A stop lies outside the data if its edge to a node is longer than that node's own edges by more than this
#: factor.
_OFF = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class PathSegment:
    """The path from one stop to the next.

    Attributes:
        codes: float32 (p, d), p >= 2, both stops included.
        steps: float64 (p - 1,), Euclidean lengths of the edges in code space.
        gaps: bool (p - 1,), edges across regions without codes: between separate clusters, or to a stop outside
            the data.
    """

    codes: np.ndarray
    steps: np.ndarray
    gaps: np.ndarray


class DataGraph:
    """The connected nearest-neighbour graph of codes. Lengths are Euclidean distances in code space.

    Attributes:
        nodes: float32 (m, d), the codes.
        sources, targets: int (e,), each edge in both directions.
        lengths: float64 (e,).
        bridges: int (b, 2), the edges that were added to connect separate components, once each.
    """

    def __init__(
        self,
        nodes: np.ndarray,
        sources: np.ndarray,
        targets: np.ndarray,
        lengths: np.ndarray,
        bridges: np.ndarray,
    ) -> None:
        self.nodes = nodes
        self.sources, self.targets, self.lengths = sources, targets, lengths
        self.bridges = bridges
        self._bridged = {(low, high) for low, high in np.sort(bridges, axis=1).tolist()}
        #: Length of each node's longest own edge.
        self._reach = np.zeros(len(nodes))
        numbers = [np.minimum(a, b) * len(nodes) + np.maximum(a, b) for a, b in ((sources, targets), bridges.T)]
        own = ~np.isin(*numbers)
        np.maximum.at(self._reach, sources[own], lengths[own])
        # Relative to the mean, because far from zero the norms would cancel the differences.
        self._mean = nodes.mean(axis=0, dtype=np.float64).astype(np.float32) if len(nodes) else np.float32(0)
        self._centred = nodes - self._mean
        self._norms = np.einsum("ij,ij->i", self._centred, self._centred, dtype=np.float64)

    def segments(self, stops: np.ndarray) -> list[PathSegment]:
        """The shortest paths through the graph between consecutive codes of `stops` (s, d): s - 1 of them.

        A stop is connected to its nearest nodes, and to the next stop if that is as near.
        """
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import dijkstra

        stops = np.asarray(stops, np.float32)
        count, known = len(stops), len(self.nodes)
        places = np.concatenate([self.nodes, stops])
        starts, ends, sizes = [self.sources], [self.targets], [self.lengths]
        reach = np.full(count, np.inf)
        off = np.ones(count, bool)
        joined = min(NEIGHBOURS, known)
        for stop in range(count if joined else 0):
            distances = _distances(stops[stop : stop + 1] - self._mean, self._centred, self._norms)[0]
            near = np.argpartition(distances, joined - 1)[:joined]
            reach[stop] = distances[near].max()
            off[stop] = (distances[near] > _OFF * self._reach[near]).all()
            starts.append(np.full(joined, known + stop))
            ends.append(near)
            sizes.append(distances[near])
        straight = segment_lengths(stops)
        for stop, size in enumerate(straight):
            if size <= max(reach[stop], reach[stop + 1]):
                starts.append(np.array([known + stop]))
                ends.append(np.array([known + stop + 1]))
                sizes.append(np.array([size]))
        own = len(self.sources)
        source, target, size = np.concatenate(starts), np.concatenate(ends), np.concatenate(sizes)
        # The graph already contains its edges in both directions.
        rows = np.concatenate([source, target[own:]])
        columns = np.concatenate([target, source[own:]])
        # SciPy treats an entry of zero as a missing edge.
        values = np.maximum(np.concatenate([size, size[own:]]), np.finfo(np.float64).tiny)
        graph = coo_matrix((values, (rows, columns)), shape=(len(places), len(places))).tocsr()
        _, before = dijkstra(graph, indices=np.arange(known, known + count - 1), return_predecessors=True)
        ways = []
        for stop in range(count - 1):
            way = _trace(before[stop], known + stop, known + stop + 1).tolist()
            gaps = [(min(pair), max(pair)) in self._bridged for pair in pairwise(way)]
            gaps[0] |= bool(off[stop])
            gaps[-1] |= bool(off[stop + 1])
            codes = places[way]
            ways.append(PathSegment(codes, segment_lengths(codes), np.array(gaps)))
        return ways

    def path(self, stops: np.ndarray, frames: int) -> tuple[np.ndarray, np.ndarray]:
        """The path through `stops` (s, d) in `frames` evenly spaced codes; see `interpolation.through`."""
        return along(self.segments(stops), frames)


def along(ways: Sequence[PathSegment], frames: int) -> tuple[np.ndarray, np.ndarray]:
    """`frames` codes evenly spaced along the paths of `DataGraph.segments`, and the stops' indices among them."""
    return interpolation.along([way.codes for way in ways], [way.steps for way in ways], frames)


def build_graph(codes: np.ndarray, most: int = MOST, seed: int = 0) -> Generator[None, None, DataGraph]:
    """Build the graph of a random subset of at most `most` of the codes (n, d), without non-finite ones.

    A generator that yields None about every 10 ms and returns the graph. Components that the nearest neighbours
    leave separate are connected by their shortest edges (Borůvka's minimum spanning tree over the components), so
    that every node is reachable from every other.
    """
    usable = np.flatnonzero(np.isfinite(codes).all(axis=1))
    if len(usable) > most:
        usable = np.sort(np.random.default_rng(seed).choice(usable, most, replace=False))
    nodes = np.asarray(codes[usable], np.float32)
    centred = nodes - nodes.mean(axis=0, dtype=np.float64).astype(np.float32) if len(nodes) else nodes
    norms = np.einsum("ij,ij->i", centred, centred, dtype=np.float64)
    joined = min(NEIGHBOURS, len(nodes) - 1)
    sources, targets, lengths = [np.empty(0, np.intp)], [np.empty(0, np.intp)], [np.empty(0)]
    block = max(1, _BLOCK // max(1, len(nodes)))
    for start in range(0, len(nodes) if joined > 0 else 0, block):
        rows = np.arange(start, min(start + block, len(nodes)))
        distances = _distances(centred[rows], centred, norms)
        distances[np.arange(len(rows)), rows] = np.inf
        near = np.argpartition(distances, joined - 1, axis=1)[:, :joined]
        sources.append(np.repeat(rows, joined))
        targets.append(near.ravel())
        lengths.append(np.take_along_axis(distances, near, axis=1).ravel())
        yield
    source, target, length = _both_ways(np.concatenate(sources), np.concatenate(targets), np.concatenate(lengths))
    bridges = np.empty((0, 2), np.intp)
    while True:
        added = yield from _bridges(centred, norms, source, target)
        if not len(added):
            return DataGraph(nodes, source, target, length, bridges)
        bridges = np.concatenate([bridges, added])
        gaps = np.linalg.norm(centred[added[:, 0]] - centred[added[:, 1]], axis=1).astype(np.float64)
        source, target, length = _both_ways(
            np.concatenate([source, added[:, 0]]),
            np.concatenate([target, added[:, 1]]),
            np.concatenate([length, gaps]),
        )


def _bridges(
    nodes: np.ndarray, norms: np.ndarray, sources: np.ndarray, targets: np.ndarray
) -> Generator[None, None, np.ndarray]:
    """The shortest edge out of every component but the largest: int (b, 2), empty if the graph is connected."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(sources)), (sources, targets)), shape=(len(nodes), len(nodes)))
    count, group = connected_components(graph, directed=False)
    if count < 2:
        return np.empty((0, 2), np.intp)
    largest = int(np.bincount(group).argmax())
    best = np.full(count, np.inf)
    joints = np.zeros((count, 2), np.intp)
    outside = np.flatnonzero(group != largest)
    block = max(1, _BLOCK // len(nodes))
    for start in range(0, len(outside), block):
        rows = outside[start : start + block]
        distances = _distances(nodes[rows], nodes, norms)
        distances[group[rows][:, None] == group[None, :]] = np.inf
        nearest = distances.argmin(axis=1)
        sizes = distances[np.arange(len(rows)), nearest]
        for row, other, size in zip(rows, nearest, sizes, strict=True):
            if size < best[group[row]]:
                best[group[row]] = size
                joints[group[row]] = row, other
        yield
    return joints[np.isfinite(best)]


def _distances(some: np.ndarray, others: np.ndarray, norms: np.ndarray) -> np.ndarray:
    """Euclidean distances (k, m) of rows `some` (k, d) to rows `others` (m, d) with squared norms (m,)."""
    squared = np.asarray(some @ others.T, np.float64)
    squared *= -2
    squared += norms
    squared += np.einsum("ij,ij->i", some, some, dtype=np.float64)[:, None]
    np.maximum(squared, 0, out=squared)
    return np.sqrt(squared, out=squared)


def _both_ways(
    sources: np.ndarray, targets: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each edge once in each direction, without duplicates."""
    low, high = np.minimum(sources, targets), np.maximum(sources, targets)
    _, first = np.unique(low * (int(high.max(initial=0)) + 1) + high, return_index=True)
    low, high, once = low[first], high[first], lengths[first]
    return np.concatenate([low, high]), np.concatenate([high, low]), np.concatenate([once, once])


def _trace(before: np.ndarray, start: int, end: int) -> np.ndarray:
    """The node indices from `start` to `end` by predecessors; only the two ends if there is no path."""
    way = [end]
    while way[-1] != start:
        last = int(before[way[-1]])
        if last < 0:
            return np.array([start, end])
        way.append(last)
    return np.array(way[::-1])
