"""Measures samples against real pictures, with a cache between requests.

Runs in the tool's worker thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.tools.samples.state import RealFigures
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.latent.density import Steps
from trainer.metrics.features import FEATURES, FeatureNet, feature_net_for
from trainer.metrics.real_rows import real_rows as choose
from trainer.metrics.samples import NEAREST, Fidelity, alike, ball_radii, compare
from trainer.progress import Progress
from trainer.replica.replica import Replica
from trainer.reports import Snapshot
from trainer.sentences import Sentence


def enough(images: int, train_count: int) -> bool:
    """Whether there are enough held-out images to compare some with as many others."""
    return len(real_rows(images, train_count, NEAREST + 1)[0]) > NEAREST


@lru_cache(maxsize=4)
def real_rows(images: int, train_count: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """`trainer.metrics.real_rows` of these, read-only; the same arrays for the same numbers."""
    rows = choose(images, train_count, count)
    for some in rows:
        some.setflags(write=False)
    return rows


class Measures:
    """Compares samples with the real pictures of `real_rows`; other real pictures are the reference.

    `images` are uint8 (N, C, H, W), those below `train_count` for training, `count` the number to compare.
    """

    def __init__(self) -> None:
        self._images: np.ndarray | None = None
        self._split = 0, 0
        self._net: FeatureNet | None = None
        self._reference = self._others = np.empty((0, FEATURES), np.float32)
        self._rows = np.empty(0, np.int64)
        self._balls = self._other_balls = np.empty(0)
        self._real: RealFigures | None = None
        self._reconstructed: dict[int, tuple[Snapshot, Fidelity]] = {}

    def forget(self) -> None:
        """Drop the images and cached measures."""
        self._images, self._real = None, None

    def ahead(
        self, images: np.ndarray, train_count: int, count: int, panes: Sequence[tuple[int, Snapshot]]
    ) -> int:
        """Total number of pictures to process for the figures of these panes, counting each pass."""
        half = len(real_rows(len(images), train_count, count)[0])
        kept = self._kept(images, train_count, count)
        passes = 0 if kept else 5  # features, balls and distances
        for pane, snapshot in panes:
            known = self._reconstructed.get(pane) if kept else None
            passes += 3 if known is not None and known[0] is snapshot else 6
        return passes * half

    def _kept(self, images: np.ndarray, train_count: int, count: int) -> bool:
        return self._images is images and self._split == (train_count, count) and self._real is not None

    def real(self, images: np.ndarray, train_count: int, count: int) -> Steps[RealFigures]:
        """Figures of `count` held-out pictures (or half of them) against as many others."""
        if self._kept(images, train_count, count) and self._real is not None:
            return self._real
        self._images, self._split, self._real = images, (train_count, count), None
        self._reconstructed.clear()
        net = self._net = feature_net_for(images.shape[1:])
        self._rows, others = real_rows(len(images), train_count, count)
        rows, half = self._rows, len(others)
        self._reference = yield from _features(
            net, half, lambda part: images[rows[part]], Sentence("Looking at images")
        )
        self._others = yield from _features(
            net, half, lambda part: images[others[part]], Sentence("Looking at images")
        )
        self._balls = yield from ball_radii(self._reference)
        self._other_balls = yield from ball_radii(self._others)
        fidelity = yield from compare(self._reference, self._others, balls=self._balls, own=self._other_balls)
        same = alike(self._reference)
        self._real = RealFigures(
            name=net.name, sentence=shown_sentence(net.sentence), fidelity=fidelity, same=same
        )
        return self._real

    def generated(
        self, replica: Replica, codes: np.ndarray, images: np.ndarray, train_count: int, count: int
    ) -> Steps[Fidelity]:
        """Figures of the decoded codes (n, d) against the real pictures of `real`."""
        yield from self.real(images, train_count, count)
        assert self._net is not None
        features = yield from _features(
            self._net, len(codes), lambda part: _upright(replica.decode(codes[part])), Sentence("Decoding samples")
        )
        return (yield from compare(self._reference, features, balls=self._balls))

    def reconstructed(
        self,
        pane: int,
        snapshot: Snapshot,
        replica: Replica,
        images: np.ndarray,
        train_count: int,
        count: int,
    ) -> Steps[Fidelity]:
        """Figures of reconstructions of held-out pictures against the others of `real`, once per weights.

        To their own originals they would be nearer than any new picture.
        """
        yield from self.real(images, train_count, count)
        known = self._reconstructed.get(pane)
        if known is None or known[0] is not snapshot:
            assert self._net is not None
            rows = self._rows

            def pictures(part: slice) -> np.ndarray:
                return _upright(replica.decode(replica.encode(np.ascontiguousarray(images[rows[part]]))))

            features = yield from _features(self._net, len(rows), pictures, Sentence("Reconstructing images"))
            fidelity = yield from compare(self._others, features, balls=self._other_balls)
            known = self._reconstructed[pane] = (snapshot, fidelity)
        return known[1]


def _upright(pictures: np.ndarray) -> np.ndarray:
    """(n, H, W, C) as (n, C, H, W)."""
    return pictures.transpose(0, 3, 1, 2)


def _features(
    net: FeatureNet, count: int, pictures: Callable[[slice], np.ndarray], what: Sentence
) -> Steps[np.ndarray]:
    """Features (count, f) of pictures that arrive in batches."""
    found = np.empty((count, FEATURES), np.float32)
    pace = AdaptiveChunks()
    for part in pace.parts(count):
        with pace.measured(part):
            found[part] = net.features(pictures(part))
        yield Progress(part.stop, count, Sentence("pictures"), what)
    return found
