"""Whether a picture looks like those of a data set: a p-value, and the power of the test. Torch-free.

Three scores (`trainer.metrics.yardsticks`) are fitted on one part of the real images: the distance in a feature
space (`trainer.metrics.features`) relative to the features' size, the distance in statistics of sharpness and
contrast, both too sharp and too blurred, and a discriminant of cross-fades and single images. Each is
measured from its median over real images of a second part, in units of a high quantile of them; the largest of the
three is the picture's score. The scores of a third, held-back part give the p-value (`trainer.metrics.conformal`),
so that fresh real images have p <= `UNLIKE` in five of a hundred cases, whatever the data.

A test without power raises no false alarms. It is therefore applied to four kinds of pictures known to be bad,
made from held-back images (`trainer.metrics.known_bad`); `powers` are the shares of each that it detects. If one
is less than `POWER`, passing the test means nothing.
"""

from __future__ import annotations

import numpy as np

from trainer.latent.density import Steps
from trainer.metrics import known_bad
from trainer.metrics.conformal import POWER, UNLIKE, held_back, p_values
from trainer.metrics.features import FEATURES, FeatureNet
from trainer.metrics.picture_statistics import picture_statistics
from trainer.metrics.yardsticks import FeatureDistance, Mixture, StatisticsDistance

#: Minimum number of images for a test.
FEWEST = 80
#: Maximum numbers of images to fit the scores on, to scale them by, and to hold back.
_FITTED, _SCALED, _HELD_BACK = 4_000, 1_000, 1_999
#: Limit for large pictures: total number of values of the images used.
_VALUES = 100_000_000
#: Candidate shares of real images that features, statistics and mixture may each reject, in total `UNLIKE`; the
#: candidate with the highest power is used.
_SHARES = tuple(((UNLIKE - mixed) / 2, (UNLIKE - mixed) / 2, mixed) for mixed in (0.015, 0.025, 0.035, 0.04))
#: Cross-fades per image to fit on; number of bad pictures of each kind, reduced for large ones to a total number
#: of : values, but not below a minimum; and number of mean images, which are all similar.
_FADES, _TRIED, _TRIED_VALUES, _TRIED_LEAST, _MEANS = 2, 400, 4_000_000, 100, 40
#: Picture values per piece of work: about 20 ms.
_PIECE = 200_000


