"""The work of the own image's threads: read a file, prepare, encode, decode, compare, refine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from latent_explorer.core.look import Look
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.own_image.state import Encoded, OwnSettings, OwnSource, Refined
from trainer.data.own_image import Preparation, background_of, is_constant, prepare, wants_negative
from trainer.latent.reconstruction import reconstruct
from trainer.latent.refinement import MOST_STEPS, RefinedCode, refine
from trainer.metrics.active_units import active_units, in_prior_units
from trainer.progress import Progress
from trainer.replica.replica import Replica, to_bytes
from trainer.reports import Snapshot
from trainer.sentences import Sentence

#: Maximum length of a picture's longer side.
LONGEST = 1024
#: Number of codes to detect a collapsed model; number of pictures for the background of data without images.
_CODES, _DECODED = 1000, 64
#: Seconds between two answers of a refinement, and before it is shown in the status bar.
_EVERY, _QUICK = 0.03, 0.5


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is not a usable image, with the reason in a few words."""

    name: str
    reason: Sentence


@dataclass(frozen=True, slots=True, eq=False)
class OwnMade:
    """Results by pane index: all panes in one answer, as a request may end after its first.

    Attributes:
        background: of the data.
    """

    background: str
    encoded: Mapping[int, Encoded] = field(default_factory=dict, repr=False)
    refined: Mapping[int, Refined] = field(default_factory=dict, repr=False)


def read_file(path: str) -> Iterator[object]:
    """Yields an `OwnSource`, or `Unreadable`."""
    # Pillow is slow to import; the window starts without it.
    from trainer.data.image_file import picture_pixels, probe
    from trainer.data.picture_opening import UNREADABLE, reason

    name = Path(path).name
    try:
        if not Path(path).is_file():  # reading a pipe would never end
            yield Unreadable(name, Sentence("not a file, or a link that leads nowhere"))
            return
        pictures, frames = probe(Path(path))
        pixels = picture_pixels(Path(path), LONGEST)
    except UNREADABLE as error:
        yield Unreadable(name, reason(error))
        return
    pixels.setflags(write=False)
    yield OwnSource("file", name, pixels, len(pictures) + frames)


