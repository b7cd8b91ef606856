"""What the samples' worker thread does: draws codes, decodes them, measures the pictures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from latent_explorer.core.piece_pace import PiecePace
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.tools.samples.measures import Measures, enough, real_rows
from latent_explorer.tools.samples.sources import NO_ROWS, Fits, PaneOrder, Spreads, local_codes
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
#: Work that takes no longer than this (s) is not worth a line in the status bar.
_QUICK = 0.5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SampleOrder:
    """What a sheet of every pane needs, captured when it is asked for.

    Attributes:
        panes: those that have a model and codes.
        images: uint8 (N, C, H, W) of the data, None if not at hand. Those below `train_count` are for training.
        measured: samples that figures are measured on; 0 for no figures.
        compared: samples that figures are measured on whenever they are: densities are not fitted to the real
            images that go with so many, so that a sheet stays as it is when its figures come.
    """

    settings: SampleSettings
    panes: tuple[PaneOrder, ...]
    images: np.ndarray | None = field(default=None, repr=False)
    train_count: int = 0
    measured: int = 0
    compared: int = 0

    @property
    def reference(self) -> np.ndarray:
        """Data rows that samples are or will be compared with: int64 (r,)."""
        count = self.measured or self.compared
        if self.images is None or not count or not enough(len(self.images), self.train_count):
            return NO_ROWS
        return real_rows(len(self.images), self.train_count, count)[0]


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Something of pane `pane`; the real data's own figures belong to none (-1)."""

    pane: int
    what: Sheet | PaneFigures | RealFigures


class SampleWork:
    """Answers orders with `Made`, sheets first; for one thread at a time."""

    def __init__(self, replicas: ReplicaCache) -> None:
        self._replicas = replicas
        self._fits = Fits()
        self._spreads = Spreads()
        self._measures = Measures()

    def forget_images(self) -> None:
        """The images are others: let go of the former ones."""
        self._measures.forget()

    def make(self, order: SampleOrder) -> Iterator[object]:
        """Sheets, then figures. Yields `Made`, `Progress`, and None where it may only be interrupted."""
        begun = time.monotonic()
        for step in self._all(order):
            if isinstance(step, Progress) and time.monotonic() - begun < _QUICK:
                yield None
            else:
                yield step

    def _all(self, order: SampleOrder) -> Iterator[object]:
        drawn = []
        for pane in order.panes:
            sheet = yield from self._sheet(pane, order.settings, order.reference)
            drawn.append(len(sheet.codes) > 0)
            yield Made(pane.index, sheet)
        if not order.measured or order.images is None or order.settings.source not in WHOLE:
            return
        panes = [
            pane
            for pane, any_drawn in zip(order.panes, drawn, strict=True)
            if any_drawn and pane.snapshot.config.shape == order.images.shape[1:]
        ]
        wanted = order.images, order.train_count, order.measured
        ahead = self._measures.ahead(*wanted, [(pane.index, pane.snapshot) for pane in panes])
        counter = _Counter(ahead)
        real = yield from counter.through(self._measures.real(*wanted))
        yield Made(-1, real)
        if real.same:
            return
        for pane in panes:
            figures = yield from counter.through(self._figures(pane, order, real.fidelity.count))
            yield Made(pane.index, figures)

    def _sheet(self, pane: PaneOrder, settings: SampleSettings, reference: np.ndarray) -> Steps[Sheet]:
        replica = self._replicas.of(pane.snapshot, pane.traits)
        remark = reason = prior = ""
        fit = None
        if settings.source in WHOLE:
            try:
                fitted = yield from self._fits.of(pane, settings, reference)
            except DensityError as error:
                codes, reason = np.empty((0, pane.codes.shape[1]), np.float32), shown_sentence(error.sentence)
            else:
                noise = draw_noise(settings.count, pane.codes.shape[1], settings.seed)
                codes, fit = (yield from _drawn(fitted.density, noise)), fitted.summary
                if isinstance(fitted.density, Prior):
                    prior, remark = fitted.density.formula, "" if pane.traits.has_prior else "no-prior"
        else:
            local = yield from local_codes(pane, settings, replica, self._spreads)
            codes, reason, remark = local.codes, local.reason, local.remark
        yield None
        pictures = yield from decoded(replica, codes)
        for array in (codes, pictures):
            array.setflags(write=False)
        return Sheet(
            settings=settings,
            snapshot=pane.snapshot,
            codes=codes,
            pictures=pictures,
            prior=prior,
            remark=remark,
            reason=reason,
            fit=fit,
        )

    def _figures(self, pane: PaneOrder, order: SampleOrder, count: int) -> Steps[PaneFigures]:
        assert order.images is not None
        replica = self._replicas.of(pane.snapshot, pane.traits)
        fitted = yield from self._fits.of(pane, order.settings, order.reference)
        # The sheet shows the beginning of these: as many as there are real ones on either side, since all figures
        # depend on how many pictures are compared.
        noise = draw_noise(count, pane.codes.shape[1], order.settings.seed)
        codes = yield from _drawn(fitted.density, noise)
        wanted = order.images, order.train_count, order.measured
        fidelity = yield from self._measures.generated(replica, codes, *wanted)
        reconstructed = yield from self._measures.reconstructed(pane.index, pane.snapshot, replica, *wanted)
        return PaneFigures(
            settings=order.settings,
            snapshot=pane.snapshot,
            fidelity=fidelity,
            reconstructed=reconstructed,
            apart=fitted.summary.apart if fitted.summary.fitted_on else None,
        )


class _Counter:
    """Makes the progress of one piece of work after another that of the whole."""

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
    """Codes float32 (n, d), some at a time; they are the same as all at once."""
    codes = np.empty(noise.normal.shape, np.float32)
    for start in range(0, len(noise), _DRAWN_AT_ONCE):
        part = slice(start, start + _DRAWN_AT_ONCE)
        codes[part] = density.sample(noise[part])
        yield None
    return codes


def decoded(replica: Replica, codes: np.ndarray) -> Steps[np.ndarray]:
    """Pictures uint8 (n, H, W, C) of codes (n, d), some at a time."""
    channels, height, width = replica.config.shape
    pictures = np.empty((len(codes), height, width, channels), np.uint8)
    pace = PiecePace()
    for part in pace.parts(len(codes)):
        with pace.measured(part):
            pictures[part] = replica.decode(codes[part])
        yield None
    return pictures
