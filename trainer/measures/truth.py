"""Paths between images where every picture in between is known: lines and moons. Imports torch only to measure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

import numpy as np

from trainer.measures.measure import Figure, Group, Measure, NotAvailableError
from trainer.progress import Monitor
from trainer.sentences import Sentence

if TYPE_CHECKING:
    from trainer.data.images import ImageData
    from trainer.measures.pair_paths import Pairs
    from trainer.measures.subject import Subject
    from trainer.metrics.moon_truth import TrueMoons

#: Number of pairs of images, as in the experiments of Berthelot et al. 2019.
MOST_PAIRS = 256
#: Pictures on a path between lines, as in that paper, and between moons: odd, so that one is in the middle.
LINE_PICTURES, MOON_PICTURES = 16, 17
#: Maximum side in pixels of images to compare with rendered ones: the work grows with its square.
MOST_SIDE = 64
#: Number of images used to recognise data, and maximum mean difference of pixels in grey levels (of 255), since
#: the : factors are rounded.
_LOOKED_AT, _ALIKE = 16, 0.5

LINE_DISTANCE = Measure(
    key="line_distance",
    title=Sentence("Distance from true lines"),
    unit=Sentence("cosine distance"),
    better="lower",
    about=Sentence(
        "Cosine distance of a picture on the straight path between two lines' codes to the nearest true line, "
        "black being −1 and white 1, averaged over pictures and pairs: 0 where every picture is a line."
    ),
    source="Berthelot et al. 2019",
)
LINE_SMOOTHNESS = Measure(
    key="line_smoothness",
    title=Sentence("Smoothness of turning"),
    better="lower",
    about=Sentence(
        "Largest step of the angle of the nearest true line over the whole turn of the path, less what it is for "
        "even steps, averaged over pairs: 0 where lines turn evenly, 0.93 where they jump."
    ),
    source="Berthelot et al. 2019",
)
MOON_MIDDLE = Measure(
    key="moon_middle",
    title=Sentence("Lit fraction half way to full moon"),
    unit=Sentence("of the disc, from 3/4"),
    better="lower",
    about=Sentence(
        "|f − 3/4| of the lit fraction f of the true moon nearest to the picture half way between the codes of "
        "half and full moon. Of a cross-fade f says nothing: all moons between the two are as near to it."
    ),
)
MOON_ERROR = Measure(
    key="moon_middle_error",
    title=Sentence("Error half way to full moon"),
    unit=Sentence("a pixel value, black 0 to white 1"),
    better="lower",
    about=Sentence(
        "Mean squared difference of the picture half way between the codes of half and full moon from the true "
        "3/4 moon."
    ),
)
MOON_SMOOTHNESS = Measure(
    key="moon_smoothness",
    title=Sentence("Smoothness of waxing"),
    better="lower",
    about=Sentence(
        "Largest step of the lit fraction of the nearest true moon over the whole change from half to full moon, "
        "less what it is for even steps: 0 where moons wax evenly, 0.94 where they jump."
    ),
    source="Berthelot et al. 2019",
)
MOON_DISTANCE = Measure(
    key="moon_distance",
    title=Sentence("Error from true moons"),
    unit=Sentence("a pixel value, black 0 to white 1"),
    better="lower",
    about=Sentence(
        "Mean squared difference of a picture on the straight path between two moons' codes from the nearest true "
        "moon, averaged over pictures and pairs."
    ),
)
LINES: tuple[Measure, ...] = (LINE_DISTANCE, LINE_SMOOTHNESS)
MOONS: tuple[Measure, ...] = (MOON_MIDDLE, MOON_ERROR, MOON_SMOOTHNESS, MOON_DISTANCE)


#: Distance to the nearest true picture, and its factor, along paths: float64 (p, n) each.
_Nearest = tuple[np.ndarray, np.ndarray]


class _True(Protocol):
    """All possible pictures of a data set with one factor."""

    def nearest(self, pictures: np.ndarray, monitor: Monitor) -> tuple[np.ndarray, np.ndarray]:
        """Distance from pictures float (n, size, size) to the nearest true one, and its factor."""


def measure(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    """The measures for this kind of data, which is recognised by its pixels, not by its name."""
    from trainer.data import lines, moons

    data = subject.data
    if _are(data, lines.FACTOR, lines.render_lines):
        found, others, other = _lines, MOONS, Sentence("The data are lines, not moons.")
    elif _are(data, moons.FACTOR, moons.render_moons):
        found, others, other = _moons, LINES, Sentence("The data are moons, not lines.")
    else:
        raise NotAvailableError("The data are neither lines nor moons.")
    yield from (Figure(key=one.key, reason=other) for one in others)
    if data.shape[1] > MOST_SIDE:
        raise NotAvailableError("True images are looked for in up to {side} × {side} pixels.", side=MOST_SIDE)
    yield from found(subject, monitor)


def _are(data: ImageData, factor: str, render: Callable[[np.ndarray, int], np.ndarray]) -> bool:
    """Whether images equal `render` of their only factor, which has the name `factor`."""
    if data.factors is None or data.factor_names != (factor,) or data.shape[1] != data.shape[2]:
        return False
    some = data.factors[:_LOOKED_AT, 0].astype(np.float64)
    if not np.isfinite(some).all():
        return False
    apart = np.abs(data.images[:_LOOKED_AT].astype(np.float32) - render(some, data.shape[1]))
    return bool(apart.mean() <= _ALIKE)


def _lines(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    from trainer.measures.pair_paths import mean_figure, pairs_of
    from trainer.metrics.line_truth import TrueLines, smoothness_of_turns

    pairs = pairs_of(subject, MOST_PAIRS, monitor)
    said = Sentence("{pairs}; {count} pictures a path", pairs=pairs.said, count=LINE_PICTURES)
    found, fades = _on_paths(pairs, TrueLines(subject.data.shape[1]), LINE_PICTURES, monitor)
    yield mean_figure(LINE_DISTANCE.key, found[0].mean(axis=1), said, reference=_fading(fades[0].mean(axis=1)))
    yield mean_figure(
        LINE_SMOOTHNESS.key,
        smoothness_of_turns(found[1]),
        said,
        none=Sentence("The nearest line is the same at both ends of every path."),
        reference=_fading(smoothness_of_turns(fades[1])),
    )


def _moons(subject: Subject, monitor: Monitor) -> Iterator[Figure]:
    from trainer.measures.pair_paths import mean_figure, pairs_of
    from trainer.metrics.moon_truth import TrueMoons

    true = TrueMoons(subject.data.shape[1])
    yield from _half_to_full(subject, true, monitor)
    pairs = pairs_of(subject, MOST_PAIRS, monitor)
    said = Sentence("{pairs}; {count} pictures a path", pairs=pairs.said, count=MOON_PICTURES)
    (found, _), (fades, _) = _on_paths(pairs, true, MOON_PICTURES, monitor)
    yield mean_figure(MOON_DISTANCE.key, found.mean(axis=1), said, reference=_fading(fades.mean(axis=1)))


def _half_to_full(subject: Subject, true: TrueMoons, monitor: Monitor) -> Iterator[Figure]:
    """Figures of the path from half to full moon; both are rendered here and need not be in the data."""
    import torch

    from trainer.data.moons import render_moons
    from trainer.latent.interpolation import lerp
    from trainer.metrics.binarisation import as_seen
    from trainer.metrics.moon_truth import error_of
    from trainer.metrics.path_smoothness import smoothness

    channels, side, _ = subject.data.shape
    ends = torch.from_numpy(render_moons(np.array([0.5, 1.0]), side).repeat(channels, axis=1))
    codes = subject.encode(as_seen(ends, subject.binarise, subject.seed), monitor)
    pictures = subject.decode(lerp(codes[0], codes[1], np.linspace(0, 1, MOON_PICTURES)), monitor).mean(axis=1)
    if not np.isfinite(pictures).all():
        raise NotAvailableError("Some decoded pictures are not finite numbers.")
    _, fractions = true.nearest(pictures, monitor)
    middle = pictures[MOON_PICTURES // 2]
    lit = float(fractions[MOON_PICTURES // 2])
    said = Sentence("one path of {count} pictures from half to full moon", count=MOON_PICTURES)
    at = Sentence("f = {lit:.3f}; {path}", lit=lit, path=said)
    yield Figure.of(MOON_MIDDLE.key, abs(lit - 0.75), at, each=tuple(fractions.tolist()))
    fade = ends[:, 0].numpy().astype(np.float32).mean(axis=0) / 255
    error, of_fade = error_of(np.stack([middle, fade]), 0.75).tolist()
    yield Figure.of(MOON_ERROR.key, error, said, reference=(of_fade, Sentence("the cross-fade of the two")))
    smooth = float(smoothness(fractions[None])[0])
    if math.isnan(smooth):
        yield Figure(key=MOON_SMOOTHNESS.key, reason=Sentence("Half and full moon decode to the same moon."))
    else:
        yield Figure.of(MOON_SMOOTHNESS.key, smooth, said)


def _on_paths(pairs: Pairs, true: _True, pictures: int, monitor: Monitor) -> tuple[_Nearest, _Nearest]:
    """The nearest true pictures along straight paths and along cross-fades of the same images."""
    from trainer.latent.interpolation import lerp
    from trainer.measures.pair_paths import evenly

    shares = evenly(len(pairs), pictures)
    decoded = pairs.decoded(pairs.codes_at(lerp, shares), monitor, Sentence("Paths between pairs of images"))
    return _nearest(decoded, true, monitor), _nearest(pairs.faded(shares, monitor), true, monitor)


def _nearest(paths: Iterable[np.ndarray], true: _True, monitor: Monitor) -> _Nearest:
    """The nearest true pictures of paths float (q, n, C, H, W) in batches, p paths in total."""
    found = []
    for part in paths:
        grey = part.mean(axis=2)
        distance, factor = true.nearest(grey.reshape(-1, *grey.shape[2:]), monitor)
        found.append(np.stack([distance, factor]).reshape(2, *grey.shape[:2]))
    distance, factor = np.concatenate(found, axis=1)
    return distance, factor


def _fading(values: np.ndarray) -> tuple[float, Sentence] | None:
    """The mean of cross-fades' values (p,) as a reference."""
    known = values[~np.isnan(values)]
    return (float(known.mean()), Sentence("cross-fades of the images")) if len(known) else None


GROUP = Group(
    name="truth",
    title=Sentence("Paths between lines or moons"),
    measures=(*LINES, *MOONS),
    measure=measure,
)
