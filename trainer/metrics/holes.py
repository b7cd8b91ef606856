"""Whether there are data at a point of code space: how far the nearest codes are, against the images' own.

The density that k nearest neighbours estimate at z is k / (n V_d r^d), with r the distance from z to the k-th
nearest of n codes. As a number it says nothing: it is 1e-30 in many dimensions and 1e3 in few. Two numbers that
mean the same in 2, 20 and 512 dimensions are made of r and of the images' own distances (each to its k-th
nearest *other* image):

- the **log ratio** ln(median own distance / r): the log density against that of a typical image *per
  dimension*. 0 is typical, -1 is e times as far from the nearest images. In many dimensions distances
  concentrate, and all images lie within a few hundredths of 0.
- the **typicality**: the share of images that lie in places as sparse as this one, or sparser. It is a rank, so
  it is spread evenly over [0, 1] for images, trained on or not, in any dimension (a conformal p-value: Vovk,
  Gammerman & Shafer 2005). 0 says: sparser than at every image; there are no data here.

Both ends of the typicality are unusual. In many dimensions codes lie on a shell, and a point in the midst of
the cloud is *closer* to codes than they are to each other (an autoencoder's codes are often spread widely, so
that N(0, I) falls there): nothing is encoded there either, although a test that asks only for far points passes
it. `two_sided` is the p-value that asks for both. In one or two dimensions the densest places are where most
images are, so that only sparse ones count there: `share` is the one or the other. Torch-free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trainer.latent.density import Steps

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

#: Which neighbour's distance is taken.
NEIGHBOURS = 10
#: Codes that are searched, and those of them whose own distances are measured, at most: in few dimensions, where
#: a tree finds neighbours, and in many, where each distance is computed (100 ms in all).
MOST = (10_000, 5_000)
REFERENCES = (2_000, 1_000)
#: In more dimensions than these the densest places are as empty of images as the sparsest.
ONE_SIDED = 2
#: More candidates than needed are compared exactly, against rounding in the quick comparison.
_SPARE = 8
#: Distances in one piece of work: some 25 ms.
_PAIRS = 1_000_000
#: A tree beats products in so few dimensions.
_TREE_DIMENSIONS = 3
_TREE_QUERIES = 64
#: Codes whose spread is less than this share of their size are all the same number but for rounding.
_SAME = 1e-6


class CodeDensity:
    """How dense the codes of a data set are around a point. Not for two threads at once.

    Measured on a seeded subset of the finite codes. A query that is one of its codes is not its own neighbour,
    so that an image's place gets the image's own distance.

    Attributes:
        latent: d.
        count: codes searched.
        neighbours: which neighbour's distance is taken; fewer than asked for if there are fewer codes.
        references: float32 (m,), the images' own distances, ascending.
        unit: their median, in code units; the distance at which the log ratio is 0.
        spread: root mean squared distance of the codes from their mean, in code units.
        reason: why nothing can be measured, one sentence; "" if it can. Every measure is NaN then.
    """

    def __init__(
        self,
        codes: np.ndarray,
        *,
        neighbours: int = NEIGHBOURS,
        most: int | None = None,
        references: int | None = None,
        seed: int = 0,
    ) -> None:
        """`codes` is float32 (n, d); rows that are not finite are left out. Measures at once; see `measured`.

        `most` and `references` are `MOST` and `REFERENCES` unless given.
        """
        for _ in self._made(codes, neighbours, most, references, seed):
            pass

    @classmethod
    def measured(
        cls,
        codes: np.ndarray,
        *,
        neighbours: int = NEIGHBOURS,
        most: int | None = None,
        references: int | None = None,
        seed: int = 0,
    ) -> Steps[CodeDensity]:
        """The same in pieces of some 25 ms: yields None between them, returns the density."""
        density = cls.__new__(cls)
        yield from density._made(codes, neighbours, most, references, seed)
        return density

    def _made(
        self, codes: np.ndarray, neighbours: int, most: int | None, references: int | None, seed: int
    ) -> Steps[None]:
        codes = np.asarray(codes, np.float32)
        if codes.ndim != 2:
            raise ValueError("codes must be an array of shape (n, d)")
        self.latent = codes.shape[1]
        step = max(1, _PAIRS // max(1, self.latent))
        usable = [np.empty(0, np.intp)]
        for start in range(0, len(codes), step):
            usable.append(start + np.flatnonzero(np.isfinite(codes[start : start + step]).all(axis=1)))
            yield None
        rows = np.concatenate(usable)
        if most is None:
            most = MOST[self.latent > _TREE_DIMENSIONS]
        if len(rows) > most:
            rows = rows[np.sort(np.random.default_rng(seed).choice(len(rows), most, replace=False))]
        self._prepare(codes[rows], neighbours)
        yield None
        yield from self._measure(references, seed)

    def _prepare(self, finite: np.ndarray, neighbours: int) -> None:
        mean = finite.mean(axis=0, dtype=np.float64) if len(finite) else np.zeros(self.latent)
        self._mean = mean.astype(np.float32)
        # Distances are taken about the mean: far from zero the norms would swallow the differences.
        self._codes = finite - self._mean
        self._half_norms = 0.5 * np.einsum("ij,ij->i", self._codes, self._codes)
        self.count = len(finite)
        self.neighbours = max(1, min(neighbours, self.count - 1))
        self.spread = float(np.sqrt(2 * self._half_norms.mean(dtype=np.float64))) if self.count else 0.0
        self.references = np.empty(0, np.float32)
        self.unit = 0.0
        self.reason = ""
        self._tree: cKDTree | None = None
        size = float(np.linalg.norm(mean)) + self.spread
        if self.count < 2:
            self.reason = "Density needs the codes of at least two images."
        elif not np.isfinite(self.spread):
            self.reason = "The codes are too large to measure distances."
        elif not self.spread > _SAME * size:
            self.reason = "All images have the same code: there is no denser or sparser place."

    def _measure(self, references: int | None, seed: int) -> Steps[None]:
        if self.reason:
            return
        if references is None:
            references = REFERENCES[self.latent > _TREE_DIMENSIONS]
        rng = np.random.default_rng(seed)
        chosen = rng.permutation(self.count)[:references]
        step = max(1, _PAIRS // self.count) if self.latent > _TREE_DIMENSIONS else len(chosen)
        own = np.empty(len(chosen), np.float32)
        for start in range(0, len(chosen), step):
            rows = chosen[start : start + step]
            own[start : start + step] = self._distances(self._codes[rows])
            yield None
        self.references = np.sort(own)
        self.references.setflags(write=False)
        self.unit = float(np.median(own))
        if not self.unit > 0:
            # More than half of the images share their code with ten others; those that do not give the unit.
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
        """ln(`unit` / distance) at `codes` (n, d): log density a dimension over a typical image's, float32 (n,).

        +inf where `neighbours` images and one more share the point's code, NaN for codes that are not finite.
        """
        return self.log_ratio_of(self.distances(codes))

    def typicality(self, codes: np.ndarray) -> np.ndarray:
        """The share of images in places as sparse as `codes` (n, d), or sparser: float32 (n,) in [0, 1].

        0: sparser than at every image. 1: denser than at every image. NaN for codes that are not finite.
        """
        return self.typicality_of(self.distances(codes))

    def two_sided(self, codes: np.ndarray) -> np.ndarray:
        """The share of images in places as unusual as `codes` (n, d), sparse or dense: float32 (n,) in [0, 1]."""
        return two_sided(self.typicality(codes))

    def share(self, codes: np.ndarray) -> np.ndarray:
        """The share of images in places as unusual as `codes` (n, d): float32 (n,) in [0, 1], 0 in a hole.

        As sparse in `ONE_SIDED` dimensions or fewer; as sparse or as dense in more.
        """
        return self.share_of(self.distances(codes))

    def log_ratio_of(self, distances: np.ndarray) -> np.ndarray:
        """The log ratio at places with these distances, float32 of the same shape."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.log(np.float32(self.unit) / distances).astype(np.float32)

    def typicality_of(self, distances: np.ndarray) -> np.ndarray:
        """The typicality of places with these distances, float32 of the same shape."""
        sparser = len(self.references) - np.searchsorted(self.references, distances, side="left")
        share = sparser / max(1, len(self.references))
        return np.where(np.isfinite(distances), share, np.nan).astype(np.float32)

    def share_of(self, distances: np.ndarray) -> np.ndarray:
        """The share of images in places as unusual as those with these distances, float32 of the same shape."""
        typical = self.typicality_of(distances)
        return two_sided(typical) if self.latent > ONE_SIDED else typical

    def on_plane(self, origin: np.ndarray, axes: np.ndarray) -> PlaneDensity:
        """The same for points of a plane: `origin` is a code (d,), `axes` orthonormal rows (k, d), k at most 2."""
        return PlaneDensity(self, self._codes, np.asarray(origin, np.float32) - self._mean, axes)

    # ------------------------------------------------------------ search

    def _distances(self, centred: np.ndarray) -> np.ndarray:
        """For finite points (m, d) about the mean."""
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
        """Squares by one product choose candidates, whose distances are then computed exactly."""
        with np.errstate(over="ignore", invalid="ignore"):
            scores = self._half_norms - centred @ self._codes.T
            kept = min(self.neighbours + 1 + _SPARE, self.count)
            candidates = np.argpartition(scores, kept - 1, axis=1)[:, :kept]
            found = np.linalg.norm(self._codes[candidates] - centred[:, None], axis=2)
        return _without_itself(np.sort(found, axis=1), self.neighbours)


class PlaneDensity:
    """`CodeDensity` for points of a plane, as quick in 512 dimensions as in 2.

    Seen from a plane, a code is its position on the plane and its height over it: the distance from a point of the
    plane is that of three numbers, and three dimensions are few enough for a tree.
    """

    def __init__(self, density: CodeDensity, codes: np.ndarray, origin: np.ndarray, axes: np.ndarray) -> None:
        """`codes` (n, d) and `origin` (d,) about the same point; see `CodeDensity.on_plane`."""
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
        """`CodeDensity.distances` at points (n, 2) of the plane, counted from its origin along its axes."""
        if self._tree is None:
            return np.full(len(points), np.nan, np.float32)
        places = np.zeros((len(points), self._axes + 1))
        places[:, : self._axes] = points[:, : self._axes]
        return kth_distances(self._tree, places, self._density.neighbours)


def two_sided(typicality: np.ndarray) -> np.ndarray:
    """The share of images in places as unusual, sparse or dense, as those of this typicality: float32."""
    return np.minimum(2 * np.minimum(typicality, 1 - typicality), 1).astype(np.float32)


def make_tree(points: np.ndarray) -> cKDTree:
    """A search tree over points (n, few). Imports SciPy: half a second, the first time."""
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
