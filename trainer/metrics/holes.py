"""Whether there are data at a point of code space: its distance to the nearest codes, relative to that of images.

A decoder was trained on draws of q(z|x), so a point is compared with one such draw per image (`trainer.latent.
aggregated`), or with the codes without a posterior. Two numbers with the same meaning in 2, 20 and 512 dimensions
are computed from r, the distance to the k-th nearest of these codes:

- **p**: the share of m images held back from the search that are at places as sparse as this one, or sparser: a
  conformal p-value (`trainer.metrics.conformal`), exact for fresh draws in any number of dimensions. At `ALARM` or
  below there are no data here. One-sided: a place that is nearer to codes than they are to each other is fine.
- the **log ratio** ln(median own distance / r): the log density (k nearest neighbours estimate k / (n V_d r^d))
  against that of a typical image *per dimension*. 0 is typical, -1 is e times as far from the nearest images.

Torch-free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trainer.latent.aggregated import aggregated
from trainer.latent.density import Steps
from trainer.metrics.conformal import held_back, p_values
from trainer.posteriors import GaussianPosterior, Posterior

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

#: k of the k-th nearest neighbour.
NEIGHBOURS = 10
#: Maximum numbers of codes that are searched and that are held back: in few dimensions, where a tree finds
#: neighbours, and in many, where each distance is computed (100 ms in total).
MOST = (10_000, 5_000)
HELD_BACK = (1_999, 999)
#: Additional candidates that are compared exactly, to compensate for rounding in the fast comparison.
_SPARE = 8
#: Distances per piece of work: about 25 ms.
_PAIRS = 1_000_000
#: Up to this many dimensions a tree is faster than matrix products.
_TREE_DIMENSIONS = 3
_TREE_QUERIES = 64
#: Codes whose spread is less than this share of their magnitude are equal up to rounding.
_SAME = 1e-6


class CodeDensity:
    """How dense the codes of a data set are around a point. Not thread-safe.

    Measured on a seeded subset of the finite codes, split in two: those that are searched, and those held back. A
    query that is one of the codes searched is not its own neighbour.

    Attributes:
        latent: d.
        count: number of codes searched.
        neighbours: k of the k-th nearest neighbour; less than requested if there are fewer codes.
        held_back: float32 (m,), distances at the held-back images, ascending.
        unit: their median, in code units; the distance at which the log ratio is 0.
        spread: root mean squared distance of all these codes from their mean, in code units.
        reason: why nothing can be measured, one of "codes" (too few), "large", "same"; "" if it can. Every
            measure is NaN then.
    """

    def __init__(
        self,
        codes: np.ndarray,
        sigmas: np.ndarray | None = None,
        *,
        neighbours: int = NEIGHBOURS,
        most: int | None = None,
        held_back: int | None = None,
        seed: int = 0,
        posterior: type[Posterior] = GaussianPosterior,
    ) -> None:
        """`codes` and `sigmas` (the σ of q(z|x), a `posterior`): float32 (n, d). Measures immediately; see
        `measured`.

        `most` and `held_back` are `MOST` and `HELD_BACK` unless given.
        """
        for _ in self._made(codes, sigmas, neighbours, most, held_back, seed, posterior):
            pass

    @classmethod
    def measured(
        cls,
        codes: np.ndarray,
        sigmas: np.ndarray | None = None,
        *,
        neighbours: int = NEIGHBOURS,
        most: int | None = None,
        held_back: int | None = None,
        seed: int = 0,
        posterior: type[Posterior] = GaussianPosterior,
    ) -> Steps[CodeDensity]:
        """The constructor as a generator: yields None about every 25 ms, returns the density."""
        density = cls.__new__(cls)
        yield from density._made(codes, sigmas, neighbours, most, held_back, seed, posterior)
        return density

    def _made(
        self,
        codes: np.ndarray,
        sigmas: np.ndarray | None,
        neighbours: int,
        most: int | None,
        kept: int | None,
        seed: int,
        posterior: type[Posterior],
    ) -> Steps[None]:
        if codes.ndim != 2:
            raise ValueError("codes must be an array of shape (n, d)")
        self.latent = codes.shape[1]
        many = self.latent > _TREE_DIMENSIONS
        most = MOST[many] if most is None else most
        kept = HELD_BACK[many] if kept is None else kept
        drawn = yield from aggregated(codes, sigmas, most + kept, seed, posterior)
        self._prepare(drawn, held_back(len(drawn), kept), neighbours)
        yield None
        if not self.reason:
            yield from self._measure()

    def _prepare(self, drawn: np.ndarray, kept: int, neighbours: int) -> None:
        mean = drawn.mean(axis=0, dtype=np.float64) if len(drawn) else np.zeros(self.latent)
        self._mean = mean.astype(np.float32)
        # Distances are taken about the mean: far from zero the norms would cancel the differences.
        drawn -= self._mean
        with np.errstate(over="ignore"):
            half_norms = 0.5 * np.einsum("ij,ij->i", drawn, drawn)
        self._kept, self._codes, self._half_norms = drawn[:kept], drawn[kept:], half_norms[kept:]
        self.count = len(self._codes)
        self.neighbours = max(1, min(neighbours, self.count - 1))
        self.spread = float(np.sqrt(2 * half_norms.mean(dtype=np.float64))) if len(drawn) else 0.0
        self.held_back = np.empty(0, np.float32)
        self.unit = 0.0
        self.reason = ""
        self._tree: cKDTree | None = None
        size = float(np.linalg.norm(mean)) + self.spread
        if not kept:
            self.reason = "codes"
        elif not np.isfinite(self.spread):
            self.reason = "large"
        elif not self.spread > _SAME * size:
            self.reason = "same"

    def _measure(self) -> Steps[None]:
        kept = self._kept
        step = max(1, _PAIRS // self.count) if self.latent > _TREE_DIMENSIONS else len(kept)
        own = np.empty(len(kept), np.float32)
        for start in range(0, len(kept), step):
            own[start : start + step] = self._distances(kept[start : start + step])
            yield None
        self.held_back = np.sort(own)
        self.held_back.setflags(write=False)
        self.unit = float(np.median(own))
        if not self.unit > 0:
            # More than half of the images share their code with ten others; the remaining ones define the unit.
            positive = own[own > 0]
            self.unit = float(np.median(positive)) if len(positive) else self.spread

    # ------------------------------------------------------------ measures

    def distances(self, codes: np.ndarray) -> np.ndarray:
        """Distance of each of `codes` (n, d) to its `neighbours`-th nearest image: float32 (n,), in code units."""
        codes = np.asarray(codes, np.float32)
        if codes.ndim != 2 or codes.shape[1] != self.latent:
            raise ValueError(f"codes must have shape (n, {self.latent}), not {codes.shape}")
        if self.reason:
            return np.full(len(codes), np.nan, np.float32)
        found = np.full(len(codes), np.nan, np.float32)
        usable = np.isfinite(codes).all(axis=1)
        found[usable] = self._distances(codes[usable] - self._mean)
        return found

    def log_ratio(self, codes: np.ndarray) -> np.ndarray:
        """ln(`unit` / distance) at `codes` (n, d): log density per dimension relative to a typical image's,
        float32 (n,).

        +inf if more than `neighbours` images share the point's code, NaN for codes that are not finite.
        """
        return self.log_ratio_of(self.distances(codes))

    def p(self, codes: np.ndarray) -> np.ndarray:
        """The share of images in places as sparse as `codes` (n, d), or sparser: float64 (n,), 1/(1 + m) to 1.

        NaN for codes that are not finite.
        """
        return self.p_of(self.distances(codes))

    def log_ratio_of(self, distances: np.ndarray) -> np.ndarray:
        """The log ratio at places with these distances, float32 of the same shape."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.log(np.float32(self.unit) / distances).astype(np.float32)

    def p_of(self, distances: np.ndarray) -> np.ndarray:
        """p at places with these distances, float64 of the same shape."""
        return p_values(self.held_back, distances)

    def on_plane(self, origin: np.ndarray, axes: np.ndarray) -> PlaneDensity:
        """This density for points of a plane: `origin` is a code (d,), `axes` orthonormal rows (k, d), k at most
        2.
        """
        return PlaneDensity(self, self._codes, np.asarray(origin, np.float32) - self._mean, axes)

    # ------------------------------------------------------------ search

    def _distances(self, centred: np.ndarray) -> np.ndarray:
        """The distances of finite points (m, d), given relative to the mean."""
        if self.latent <= _TREE_DIMENSIONS and len(centred) >= _TREE_QUERIES:
            if self._tree is None:
                self._tree = make_tree(self._codes)
            return kth_distances(self._tree, centred, self.neighbours)
        found = np.empty(len(centred), np.float32)
        step = max(1, _PAIRS // self.count)
        for start in range(0, len(centred), step):
            found[start : start + step] = self._by_products(centred[start : start + step])
        return found

    def _by_products(self, centred: np.ndarray) -> np.ndarray:
        """Choose candidates by squared distances from a matrix product, then compute their distances exactly."""
        with np.errstate(over="ignore", invalid="ignore"):
            scores = self._half_norms - centred @ self._codes.T
            kept = min(self.neighbours + 1 + _SPARE, self.count)
            candidates = np.argpartition(scores, kept - 1, axis=1)[:, :kept]
            found = np.linalg.norm(self._codes[candidates] - centred[:, None], axis=2)
        return _without_itself(np.sort(found, axis=1), self.neighbours)


class PlaneDensity:
    """`CodeDensity` for points of a plane, as fast in 512 dimensions as in 2.

    Relative to a plane, a code is its position on the plane and its distance from it: distances from points of the
    plane need only these three numbers, and three dimensions are few enough for a tree.
    """

    def __init__(self, density: CodeDensity, codes: np.ndarray, origin: np.ndarray, axes: np.ndarray) -> None:
        """`codes` (n, d) and `origin` (d,) relative to the same point; see `CodeDensity.on_plane`."""
        self._density = density
        self._axes = len(axes)
        self._tree: cKDTree | None = None
        if density.reason or not np.isfinite(origin).all():
            return
        centred = codes - origin
        flat = centred @ np.asarray(axes, np.float32).T
        heights = (
            np.linalg.norm(centred - flat @ axes, axis=1) if len(origin) > len(axes) else np.zeros(len(codes))
        )
        self._tree = make_tree(np.column_stack([flat, heights]))

    def distances(self, points: np.ndarray) -> np.ndarray:
        """`CodeDensity.distances` at points (n, 2) of the plane, in coordinates along its axes."""
        if self._tree is None:
            return np.full(len(points), np.nan, np.float32)
        places = np.zeros((len(points), self._axes + 1))
        places[:, : self._axes] = points[:, : self._axes]
        return kth_distances(self._tree, places, self._density.neighbours)


def make_tree(points: np.ndarray) -> cKDTree:
    """A search tree over points (n, few). Imports SciPy, which takes half a second the first time."""
    from scipy.spatial import cKDTree

    return cKDTree(points)


def kth_distances(tree: cKDTree, points: np.ndarray, neighbours: int) -> np.ndarray:
    """Distance of finite points to their `neighbours`-th nearest other point in the tree, float32 (n,)."""
    wanted = min(neighbours + 1, tree.n)
    found, _ = tree.query(points, k=wanted)
    return _without_itself(np.reshape(found, (len(points), wanted)), neighbours)


def _without_itself(distances: np.ndarray, neighbours: int) -> np.ndarray:
    """The `neighbours`-th of ascending distances (n, m), not counting one that is 0: the point itself."""
    last = distances.shape[1] - 1
    itself = distances[:, 0] == 0
    place = np.where(itself, min(neighbours, last), min(neighbours - 1, last))
    return np.take_along_axis(distances, place[:, None], axis=1)[:, 0].astype(np.float32)
