"""Loss curves in memory: growing arrays that never copy more than they must."""

from __future__ import annotations

import numpy as np

from trainer.knobs import Knobs
from trainer.reports import Losses, StepReport

#: What every run has a place for; a family's own terms come after them.
COLUMNS = ("reconstruction", "kl", "total")
#: Steps that are kept of a model by itself.
_MOST = 2_000
KNOBS = ("epoch", "beta", "learning_rate", "noise")


class History:
    """Loss terms of every step of a run. `members` is the number of models, `names` are those of the terms.

    `steps` is int64 (n,); `column(member, name)` float32 (n,), both views that stay valid until the next append.
    """

    def __init__(self, members: int) -> None:
        self.members = members
        self.names: tuple[str, ...] = COLUMNS
        self._size = 0
        self._steps = np.empty(1024, np.int64)
        self._losses = np.empty((1024, members, len(COLUMNS)), np.float32)
        self._knobs = np.empty((1024, len(KNOBS)))

    def __len__(self) -> int:
        return self._size

    def append(self, reports: tuple[StepReport, ...]) -> None:
        """Add reports, oldest first; those whose losses have not been read from the device are passed over."""
        for report in reports:
            if len(report.losses) != self.members:
                continue
            if self._size == len(self._steps):
                self._steps = np.resize(self._steps, 2 * self._size)
                self._losses = np.resize(self._losses, (2 * self._size, *self._losses.shape[1:]))
                self._knobs = np.resize(self._knobs, (2 * self._size, len(KNOBS)))
            self._steps[self._size] = report.step
            for losses in report.losses:
                if not losses.terms.keys() <= set(self.names):
                    self._widen(tuple(losses.terms))
            for member, losses in enumerate(report.losses):
                self._losses[self._size, member] = [losses.terms.get(name, np.nan) for name in self.names]
            self._knobs[self._size] = (report.epoch, report.beta, report.applied_rate, report.knobs.noise)
            self._size += 1

    def _widen(self, names: tuple[str, ...]) -> None:
        """Make room for terms that no report had before."""
        new = tuple(name for name in names if name not in self.names)
        room = np.full((*self._losses.shape[:2], len(new)), np.nan, np.float32)
        self._losses = np.concatenate((self._losses, room), axis=2)
        self.names += new

    def up_to(self, step: int) -> History:
        """A history of its own with the steps up to and including `step`."""
        cut = History(self.members)
        cut._widen(self.names)
        size = int(np.searchsorted(self.steps, step, side="right"))
        room = max(size, len(cut._steps))
        cut._size = size
        cut._steps = np.resize(self._steps[:size], room) if size else cut._steps
        cut._losses = np.resize(self._losses[:size], (room, *self._losses.shape[1:])) if size else cut._losses
        cut._knobs = np.resize(self._knobs[:size], (room, len(KNOBS))) if size else cut._knobs
        return cut

    def reports(self, member: int, until: int | None = None) -> tuple[StepReport, ...]:
        """What is known of one member's steps up to `until` (None: of all), of a long run an even selection."""
        size = len(self) if until is None else int(np.searchsorted(self.steps, until, side="right"))
        places = np.arange(size)
        if size > _MOST:
            places = np.unique(np.linspace(0, size - 1, _MOST).round().astype(int))
        losses = self._losses[:size, member]
        # What is nowhere a number the model does not have.
        some = np.any(np.isfinite(losses), axis=0).tolist()
        has = [name == "total" or there for name, there in zip(self.names, some, strict=True)]
        return tuple(self._report(place, losses[place], has) for place in places.tolist())

    def _report(self, place: int, losses: np.ndarray, has: list[bool]) -> StepReport:
        epoch, beta, rate, noise = self._knobs[place].tolist()
        terms = {name: value for name, value, known in zip(self.names, losses.tolist(), has, strict=True) if known}
        return StepReport(
            step=int(self._steps[place]),
            epoch=epoch,
            knobs=Knobs(beta=beta, learning_rate=rate, noise=noise),
            beta=beta,
            losses=(Losses(terms),),
            images=0,
            seconds=0.0,
            learning_rate=rate,
        )

    def applied_at(self, step: int) -> tuple[float, float] | None:
        """β and learning rate as applied in the last step up to `step`; None if there is none."""
        place = int(np.searchsorted(self.steps, step, side="right")) - 1
        return None if place < 0 else (float(self._knobs[place, 1]), float(self._knobs[place, 2]))

    @property
    def steps(self) -> np.ndarray:
        """int64 (n,)."""
        return self._steps[: self._size]

    def column(self, member: int, name: str) -> np.ndarray:
        """float32 (n,); NaN where the model has no such term. `name` is one of `names`."""
        return self._losses[: self._size, member, self.names.index(name)]

    def knobs_at(self, step: int) -> tuple[float, float, float] | None:
        """β as applied, rate and noise of the last step up to `step`, or else of the first; None without any."""
        if not self._size:
            return None
        place = max(0, int(np.searchsorted(self.steps, step, side="right")) - 1)
        _, beta, rate, noise = self._knobs[place]
        return float(beta), float(rate), float(noise)

    def epoch_at(self, step: int) -> float:
        """The epoch of the last step up to `step`; 0 before the first."""
        place = int(np.searchsorted(self.steps, step, side="right")) - 1
        return float(self._knobs[place, 0]) if place >= 0 else 0.0

    @property
    def losses(self) -> np.ndarray:
        """float32 (n, members, terms), in the order of `names`."""
        return self._losses[: self._size]

    @property
    def knobs(self) -> np.ndarray:
        """float64 (n, 4): epoch, β and learning rate as applied, and noise of each step."""
        return self._knobs[: self._size]
