"""The work of the samples' thread: draws codes, decodes them, measures the pictures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.core.explorer import DataView
from latent_explorer.core.look import Look
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.samples.measures import Measures, enough, real_rows
from latent_explorer.tools.samples.sources import NO_ROWS, Fits, PosteriorSigmas, local_codes
from latent_explorer.tools.samples.state import WHOLE, PaneFigures, RealFigures, SampleSettings, Sheet
from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.latent.density import Density, DensityError, Steps
from trainer.noise import Noise, draw_noise
from trainer.prior import Prior
from trainer.progress import Progress
from trainer.replica.replica import Replica

_T = TypeVar("_T")

#: Codes drawn between two yields.
_DRAWN_AT_ONCE = 256
#: Work shorter than this (s) is not shown in the status bar.
_QUICK = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A result for pane `pane`; the figures of real data belong to none (-1)."""

    pane: int
    what: Sheet | PaneFigures | RealFigures


class SampleWork:
    """Computes sheets and figures; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._fits = Fits()
        self._sigmas = PosteriorSigmas()
        self._measures = Measures()

    def forget_images(self) -> None:
        """Drop the former images."""
        self._measures.forget()

    def make(
        self, looks: tuple[Look, ...], settings: SampleSettings, measured: int, compared: int
    ) -> Iterator[object]:
        """Sheets, then figures. Yields `Made`, `Progress`, and None where it can be cancelled.

        looks: with the data.
        measured: number of samples for figures; 0 for no figures.
        compared: number of samples for figures whenever they are measured: densities are never fitted on the
            corresponding real images, so that a sheet does not change when its figures arrive.
        """
        begun = time.monotonic()
        for step in self._all(looks, settings, measured, compared):
            if isinstance(step, Progress) and time.monotonic() - begun < _QUICK:
                yield None
            else:
                yield step

    def _all(
        self, looks: tuple[Look, ...], settings: SampleSettings, measured: int, compared: int
    ) -> Iterator[object]:
        data, drawn = looks[0].data, []
        reference = _reference(data, measured or compared)
        for look in looks:
            sheet = yield from self._sheet(look, settings, reference)
            yield Made(look.index, sheet)
            if len(sheet.codes) and data is not None and look.model.config.shape == data.shape:
                drawn.append(look)
        if not measured or data is None or data.images is None or settings.source not in WHOLE:
            return
        wanted = data.images, data.train_count, measured
        snapshots = [(look.index, look.snapshot) for look in drawn if look.snapshot is not None]
        counter = _Counter(self._measures.ahead(*wanted, snapshots))
        real = yield from counter.through(self._measures.real(*wanted))
        yield Made(-1, real)
        if real.same:
            return
        for look in drawn:
            figures = self._figures(look, settings, reference, real.fidelity.count, wanted)
            yield Made(look.index, (yield from counter.through(figures)))

    def _sheet(self, look: Look, settings: SampleSettings, reference: np.ndarray) -> Steps[Sheet]:
        assert look.snapshot is not None
        replica = self._replicas.of(look.snapshot, look.traits)
        latent, remark, reason, prior, fit = look.model.config.latent, "", "", "", None
        if settings.source in WHOLE:
            try:
                fitted = yield from self._fits.of(look, settings, reference)
            except DensityError as error:
                codes, reason = np.empty((0, latent), np.float32), shown_sentence(error.sentence)
            else:
                noise = draw_noise(settings.count, latent, settings.seed)
                codes, fit = (yield from _drawn(fitted.density, noise)), fitted.summary
                if isinstance(fitted.density, Prior):
                    prior, remark = fitted.density.formula, "" if look.traits.has_prior else "no-prior"
        else:
            local = yield from local_codes(look, settings, replica, self._sigmas)
            codes, reason, remark = local.codes, local.reason, local.remark
        yield None
        pictures = yield from decoded(replica, codes)
        for array in (codes, pictures):
            array.setflags(write=False)
        return Sheet(
            settings=settings,
            snapshot=look.snapshot,
            codes=codes,
            pictures=pictures,
            prior=prior,
            remark=remark,
            reason=reason,
            fit=fit,
        )

    def _figures(
        self,
        look: Look,
        settings: SampleSettings,
        reference: np.ndarray,
        count: int,
        wanted: tuple[np.ndarray, int, int],
    ) -> Steps[PaneFigures]:
        assert look.snapshot is not None
        replica = self._replicas.of(look.snapshot, look.traits)
        fitted = yield from self._fits.of(look, settings, reference)
        # The sheet shows the first of these. As many as real ones on either side, since all figures
        # depend on the number of pictures.
        noise = draw_noise(count, look.model.config.latent, settings.seed)
        codes = yield from _drawn(fitted.density, noise)
        fidelity = yield from self._measures.generated(replica, codes, *wanted)
        reconstructed = yield from self._measures.reconstructed(look.index, look.snapshot, replica, *wanted)
        return PaneFigures(
            settings=settings,
            snapshot=look.snapshot,
            fidelity=fidelity,
            reconstructed=reconstructed,
            apart=fitted.summary.apart if fitted.summary.fitted_on else None,
        )


def _reference(data: DataView | None, count: int) -> np.ndarray:
    """Data rows that `count` samples are or will be compared with: int64 (r,)."""
    if data is None or data.images is None or not count or not enough(len(data.images), data.train_count):
        return NO_ROWS
    return real_rows(len(data.images), data.train_count, count)[0]


class _Counter:
    """Adds the progress of successive pieces of work to the total progress."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._before = 0
        self._last: Progress | None = None

    def through(self, steps: Steps[_T]) -> Steps[_T]:
        """`steps`, with their progress as part of the total."""
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                return end.value
            yield step if step is None else self._counted(step)

    def _counted(self, step: Progress) -> Progress:
        last, self._last = self._last, step
        if last is not None and (step.what != last.what or step.done <= last.done):
            self._before += last.total or 0  # a new piece has begun
        return Progress(min(self._before + step.done, self._total), self._total, step.unit, step.what)


def _drawn(density: Density, noise: Noise) -> Steps[np.ndarray]:
    """Codes float32 (n, d), in batches; the same as all at once."""
    codes = np.empty(noise.normal.shape, np.float32)
    for start in range(0, len(noise), _DRAWN_AT_ONCE):
        part = slice(start, start + _DRAWN_AT_ONCE)
        codes[part] = density.sample(noise[part])
        yield None
    return codes


def decoded(replica: Replica, codes: np.ndarray) -> Steps[np.ndarray]:
    """Pictures uint8 (n, H, W, C) of codes (n, d), in batches."""
    channels, height, width = replica.config.shape
    pictures = np.empty((len(codes), height, width, channels), np.uint8)
    pace = AdaptiveChunks()
    for part in pace.parts(len(codes)):
        with pace.measured(part):
            pictures[part] = replica.decode(codes[part])
        yield None
    return pictures
