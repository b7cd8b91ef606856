"""Loss curves in memory: growing arrays with few copies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from trainer.knobs import Knobs
from trainer.reports import Losses, StepReport

#: Columns of every run; further terms and knobs of families follow them.
COLUMNS = ("reconstruction", "kl", "total")
#: Maximum number of steps of a kept model.
_MOST = 2_000
KNOBS = ("epoch", "beta", "learning_rate", "noise")
#: Changes of knobs at most this many steps apart belong to one turn.
_ONE_TURN = 40


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of knobs: the first step with it, and the knobs before and after."""

    step: int
    before: Knobs
    after: Knobs


class History:
    """Loss terms and applied knobs of every step of a run, and changes of knobs.

    `steps` is int64 (n,); `column(member, name)` float32 (n,), both views that stay valid until the next append.

    Attributes:
        members: the number of models.
        names: of the loss terms.
        knob_names: "epoch", then names as in `Knobs`.
    """

    def __init__(self, members: int) -> None:
        self.members = members
        self.names: tuple[str, ...] = COLUMNS
        self.knob_names: tuple[str, ...] = KNOBS
        self._size = 0
        self._steps = np.empty(1024, np.int64)
        self._losses = np.empty((1024, members, len(COLUMNS)), np.float32)
        self._knobs = np.empty((1024, len(KNOBS)))
        #: Steps from which other knobs applied, the knobs, and whether each begins a new turn.
        self._acting: list[tuple[int, Knobs, bool]] = []
        #: Whether the history was cut: the next change begins a new turn.
        self._cut = False

    def __len__(self) -> int:
        return self._size

    def append(self, reports: tuple[StepReport, ...]) -> None:
        """Add reports, oldest first; those whose losses have not been read from the device are skipped."""
        read = []
        for report in reports:
            self._note(report.step, _acting(report))
            if len(report.losses) != self.members:
                continue
            for losses in report.losses:
                if not losses.terms.keys() <= set(self.names):
                    self._widen(tuple(losses.terms))
            if not report.applied.keys() <= set(self.knob_names):
                self._widen_knobs(tuple(report.applied))
            read.append(report)
        if not read:
            return
        self._make_room(self._size + len(read))
        new, names = slice(self._size, self._size + len(read)), self.knob_names[1:]
        # All at once: an opened run has thousands of steps.
        self._steps[new] = [report.step for report in read]
        self._losses[new] = [
            [[losses.terms.get(name, np.nan) for name in self.names] for losses in report.losses]
            for report in read
        ]
        self._knobs[new] = [
            [report.epoch, *(report.applied.get(name, np.nan) for name in names)] for report in read
        ]
        self._size += len(read)

    def _make_room(self, size: int) -> None:
        """Allocate memory for `size` steps."""
        room = len(self._steps)
        while room < size:
            room *= 2
        if room > len(self._steps):
            self._steps = np.resize(self._steps, room)
            self._losses = np.resize(self._losses, (room, *self._losses.shape[1:]))
            self._knobs = np.resize(self._knobs, (room, len(self.knob_names)))

    def _note(self, step: int, knobs: Knobs) -> None:
        """Record the knobs of a step if they differ from those of the step before."""
        if self._acting and self._acting[-1][1] == knobs:
            return
        begins = self._cut or len(self._acting) < 2 or step - self._acting[-1][0] > _ONE_TURN
        self._acting.append((step, knobs, begins))
        self._cut = False

    @property
    def turns(self) -> list[Turn]:
        """Changes of knobs, oldest first; the many changes of one drag of a slider are merged."""
        firsts = [place for place, (_, _, begins) in enumerate(self._acting) if begins and place]
        firsts.append(len(self._acting))
        return [
            Turn(self._acting[first][0], self._acting[first - 1][1], self._acting[end - 1][1])
            for first, end in pairwise(firsts)
        ]

    def _widen(self, names: tuple[str, ...]) -> None:
        """Add columns for terms that no report had before."""
        new = tuple(name for name in names if name not in self.names)
        room = np.full((*self._losses.shape[:2], len(new)), np.nan, np.float32)
        self._losses = np.concatenate((self._losses, room), axis=2)
        self.names += new

    def _widen_knobs(self, names: tuple[str, ...]) -> None:
        new = tuple(name for name in names if name not in self.knob_names)
        self._knobs = np.concatenate((self._knobs, np.full((len(self._knobs), len(new)), np.nan)), axis=1)
        self.knob_names += new

    def up_to(self, step: int) -> History:
        """A new history with the steps up to and including `step`."""
        cut = History(self.members)
        cut._widen(self.names)
        cut._widen_knobs(self.knob_names)
        cut._acting = [entry for entry in self._acting if entry[0] <= step]
        cut._cut = True
        size = int(np.searchsorted(self.steps, step, side="right"))
        room = max(size, len(cut._steps))
        cut._size = size
        cut._steps = np.resize(self._steps[:size], room) if size else cut._steps
        cut._losses = np.resize(self._losses[:size], (room, *self._losses.shape[1:])) if size else cut._losses
        cut._knobs = np.resize(self._knobs[:size], (room, len(self.knob_names))) if size else cut._knobs
        return cut

    def reports(self, member: int, until: int | None = None) -> tuple[StepReport, ...]:
        """The reports of one member up to step `until` (None: all), thinned evenly for a long run."""
        size = len(self) if until is None else int(np.searchsorted(self.steps, until, side="right"))
        places = np.arange(size)
        if size > _MOST:
            places = np.unique(np.linspace(0, size - 1, _MOST).round().astype(int))
        losses = self._losses[:size, member]
        # A term that is NaN in all steps does not exist in the model.
        some = np.any(np.isfinite(losses), axis=0).tolist()
        has = [name == "total" or there for name, there in zip(self.names, some, strict=True)]
        return tuple(self._report(place, member, has) for place in places.tolist())

    def _report(self, place: int, member: int, has: list[bool]) -> StepReport:
        values = zip(self.names, self._losses[place, member].tolist(), has, strict=True)
        knobs = self._knobs_of(place).for_members((member,))
        return StepReport(
            step=int(self._steps[place]),
            epoch=float(self._knobs[place, 0]),
            knobs=knobs,
            applied=knobs,
            losses=(Losses({name: value for name, value, known in values if known}),),
            images=0,
            seconds=0.0,
        )

    @property
    def steps(self) -> np.ndarray:
        """int64 (n,)."""
        return self._steps[: self._size]

    def column(self, member: int, name: str) -> np.ndarray:
        """float32 (n,); NaN if the model has no such term. `name` is one of `names`."""
        return self._losses[: self._size, member, self.names.index(name)]

    def knobs_at(self, step: int) -> Knobs | None:
        """The knobs as applied in the last step up to `step`; None if there is none."""
        place = int(np.searchsorted(self.steps, step, side="right")) - 1
        return None if place < 0 else self._knobs_of(place)

    def _knobs_of(self, place: int) -> Knobs:
        values = zip(self.knob_names[1:], self._knobs[place, 1:].tolist(), strict=True)
        return Knobs(**{name: value for name, value in values if value == value})

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
        """float64 (n, names): epoch and knobs as applied in each step, in the order of `knob_names`."""
        return self._knobs[: self._size]


def _acting(report: StepReport) -> Knobs:
    """The knobs as applied in a step: the learning rate of a run's last epochs is lower than the knob.

    Except β, which changes with every step during warm-up.
    """
    rate = report.applied.learning_rate
    return report.knobs if rate == report.knobs.learning_rate else report.knobs.replace(learning_rate=rate)