class OwnImageWork:
    """Yields `OwnMade`s; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._background: tuple[object, str] | None = None

    def make(
        self,
        looks: tuple[Look, ...],
        images: np.ndarray | None,
        source: OwnSource | None,
        settings: OwnSettings,
        refined: bool,
    ) -> Iterator[object]:
        """`OwnMade`s: the models' codes and reconstructions, then, if requested, their refinement in parallel.

        images: uint8 (N, C, H, W) of the data, None without them. Without a source there is only their background.
        """
        if source is None:
            assert images is not None
            yield OwnMade(self._measured_once(images, lambda: images))
            return
        if not looks:
            return
        background = self._background_of(images, looks[0])
        yield None
        runs: list[_Run] = []
        encodings = {}
        for look in looks:
            assert look.snapshot is not None
            replica = self._replicas.of(look.snapshot, look.traits)
            image, encoded = _encode(look, look.snapshot, replica, source, settings, background)
            encodings[look.index] = encoded
            yield None
            if refined and encoded.remark != "not-finite":
                steps = refine(replica, image, encoded.code, variance=look.snapshot.variance)
                runs.append(_Run(look.index, look.snapshot, steps))
        # Reported together, so that a refinement restarted with new weights shows no gap.
        for run in runs:
            while not run.begun:
                run.advance()
                yield None
        yield OwnMade(background, encodings, {run.index: run.refined() for run in runs})
        yield from _refine(runs, background)

    def _background_of(self, images: np.ndarray | None, first: Look) -> str:
        if images is not None:
            return self._measured_once(images, lambda: images)
        return self._measured_once(first.snapshot, lambda: self._decoded(first))

    def _measured_once(self, key: object, images: Callable[[], np.ndarray]) -> str:
        """The background of `images()`, which are made for another `key` only."""
        background = self._background  # the other thread may release it
        if background is None or background[0] is not key:
            background = self._background = (key, background_of(images()))
        return background[1]

    def _decoded(self, look: Look) -> np.ndarray:
        """Pictures of some of a map's codes, uint8 (n, C, H, W)."""
        assert look.snapshot is not None
        codes = look.codes.codes
        step = max(1, len(codes) // _DECODED)
        decoded = self._replicas.of(look.snapshot, look.traits).decode(codes[::step][:_DECODED])
        return decoded.transpose(0, 3, 1, 2)

    def forget(self) -> None:
        """Release the data's images."""
        self._background = None


def _encode(
    look: Look, snapshot: Snapshot, replica: Replica, source: OwnSource, settings: OwnSettings, background: str
) -> tuple[np.ndarray, Encoded]:
    drawn, pixels = source.kind == "drawn", source.pixels
    preparation = Preparation(
        fit="stretch" if drawn else settings.fit, invert=settings.invert, centre=settings.centre, smooth=drawn
    )
    image = prepare(pixels, replica.config.shape, preparation, background)
    posterior = replica.posterior(image[None])
    code = replica.encode(image[None])[0] if posterior is None else posterior.mean[0]
    with np.errstate(over="ignore"):
        spread = None if posterior is None else posterior.spread[0]
    found = reconstruct(replica, code, image, snapshot.variance)
    picture = to_bytes(found.picture[None])[0]
    remark = ""
    if not np.isfinite(code).all() or not np.isfinite(found.squared_error):
        remark = "not-finite"
    elif is_constant(image):
        remark = "constant"
    elif _collapsed(look):
        remark = "collapsed"
    seen = np.ascontiguousarray(image.transpose(1, 2, 0))
    for array in (code, picture, seen):
        array.setflags(write=False)
    return image, Encoded(
        snapshot=snapshot,
        seen=seen,
        inverted=wants_negative(pixels, background) if settings.invert is None else settings.invert,
        code=code,
        spread=spread,
        picture=picture,
        loss=found.loss,
        squared_error=found.squared_error,
        remark=remark,
    )


def _collapsed(look: Look) -> bool:
    """Whether no dimension of the codes on the map has information about the images."""
    codes = look.codes.codes
    codes = codes[:: max(1, len(codes) // _CODES)].astype(np.float64)
    if len(codes) < 2 or not np.isfinite(codes).all():
        return False
    variance = codes.var(axis=0)
    prior = look.model.prior(look.snapshot)
    if prior is None:
        # Such a code has no scale: only a single point for all images is a collapse.
        return bool((variance < 1e-12).all())
    return active_units(in_prior_units(variance, prior)) == 0


class _Run:
    """One pane's refinement under way."""

    def __init__(self, index: int, snapshot: Snapshot, steps: Iterator[RefinedCode | None]) -> None:
        self.index = index
        self._snapshot = snapshot
        self.done = False
        self._steps = steps
        self._track: list[RefinedCode] = []

    @property
    def steps(self) -> int:
        return MOST_STEPS if self.done else len(self._track)

    @property
    def begun(self) -> bool:
        return bool(self._track)

    def advance(self) -> None:
        """Do one evaluation."""
        found = next(self._steps, None)
        if found is None:
            return
        self.done = found.done
        if self._track and self._track[-1].step == found.step:
            self._track[-1] = found
        else:
            self._track.append(found)

    def refined(self) -> Refined:
        last = self._track[-1]
        track = np.stack([one.code for one in self._track])
        errors = np.array([one.reconstruction.objective for one in self._track])
        picture = to_bytes(last.reconstruction.picture[None])[0]
        for array in (track, errors, picture):
            array.setflags(write=False)
        return Refined(
            snapshot=self._snapshot,
            track=track,
            errors=errors,
            in_nats=last.reconstruction.loss is not None,
            squared_error=last.reconstruction.squared_error,
            picture=picture,
            done=self.done,
        )


def _refine(runs: list[_Run], background: str) -> Iterator[object]:
    begun = reported = time.monotonic()
    while not all(run.done for run in runs):
        for run in runs:
            if not run.done:
                run.advance()
                yield None
        now = time.monotonic()
        if now - reported > _EVERY:
            reported = now
            yield OwnMade(background, refined={run.index: run.refined() for run in runs if run.begun})
            if now - begun > _QUICK:
                yield Progress(sum(run.steps for run in runs), len(runs) * MOST_STEPS, Sentence("steps"))
    if runs:
        yield OwnMade(background, refined={run.index: run.refined() for run in runs})
