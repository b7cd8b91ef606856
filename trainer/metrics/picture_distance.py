"""How far pictures are from real ones, against how far real ones are from each other. Torch-free.

The distance of a picture's features (`trainer.metrics.features`) to those of the nearest of some thousand real
images, divided by the median of the real images' own distances (each to its nearest *other* image): 1.0 is like
a real image, 2.0 twice as far from all real ones as they usually are. Below 1 a picture is nearer to some image
than images usually are, as smooth reconstructions often are.
"""

from __future__ import annotations

import numpy as np

from trainer.latent.density import Steps
from trainer.metrics.features import CHUNK, FeatureNet

#: Real images compared with, at most.
MOST = 5_000
#: Distances in one piece of work: some 10 ms.
_PAIRS = 1_000_000


class PictureDistance:
    """Distance of pictures to a seeded subset of real images. Not for two threads at once.

    Attributes:
        net: what pictures are compared in.
        count: real images compared with.
        references: float32 (m,), the real images' own distances over `unit`, ascending.
        unit: their median in feature space: what 1.0 stands for.
        reason: why nothing can be measured, one sentence; "" if it can. Every measure is NaN then.
    """

    def __init__(self, net: FeatureNet, images: np.ndarray, *, most: int = MOST, seed: int = 0) -> None:
        """`images` is uint8 (n, C, H, W). Measures at once (seconds for large pictures); see `measured`."""
        for _ in self._prepare(net, images, most, seed):
            pass

    @classmethod
    def measured(
        cls, net: FeatureNet, images: np.ndarray, *, most: int = MOST, seed: int = 0
    ) -> Steps[PictureDistance]:
        """The same in pieces of at most some 25 ms: yields None between them, returns the measure."""
        distance = cls.__new__(cls)
        yield from distance._prepare(net, images, most, seed)
        return distance

    def _prepare(self, net: FeatureNet, images: np.ndarray, most: int, seed: int) -> Steps[None]:
        self.net = net
        rows = np.arange(len(images))
        if len(rows) > most:
            rows = np.sort(np.random.default_rng(seed).choice(len(rows), most, replace=False))
        self.count = len(rows)
        self.references = np.empty(0, np.float32)
        self.unit = 0.0
        self.reason = ""
        self._features = np.empty((0, 1), np.float32)
        self._half_norms = np.empty(0, np.float32)
        if self.count < 2:
            self.reason = "Comparing pictures with real ones needs at least two images."
            return
        pieces = []
        for start in range(0, self.count, CHUNK):
            pieces.append(net.features(np.ascontiguousarray(images[rows[start : start + CHUNK]])))
            yield None
        features = np.concatenate(pieces)
        self._mean = features.mean(axis=0)
        self._features = features - self._mean
        self._half_norms = 0.5 * np.einsum("ij,ij->i", self._features, self._features)
        own = np.empty(self.count, np.float32)
        step = max(1, _PAIRS // self.count)
        for start in range(0, self.count, step):
            own[start : start + step] = self._others(np.arange(start, min(start + step, self.count)))
            yield None
        # Copies of an image are at 0 from each other and say nothing of how far images are apart.
        apart = own[own > 0]
        if not len(apart):
            self.reason = "All images look the same to the feature network: there is no distance to compare with."
            return
        self.unit = float(np.median(apart))
        self.references = np.sort(own / np.float32(self.unit))
        self.references.setflags(write=False)

    def of(self, pictures: np.ndarray) -> np.ndarray:
        """Relative distances of pictures (n, C, H, W), uint8 or floats in [0, 1]: float32 (n,)."""
        if self.reason:
            return np.full(len(pictures), np.nan, np.float32)
        features = self.net.features(pictures) - self._mean
        found = np.empty(len(features), np.float32)
        step = max(1, _PAIRS // self.count)
        for start in range(0, len(features), step):
            part = features[start : start + step]
            nearest = (self._half_norms - part @ self._features.T).argmin(axis=1)
            found[start : start + step] = np.linalg.norm(self._features[nearest] - part, axis=1)
        return found / np.float32(self.unit)

    def farther(self, distances: np.ndarray) -> np.ndarray:
        """The share of real images that are as far from the others as these relative distances, or farther.

        float32 (n,) in [0, 1]; 0: farther than every real image. NaN stays NaN.
        """
        beyond = len(self.references) - np.searchsorted(self.references, distances, side="left")
        share = beyond / max(1, len(self.references))
        return np.where(np.isfinite(distances), share, np.nan).astype(np.float32)

    def _others(self, rows: np.ndarray) -> np.ndarray:
        """Distance of real images to the nearest other one."""
        part = self._features[rows]
        scores = self._half_norms - part @ self._features.T
        scores[np.arange(len(rows)), rows] = np.inf
        return np.linalg.norm(self._features[scores.argmin(axis=1)] - part, axis=1)
