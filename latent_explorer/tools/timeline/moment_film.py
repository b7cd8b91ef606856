"""The kept moments of a run, shown one after the other and photographed on the way."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from latent_explorer.core.jobs import JobsState
from latent_explorer.core.pane import PaneState
from latent_explorer.tools.timeline.state import TimelineState
from trainer.progress import Progress
from trainer.sentences import Sentence

#: Frames a second, frames of a film at most (ten seconds), and for a moment at most on the average.
SPEED, MOST_FRAMES, LONGEST = 12, 120, 12
#: The number of its job; others count from 0 in both directions.
_JOB = -1_000_000
#: A moment that cannot be shown is waited for so long.
_PATIENCE_MS = 10_000
#: What is made for the weights shown (meter, heat maps, contours) is waited for so long; then it is left out.
_SETTLING_S = 3.0
_AGAIN_MS = 20
#: How it ends: with all frames, by the user, or because another film is taken, another moment was looked at, a
#: moment is gone, a moment did not come, the window has another size, its widgets are recreated.
ENDS = ("done", "cancelled", "replaced", "looked", "gone", "late", "size", "window")


def film_plan(steps: Sequence[int]) -> list[int]:
    """For each frame of a film, the place of the moment it shows; `steps` of the moments ascend.

    Frames are even in the logarithm of the step, on which a run's first seconds are as long as its last hours.
    Each shows the moment nearest to it, so that a moment stays until the next one is nearer.
    """
    if not steps:
        return []
    places = np.log1p(np.asarray(steps, np.float64))
    wanted = np.linspace(places[0], places[-1], min(MOST_FRAMES, LONGEST * len(steps)))
    return [int(np.abs(places - place).argmin()) for place in wanted]


class MomentFilm(QObject):
    """Goes through the moments once and puts the time line back where it was.

    Signals:
        finished: all moments have been taken; `frame` gives them.
        ended(str): it is over; why, one of `ENDS`.
    """

    finished = Signal()
    ended = Signal(str)

    def __init__(
        self,
        panes: Sequence[PaneState],
        timeline: TimelineState,
        jobs: JobsState,
        take: Callable[[], np.ndarray],
        settled: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`take`: gives the present picture, uint8 (H, W, 3). `settled`: whether all in it is of one moment."""
        super().__init__(parent)
        self._panes, self._timeline, self._jobs = tuple(panes), timeline, jobs
        self._take, self._settled = take, settled
        plan = film_plan([moment.step for moment in timeline.moments])
        shown = sorted(set(plan))
        self._moments = [timeline.moments[place] for place in shown]
        #: For each frame, which of the pictures it is.
        self._plan = [shown.index(place) for place in plan]
        self._former = timeline.looked
        self._frames: list[bytes] = []
        self._shape: tuple[int, ...] = ()
        self._over = False
        #: When the moment's weights were on the maps; None before.
        self._here_since: float | None = None
        # Not within the signal of new codes: others receive it first.
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._take_one)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.stop("late"))

    def start(self) -> None:
        """Begin with the first moment."""
        self._timeline.play(False)
        for pane in self._panes:
            pane.picture_changed.connect(self._look_soon)
        self._timeline.looked_changed.connect(self._looked)
        self._timeline.moments_changed.connect(self._moments_changed)
        self._jobs.cancel_requested.connect(self._cancelled)
        self._jobs.begin(_JOB, self.tr("Taking pictures of the run"))
        self._next()

    def frame(self, number: int) -> np.ndarray:
        """Picture `number` as uint8 (H, W, 3)."""
        picture = zlib.decompress(self._frames[self._plan[number]])
        return np.frombuffer(picture, np.uint8).reshape(self._shape)

    def __len__(self) -> int:
        return len(self._plan)

    @property
    def steps(self) -> list[int]:
        """The step of each frame."""
        return [self._moments[place].step for place in self._plan]

    def stop(self, reason: str) -> None:
        """End it; `reason`: one of `ENDS`."""
        if self._over:
            return
        self._over = True
        self._look.stop()
        self._patience.stop()
        for pane in self._panes:
            pane.picture_changed.disconnect(self._look_soon)
        self._timeline.looked_changed.disconnect(self._looked)
        self._timeline.moments_changed.disconnect(self._moments_changed)
        self._jobs.cancel_requested.disconnect(self._cancelled)
        self._jobs.end(_JOB)
        if reason != "looked" and (self._former is None or self._former in self._timeline.moments):
            self._timeline.look(self._former)
        if reason == "done":
            self.finished.emit()
        self.ended.emit(reason)

    def _next(self) -> None:
        done = len(self._frames)
        self._jobs.advance(_JOB, Progress(done, len(self._moments), Sentence("moments"), Sentence("Writing")))
        if done == len(self._moments):
            self.stop("done")
            return
        self._here_since = None
        self._patience.start()
        self._timeline.look(self._moments[done])
        self._look.start(0)  # it may be the one on show

    @Slot()
    def _look_soon(self) -> None:
        self._look.start(0)

    @Slot()
    def _looked(self) -> None:
        wanted = self._moments[min(len(self._frames), len(self._moments) - 1)]
        if self._timeline.looked != wanted:
            self.stop("looked")  # the user wants to see something else

    @Slot()
    def _moments_changed(self) -> None:
        if not set(self._moments[len(self._frames) :]) <= set(self._timeline.moments):
            self.stop("gone")

    @Slot(int)
    def _cancelled(self, number: int) -> None:
        if number == _JOB:
            self.stop("cancelled")

    @Slot()
    def _take_one(self) -> None:
        step = self._moments[len(self._frames)].step
        shown = [pane.codes for pane in self._panes if pane.model is not None and pane.frozen is None]
        if any(codes is None or codes.step != step for codes in shown):
            return  # still on its way
        if self._here_since is None:
            self._here_since = time.monotonic()
            self._patience.stop()
        if not self._settled() and time.monotonic() - self._here_since < _SETTLING_S:
            self._look.start(_AGAIN_MS)
            return
        pixels = self._take()
        if self._shape and pixels.shape != self._shape:
            self.stop("size")
            return
        self._shape = pixels.shape
        self._frames.append(zlib.compress(pixels.tobytes(), 1))
        self._next()