class LooksReal:
    """Compares pictures with real images of one data set. After construction threads may share it.

    Attributes:
        net: the feature space.
        count: number of real images that pictures are compared with.
        scores: float32 (m,), those of the held-back real images, ascending.
        powers: the share detected of each of `known_bad.KINDS`.
        reason: why no test is possible, "few" or "alike", and then every p is NaN; "" if one is.
    """

    def __init__(self, net: FeatureNet, images: np.ndarray, *, gratings: bool = False, seed: int = 0) -> None:
        """`images` is uint8 (n, C, H, W). Takes seconds; see `measured`."""
        for _ in self._prepare(net, images, gratings, seed):
            pass

    @classmethod
    def measured(
        cls, net: FeatureNet, images: np.ndarray, *, gratings: bool = False, seed: int = 0
    ) -> Steps[LooksReal]:
        """The constructor as a generator: yields None about every 25 ms, returns the measure.

        `gratings`: foreign pictures are gratings instead of moons, for images that are moons.
        """
        made = cls.__new__(cls)
        yield from made._prepare(net, images, gratings, seed)
        return made

    @property
    def has_power(self) -> bool:
        """Whether it detects enough of the bad pictures for passing the test to be meaningful."""
        return not self.reason and min(self.powers.values()) >= POWER

    def p(self, pictures: np.ndarray) -> np.ndarray:
        """p of pictures uint8 (n, C, H, W): float64 (n,), the share of real images at least as unusual."""
        return p_values(self.scores, self.score(pictures))

    def score(self, pictures: np.ndarray) -> np.ndarray:
        """How unusual pictures uint8 (n, C, H, W) are: float32 (n,); 1 is rare among real images."""
        if self.reason:
            return np.full(len(pictures), np.nan, np.float32)
        found = [self._raw(pictures[start : start + self._step]) for start in range(0, len(pictures), self._step)]
        return self._combined(np.concatenate(found) if found else np.empty((0, 3), np.float32))

    # ------------------------------------------------------------ preparation

    def _prepare(self, net: FeatureNet, images: np.ndarray, gratings: bool, seed: int) -> Steps[None]:
        self.net = net
        self.count = 0
        self.scores = np.empty(0, np.float32)
        self.powers: dict[str, float] = {}
        self._step = max(1, _PIECE // int(np.prod(net.shape)))
        self.reason = "few" if len(images) < FEWEST else ""
        if self.reason:
            return
        rng = np.random.default_rng(seed)
        fitted, scaled, kept = self._parts(images, rng)
        yield None
        if (fitted == fitted[0]).all():
            self.reason = "alike"
            return
        self.count = len(fitted)
        yield from self._fit(fitted, rng)
        yield from self._scale(scaled, gratings, rng)
        self.scores = np.sort(self._combined((yield from self._measured(kept))))
        self.scores.setflags(write=False)
        for kind in known_bad.KINDS:
            p = p_values(self.scores, self._combined((yield from self._tried(kind, kept, gratings, rng))))
            self.powers[kind] = float((p <= UNLIKE).mean())

    def _scale(self, scaled: np.ndarray, gratings: bool, rng: np.random.Generator) -> Steps[None]:
        """Determine the median and scale of each score, with the candidate of `_SHARES` of highest power."""
        raw = yield from self._measured(scaled)
        bad = []
        for kind in known_bad.KINDS:
            bad.append((yield from self._tried(kind, scaled, gratings, rng)))
        self._middle = np.median(raw, axis=0)
        best = -1.0
        for shares in _SHARES:
            far = [np.quantile(raw[:, place], 1 - share) for place, share in enumerate(shares)]
            unit = np.maximum(np.array(far) - self._middle, 1e-6).astype(np.float32)
            limit = np.quantile(_largest(raw, self._middle, unit), 1 - UNLIKE)
            noticed = min(float((_largest(one, self._middle, unit) > limit).mean()) for one in bad)
            if noticed > best:
                best, self._unit = noticed, unit

    def _parts(self, images: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Three disjoint random parts: to fit, scale by and hold back; 55 %, 20 % and 25 % if there are few
        images.
        """
        count = min(len(images), max(FEWEST, _VALUES // int(np.prod(self.net.shape))))
        rows = rng.permutation(len(images))[:count]
        kept = held_back(count // 2, _HELD_BACK, UNLIKE)
        scaled = min(_SCALED, count // 5)
        ends = np.cumsum([kept, scaled, min(_FITTED, count - kept - scaled)])
        kept_rows, scaled_rows, fitted_rows, _ = np.split(rows, ends)
        return images[fitted_rows], images[scaled_rows], images[kept_rows]

    def _fit(self, fitted: np.ndarray, rng: np.random.Generator) -> Steps[None]:
        features = np.empty((len(fitted), FEATURES), np.float32)
        for part in self._pieces(len(fitted)):
            features[part] = self.net.features(fitted[part])
            yield None
        self._features = FeatureDistance(features)
        real = yield from self._statistics(fitted)
        mixed = []
        for part in self._pieces(_FADES * len(fitted)):
            mixed.append(picture_statistics(known_bad.fades(fitted, part.stop - part.start, rng)))
            yield None
        self._sharpness = StatisticsDistance(real)
        yield None
        self._mixture = Mixture(real, np.concatenate(mixed))
        yield None

    def _statistics(self, pictures: np.ndarray) -> Steps[np.ndarray]:
        found = []
        for part in self._pieces(len(pictures)):
            found.append(picture_statistics(pictures[part]))
            yield None
        return np.concatenate(found)

    def _measured(self, pictures: np.ndarray) -> Steps[np.ndarray]:
        found = []
        for part in self._pieces(len(pictures)):
            found.append(self._raw(pictures[part]))
            yield None
        return np.concatenate(found)

    def _tried(self, kind: str, real: np.ndarray, gratings: bool, rng: np.random.Generator) -> Steps[np.ndarray]:
        """The three scores of bad pictures of this kind made from `real` images: float32 (n, 3)."""
        count = min(_TRIED, max(_TRIED_LEAST, _TRIED_VALUES // int(np.prod(self.net.shape))))
        found = []
        for part in self._pieces(_MEANS if kind == "mean" else count):
            found.append(self._raw(known_bad.pictures(kind, real, part.stop - part.start, rng, gratings)))
            yield None
        return np.concatenate(found)

    def _pieces(self, count: int) -> list[slice]:
        return [slice(start, min(start + self._step, count)) for start in range(0, count, self._step)]

    # ------------------------------------------------------------ scores

    def _raw(self, pictures: np.ndarray) -> np.ndarray:
        """The three scores, float32 (n, 3)."""
        statistics = picture_statistics(pictures)
        features = self.net.features(pictures)
        found = (self._features.of(features), self._sharpness.of(statistics), self._mixture.of(statistics))
        return np.stack(found, axis=1)

    def _combined(self, raw: np.ndarray) -> np.ndarray:
        return _largest(raw, self._middle, self._unit)


def _largest(raw: np.ndarray, middle: np.ndarray, unit: np.ndarray) -> np.ndarray:
    return ((raw - middle) / unit).max(axis=1).astype(np.float32)
