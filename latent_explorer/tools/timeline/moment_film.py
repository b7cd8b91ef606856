"""An animation of a run: shows its kept moments in turn and captures each."""

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

#: Frames per second, maximum number of frames (ten seconds), and maximum mean number per moment.
SPEED, MOST_FRAMES, LONGEST = 12, 120, 12
#: The number of its job; others count from 0 in both directions.
_JOB = -1_000_000
#: Time limit for showing a moment.
_PATIENCE_MS = 10_000
#: Time limit for results of the shown weights (meter, heat maps, contours); later ones are left out.
_SETTLING_S = 3.0
_AGAIN_MS = 20
#: How it ends: with all frames, by the user, or because another film is taken, another moment was looked at, a
#: moment is gone, a moment did not come, the window has another size, its widgets are recreated.
ENDS = ("done", "cancelled", "replaced", "looked", "gone", "late", "size", "window")


def film_plan(steps: Sequence[int]) -> list[int]:
    """The index of the moment of each frame; `steps` of the moments ascend.

    Frames are evenly spaced in the logarithm of the step, so that a run's first seconds are as long as its last
    hours. Each shows the nearest moment.
    """
    if not steps:
        return []
    places = np.log1p(np.asarray(steps, np.float64))
    wanted = np.linspace(places[0], places[-1], min(MOST_FRAMES, LONGEST * len(steps)))
    return [int(np.abs(places - place).argmin()) for place in wanted]


class MomentFilm(QObject):
    """Shows all moments once and then restores the time line.

    Signals:
        finished: all moments were captured; `frame` returns them.
        ended(str): it ended, with the reason, one of `ENDS`.
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
        """`take`: returns the present picture, uint8 (H, W, 3). `settled`: whether all of it shows one moment."""
        super().__init__(parent)
        self._panes, self._timeline, self._jobs = tuple(panes), timeline, jobs
        self._take, self._settled = take, settled
        plan = film_plan([moment.step for moment in timeline.moments])
        shown = sorted(set(plan))
        self._moments = [timeline.moments[place] for place in shown]
        #: The index of the picture of each frame.
        self._plan = [shown.index(place) for place in plan]
        self._former = timeline.looked
        self._frames: list[bytes] = []
        self._shape: tuple[int, ...] = ()
        self._over = False
        #: Time when the moment's weights were on the maps; None before.
        self._here_since: float | None = None
        # Queued, so that other receivers of new codes come first.
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
        self._look.start(0)  # it may be the shown one

    @Slot()
    def _look_soon(self) -> None:
        self._look.start(0)

    @Slot()
    def _looked(self) -> None:
        wanted = self._moments[min(len(self._frames), len(self._moments) - 1)]
        if self._timeline.looked != wanted:
            self.stop("looked")  # the user selected another moment

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
