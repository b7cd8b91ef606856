"""How pictures change on the way from one image's code to another's. Imports torch only to measure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from trainer.measures.measure import Figure, Group, Measure
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.measures.pair_paths import Between, Pairs
    from trainer.measures.subject import Subject

#: Steps of a path: an even number, so that one picture is in the middle.
STEPS = 16
#: Limits for pairs of images (500 of MNIST's size, fewer of larger ones): maximum number of values in the images
#: of all pairs, and minimum number of pairs. Number of real images compared per pair.
_MOST_PAIRS, _MOST_VALUES, _LEAST_PAIRS, _REAL = 500, 784_000, 100, 20

_WAYS = {"lerp": Sentence("straight"), "slerp": Sentence("spherical")}


def _measures(way: str) -> tuple[Measure, ...]:
    named = {"way": _WAYS[way]}
    return (
        Measure(
            key=f"path_over_chord_{way}",
            title=Sentence("Path over chord, {way}", **named),
            about=Sentence(
                "Length of the path of pictures from one image's code to another's, over the difference of its "
                "two ends, averaged over pairs: 1 where pictures cross-fade, more where they make a detour."
            ),
        ),
        Measure(
            key=f"largest_step_{way}",
            title=Sentence("Largest step, {way}", **named),
            unit=Sentence("mean steps"),
            about=Sentence(
                "The largest change from one picture of the path to the next over the mean change, averaged over "
                "pairs: 1 where pictures change evenly, as many as there are steps where they jump."
            ),
        ),
        Measure(
            key=f"perceptual_path_length_{way}",
            title=Sentence("Perceptual path length, {way}", **named),
            unit=Sentence("squared features"),
            about=Sentence(
                "E[|f(t + ε) − f(t)|² / ε²] of features f of the picture at share t of a path between the codes "
                "of two images, ε = 0.001: how fast features change, 0 where pictures do not depend on codes. "
                "Features are those of this program's Fréchet distance, so that the number is not StyleGAN's."
            ),
            source="Karras et al. 2019",
        ),
        Measure(
            key=f"middle_to_real_{way}",
            title=Sentence("Middle to real images, {way}", **named),
            unit=Sentence("of its features' size"),
            better="lower",
            about=Sentence(
                "Distance in features from the picture half way between two images' codes to the nearest other "
                "real image, over the size of the picture's own features, averaged over pairs."
            ),
        ),
    )


FADES = Measure(
    key="middle_to_real_cross_fade",
    title=Sentence("Middle to real images, cross-fade"),
    unit=Sentence("of its features' size"),
    about=Sentence(
        "The same distance of the mean picture of the two images themselves: what a path of pictures is that has "
        "learned nothing. A property of the data, not of the model."
    ),
)


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """Measure all of them, straight and spherical on the same pairs."""
    from trainer.latent.interpolation import lerp, slerp
    from trainer.measures.pair_paths import pairs_of

    most = min(_MOST_PAIRS, max(_LEAST_PAIRS, _MOST_VALUES // (2 * math.prod(subject.data.shape))))
    pairs = pairs_of(subject, most, monitor, among=_REAL * most)
    real = _Real(pairs, monitor)
    yield subject.shared(FADES.key, lambda: real.nearness(FADES.key, _fades(pairs, real, monitor)))
    yield from _way("lerp", lerp, pairs, real, monitor)
    if (reason := _not_spherical(subject)) is None:
        yield from _way("slerp", slerp, pairs, real, monitor)
    else:
        yield from (Figure(key=one.key, reason=reason) for one in _measures("slerp"))


def _fades(pairs: Pairs, real: _Real, monitor: Monitor) -> np.ndarray:
    """Features of the mean picture of each pair of images: float32 (p, f)."""
    middles = pairs.faded(np.full((len(pairs), 1), 0.5), monitor)
    return np.concatenate([real.net.features(part[:, 0]) for part in middles])


def _not_spherical(subject: Subject) -> Sentence | None:
    """Why there are no spherical paths; None if there are."""
    from trainer.priors.gaussian import StandardNormal

    if not isinstance(subject.prior, StandardNormal):
        return Sentence("Spherical paths are for models with the prior N(0, I).")
    if subject.latent < 2:
        return Sentence("In one latent dimension every path is straight.")
    return None


class _Real:
    """Real images in the feature space of Fréchet distances; measures the distance of pictures to them."""

    def __init__(self, pairs: Pairs, monitor: Monitor) -> None:
        from trainer.metrics.features import CHUNK, FEATURES, feature_net_for
        from trainer.metrics.perceptual_path_length import short_steps
        from trainer.metrics.yardsticks import FeatureDistance

        data, rows = pairs.subject.data, pairs.part.rows
        self.net = feature_net_for(data.shape)

        def features() -> np.ndarray:
            found = np.empty((len(rows), FEATURES), np.float32)
            for start in range(0, len(rows), CHUNK):
                monitor.at(start, len(rows), Sentence("images"), Sentence("Features of real images"))
                found[start : start + CHUNK] = self.net.features(data.images[rows[start : start + CHUNK]])
            return found

        self._pairs, shared = pairs, pairs.subject.shared
        real = shared("features of real images", features)
        self._distance = FeatureDistance(real)
        #: Short steps on each path, and perceptual path length of the images' cross-fades.
        self.steps = short_steps(len(pairs), pairs.subject.seed)
        self.fading = shared(
            "perceptual path length of cross-fades",
            lambda: float(self.speeds(pairs.faded(self.steps, monitor)).mean()),
        )
        self._others = len(rows) - 2
        #: Distance of a real image, the first of each pair, to the others.
        self._usual = 0.0
        if self._others:
            self._usual = shared(
                "distance of real images",
                lambda: float(self._distance.of(real[pairs.places[:, 0]], pairs.places).mean()),
            )

    def speeds(self, paths: Iterable[np.ndarray]) -> np.ndarray:
        """Squared speeds of features (p,) for pictures float32 (q, n, C, H, W) at `steps` of paths, in batches of
        paths.
        """
        from trainer.metrics.perceptual_path_length import squared_speeds

        found = []
        for part in paths:
            features = self.net.features(part.reshape(-1, *part.shape[2:]))
            found.append(squared_speeds(features.reshape(*part.shape[:2], -1)))
        return np.concatenate(found)

    def nearness(self, key: str, features: np.ndarray) -> Figure:
        """Distance of the pictures of pairs, float32 (p, f), to the real images that are not in the pair."""
        from trainer.measures.pair_paths import mean_figure

        if not self._others:
            return Figure(key=key, reason=Sentence("It needs a real image besides those of a pair."))
        said = Sentence("{pairs}; {count:,} others to be near to", pairs=self._pairs.said, count=self._others)
        distances = self._distance.of(features, self._pairs.places)
        return mean_figure(key, distances, said, reference=(self._usual, Sentence("of a real image")))


def _way(way: str, between: Between, pairs: Pairs, real: _Real, monitor: Monitor) -> Iterator[Figure]:
    """Figures of one kind of path."""
    from trainer.measures.pair_paths import evenly, mean_figure
    from trainer.metrics.continuity import continuity
    from trainer.metrics.perceptual_path_length import PLACES

    what = Sentence("Paths between pairs of images")
    found, middles = [], []
    for pictures in pairs.decoded(pairs.codes_at(between, evenly(len(pairs), STEPS + 1)), monitor, what):
        found += [continuity(path) for path in pictures]
        middles.append(real.net.features(pictures[:, STEPS // 2]))
    said = Sentence("{pairs}; {steps} steps a path", pairs=pairs.said, steps=STEPS)
    fade = (1.0, Sentence("a cross-fade"))
    ratios, largest = (np.array([getattr(one, name) for one in found]) for name in ("ratio", "largest"))
    same = Sentence("The two ends of every path decode to the same picture.")
    yield mean_figure(f"path_over_chord_{way}", ratios, said, none=same, reference=fade)
    still = Sentence("Pictures do not change along any of the paths.")
    yield mean_figure(f"largest_step_{way}", largest, said, none=still, reference=fade)

    yield mean_figure(
        f"perceptual_path_length_{way}",
        real.speeds(pairs.decoded(pairs.codes_at(between, real.steps), monitor, what)),
        Sentence("{pairs}; {count} random places on each path", pairs=pairs.said, count=PLACES),
        reference=(real.fading, Sentence("cross-fades of the images")),
    )
    yield real.nearness(f"middle_to_real_{way}", np.concatenate(middles))


GROUP = Group(
    name="continuity",
    title=Sentence("Paths between images"),
    measures=(*_measures("lerp"), *_measures("slerp"), FADES),
    measure=measure,
)
