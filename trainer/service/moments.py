"""The kept moments of one run, thinned to a budget, and going back to one; what was before stays as a branch."""

from __future__ import annotations

import errno
import logging
import math
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from trainer.reports import EvaluationReport, MapReport, StepReport
from trainer.sentences import RequestError, Sentence, reason_of
from trainer.service.backend import Backend, RunTrainer
from trainer.service.duty_cycle import Clock, DutyCycle
from trainer.service.messages import Continued, Moment, MomentsKept, Report
from trainer.storage.private import private_folder
from trainer.training.moment_file import moment_path, read_state, write_moment
from trainer.training.saved_moments import SavedMoment, take_over, write_saved

log = logging.getLogger(__name__)

#: Seconds between moments while training, and the share of the time that keeping them may take.
EVERY, SHARE = 1.0, 0.015
#: The first steps teach most: up to this one each is kept, then every one this much farther on than the one
#: before, while that has taken no more than so many seconds and this share of the time since the first.
EARLY_STEPS, GROWTH, EARLY_SECONDS, EARLY_SHARE = 10, 1.3, 5.0, 0.2
#: Most moments, most bytes they may have together, and the share of the free disk.
MOST, BUDGET, DISK_SHARE = 240, 1 << 30, 0.1
#: Most bytes of moments that are saved with a session.
SAVED = 1 << 29
#: With room for fewer there is nothing to travel through.
FEWEST = 4


TakeState = Callable[[], tuple[dict[str, np.ndarray], dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Kept:
    moment: Moment
    numbers: dict[str, Any] = field(repr=False)


class Moments:
    """Moments of the present run, oldest first, and of its former branch after going back.

    Everything happens in the service's one thread. A folder that cannot be written to costs the moments, never the
    training: `trouble` then says so in one sentence.

    Attributes:
        live: moments of the run, ascending in steps.
        former: moments of the branch that was left last, all after the step where it was left; the last is where
            that branch ended. Empty if there is none.
        trouble: why no more moments are kept, "" while they are.
    """

    def __init__(
        self,
        folder: Path,
        *,
        budget: int = BUDGET,
        every: float = EVERY,
        clock: Clock = time.monotonic,
    ) -> None:
        """`folder` holds nothing but moments; what a former service left in it is removed."""
        self._folder = folder
        self._most_bytes = budget
        self._clock = clock
        self._pace = DutyCycle(every, SHARE, clock=clock)
        self._number = 0
        self._held: int | None = None
        self._undeleted: list[Path] = []
        self.clear()
        for left in folder.glob("moment-*"):
            self._delete(left)

    @property
    def _all(self) -> list[_Kept]:
        return self.live + self.former

    def clear(self) -> None:
        """Remove all moments, for another run, and set the budget by the disk's free space."""
        for kept in getattr(self, "live", []) + getattr(self, "former", []):
            self._delete(moment_path(self._folder, kept.moment.number))
        self.live: list[_Kept] = []
        self.former: list[_Kept] = []
        #: The step at which the former branch was left.
        self._parted = 0
        self.trouble: Sentence | None = None
        self._too_large = False
        self._held = None
        self._lost = 0
        #: What early moments have taken, in seconds, and when the first was asked for.
        self._early_spent, self._early_since = 0.0, 0.0
        self._budget = self._most_bytes

    # ------------------------------------------------------------ keeping

    def due(self, step: int) -> bool:
        """Whether the run, at `step`, should keep a moment beside its training.

        Moments that thinning would soon take away again are not written in the first place.
        """
        if self.early(step):
            return True
        if self.trouble or not self._pace.due():
            return False
        if not self.live:
            return True
        last = self.live[-1].moment
        capacity = min(MOST, max(FEWEST, self._budget // max(1, last.size)))
        places = spread_positions([self.live[0].moment.step, last.step, step])
        return places[2] - places[1] >= (places[2] - places[0]) / (2 * capacity)

    def early(self, step: int) -> bool:
        """Whether the run, at `step`, should keep a moment whatever the pace: see `EARLY_STEPS`."""
        if self.trouble or not self.live:
            return False
        last = self.live[-1].moment.step
        if step <= last or EARLY_STEPS < step < GROWTH * last:
            return False
        self._early_since = self._early_since or self._clock()
        allowed = EARLY_SECONDS + EARLY_SHARE * (self._clock() - self._early_since)
        return self._early_spent < allowed

    def stands_at(self, step: int) -> bool:
        """Whether the newest moment is that of `step`."""
        return bool(self.live) and self.live[-1].moment.step == step

    def wants(self, step: int) -> bool:
        """Whether a moment of `step` is worth trying to write: a full disk may have room again by now."""
        return not self._too_large and not self.stands_at(step)

    def renumber(self, numbers: dict[str, Any]) -> None:
        """Update the numbers of the newest moment's state: knobs may turn without a step."""
        self.live[-1] = replace(self.live[-1], numbers=numbers)

    def keep(self, step: int, epoch: float, state: TakeState, report: MapReport) -> bool:
        """Keep a moment; whether it is kept. If not, `trouble` says why, and no more are wanted.

        `state()` gives the run's tensors and numbers; what it takes is part of what keeping costs.
        """
        early, began = self.early(step), self._clock()
        if not early:
            self._pace.begin()
        try:
            self._number += 1
            arrays, numbers = state()
            size = self._write(arrays, report)
        except OSError as error:
            log.warning("no more moments are kept: %s", error)
            self.trouble = _why(error)
            return False
        finally:
            if early:
                self._early_spent += report.seconds + self._clock() - began
            else:
                self._pace.end()
        self.trouble = None
        self.live.append(_Kept(Moment(self._number, step, epoch, size), numbers))
        if size * FEWEST > self._budget:
            self._too_large = True
            self.trouble = Sentence(
                "Moments of this run take {size:,.0f} MB each, too much to keep within {budget:,.0f} MB.",
                size=size / 1e6,
                budget=self._budget / 1e6,
            )
            self._forget(self.live.pop())
            return False
        self._thin()
        return True

    def _write(self, arrays: Mapping[str, np.ndarray], report: MapReport) -> int:
        private_folder(self._folder.parent)
        private_folder(self._folder)
        self.review()
        if not self.live:
            self._find_budget()
        return write_moment(moment_path(self._folder, self._number), arrays, report)

    def _find_budget(self) -> None:
        self._budget = min(self._most_bytes, int(DISK_SHARE * shutil.disk_usage(self._folder).free))

    # ------------------------------------------------------------ with a session

    def save(self, folder: Path, belongs_to: str) -> None:
        """Write the run's moments to `folder`, thinned to `SAVED` bytes; see `write_saved`. Raises `OSError`."""
        self.review()
        found = (
            SavedMoment(moment_path(self._folder, one.number), one.step, one.epoch, one.size, kept.numbers)
            for kept in self._chosen()
            for one in (kept.moment,)
        )
        write_saved(folder, belongs_to, found)

    def _chosen(self) -> list[_Kept]:
        """The moments that are saved with a session."""
        chosen = list(self.live)
        used = sum(kept.moment.size for kept in chosen)
        while used > SAVED and len(chosen) > 1:
            used -= chosen.pop(_least_needed([kept.moment.step for kept in chosen]) or 0).moment.size
        return chosen

    def take_over(self, saved: Sequence[SavedMoment]) -> int:
        """Have the moments of a session as this run's, after `clear`. Returns how many could not be read."""
        if not saved:
            return 0
        damaged = 0
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder)
            self._find_budget()
        except OSError as error:
            self.trouble = _why(error)
            return 0
        for one in saved:
            self._number += 1
            try:
                whole = take_over(one, moment_path(self._folder, self._number))
            except OSError as error:
                log.warning("a saved moment could not be taken over: %s", error)
                whole = False
            if whole:
                self.live.append(_Kept(Moment(self._number, one.step, one.epoch, one.size), one.numbers))
                self._thin()
            else:
                damaged += 1
        return damaged

    def hold(self, number: int | None) -> None:
        """Keep this moment, which is looked at, from being thinned out, until another is."""
        self._held = number

    def _thin(self) -> None:
        while len(self._all) > MOST or self._used > self._budget:
            victim = self._least()
            if victim is None:
                return
            (self.live if victim in self.live else self.former).remove(victim)
            self._forget(victim)

    def _least(self) -> _Kept | None:
        """The moment whose neighbours are nearest to each other; never a first or last one, nor one looked at."""
        branches = [self.live, [*self.live[:1], *self.former]]
        found: list[tuple[float, _Kept]] = []
        for branch in branches:
            places = spread_positions([kept.moment.step for kept in branch])
            for place in range(1, len(branch) - 1):
                if branch[place].moment.number != self._held:
                    found.append((places[place + 1] - places[place - 1], branch[place]))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def review(self) -> int:
        """Forget moments whose files were removed from outside; returns their number."""
        try:
            there = set(os.listdir(self._folder))
        except OSError:
            there = set()

        def left(branch: list[_Kept]) -> list[_Kept]:
            return [kept for kept in branch if moment_path(self._folder, kept.moment.number).name in there]

        before = len(self._all)
        self.live, self.former = left(self.live), left(self.former)
        lost = before - len(self._all)
        self._lost += lost
        return lost

    # ------------------------------------------------------------ going back

    def state(self, number: int) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Tensors and numbers of a moment of the run, or of its former branch's end.

        Raises:
            RequestError: it is not kept, or its file is gone.
            CheckpointError: its file is damaged.
        """
        reachable = [*self.live, *self.former[-1:]]
        kept = next((kept for kept in reachable if kept.moment.number == number), None)
        if kept is None:
            raise RequestError("This moment is not kept any more; choose another one.")
        try:
            return read_state(moment_path(self._folder, number)), kept.numbers
        except OSError as error:
            raise RequestError(
                "The moment at step {step:,} could not be read: {reason}.",
                step=kept.moment.step,
                reason=reason_of(error),
            ) from error

    def go_back(self, number: int) -> bool:
        """Make what came after moment `number`, where the run is now, the former branch.

        True if it was the former branch's end, which changes places with what came after.
        """
        if self.former and self.former[-1].moment.number == number:
            at = self._parted
            common = [kept for kept in self.live if kept.moment.step <= at]
            after = self.live[len(common) :]
            self.live, self.former = common + self.former, after
            return True
        place = next(place for place, kept in enumerate(self.live) if kept.moment.number == number)
        for kept in self.former:
            self._forget(kept)
        self.live, self.former = self.live[: place + 1], self.live[place + 1 :]
        self._parted = self.live[-1].moment.step
        return False

    def forget_after(self, step: int) -> bool:
        """Remove the run's moments after `step`, but not the former branch's. Returns whether there were any."""
        undone = [kept for kept in self.live if kept.moment.step > step]
        for kept in undone:
            self.live.remove(kept)
            self._forget(kept)
        return bool(undone)

    # ------------------------------------------------------------ telling

    def told(self) -> MomentsKept:
        """The report for the window; moments that were lost are in it once."""
        lost, self._lost = self._lost, 0
        return MomentsKept(
            folder=self._folder,
            moments=tuple(kept.moment for kept in self.live),
            former=self.former[-1].moment if self.former else None,
            used=self._used,
            saved=sum(kept.moment.size for kept in self._chosen()),
            budget=self._budget,
            trouble=self.trouble,
            lost=lost,
        )

    @property
    def _used(self) -> int:
        return sum(kept.moment.size for kept in self._all)

    # ------------------------------------------------------------ files

    def _forget(self, kept: _Kept) -> None:
        self._delete(moment_path(self._folder, kept.moment.number))

    def _delete(self, path: Path) -> None:
        # One that the window reads at this moment stays on Windows, and goes the next time.
        self._undeleted.append(path)
        self._undeleted = [old for old in self._undeleted if not _deleted(old)]


def spread_positions(steps: Sequence[int]) -> list[float]:
    """Positions of moments on the scale on which they are kept evenly spread: the logarithm of the step.

    The first steps move the maps more than thousands of late ones.
    """
    return [math.log1p(step) for step in steps]


def _least_needed(steps: Sequence[int]) -> int | None:
    """The place of the moment whose neighbours are nearest to each other, never a first or last one; or None."""
    places = spread_positions(steps)
    inner = range(1, len(steps) - 1)
    return min(inner, key=lambda place: places[place + 1] - places[place - 1], default=None)


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _why(error: OSError) -> Sentence:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Sentence("The disk is full, so no more moments are kept; training goes on.")
    return Sentence(
        "Moments cannot be kept because temporary files cannot be written ({reason}); training goes on.",
        reason=reason_of(error),
    )


class Branching(Protocol):
    """The part of `ActiveRun` that moments are made of, and that changes when it goes back."""

    trainer: RunTrainer
    history: list[StepReport]
    evaluations: list[EvaluationReport]


class TimeMachine:
    """The moments of one run. Methods belong to the service's one thread."""

    def __init__(self, run: Branching, moments: Moments, backend: Backend, send: Callable[[Report], None]) -> None:
        self._run = run
        self._moments = moments
        self._backend = backend
        self._send = send
        self._probe = run.trainer.probe_rows
        #: What the run had reported before it went back last.
        self._former: tuple[list[StepReport], list[EvaluationReport]] = ([], [])

    def due(self) -> bool:
        """Whether a moment should be kept beside training."""
        return self._moments.due(self._run.trainer.step)

    def early(self) -> bool:
        """Whether a map should be made for a moment, whatever the pace of maps."""
        return self._moments.early(self._run.trainer.step)

    def begin(self, report: MapReport) -> None:
        """Keep the run's first moment, of `report`; or report those that came with it, this one among them."""
        if self._moments.stands_at(self._run.trainer.step):
            self._send(self._moments.told())
        else:
            self.keep(report)

    def keep(self, report: MapReport) -> bool:
        """Keep the present run, with the probe rows of `report`, which was made of the same weights.

        Whether it is kept; trouble is reported once and never raised.
        """
        trainer, moments = self._run.trainer, self._moments
        if not moments.wants(trainer.step):
            return moments.stands_at(trainer.step)
        shown = _only(report, self._probe)
        trouble = moments.trouble
        kept = moments.keep(trainer.step, trainer.epoch, lambda: self._backend.state_arrays(trainer), shown)
        if kept or moments.trouble != trouble:
            self._send(moments.told())
        return kept

    def go_back(self, number: int, *, lossless: bool = True) -> Continued:
        """Put the run back at moment `number`.

        Args:
            lossless: keep the present run first, so that one can return to it.

        Raises:
            RequestError: the moment is not kept, or the present run could not be kept.
            CheckpointError, StateError: its file is damaged. The run is as before.
        """
        run, moments = self._run, self._moments
        try:
            arrays, numbers = moments.state(number)
        except RequestError:
            if moments.review():
                self._send(moments.told())
            raise
        moments.hold(number)
        if lossless and moments.stands_at(run.trainer.step):
            moments.renumber(self._backend.state_arrays(run.trainer)[1])
        elif lossless and not self.keep(run.trainer.map_report(self._probe)):
            raise RequestError(
                "The run as it stands could not be kept to return to, so nothing was changed; save it first. "
                "{trouble}",
                trouble=moments.trouble or "",
            )
        self._backend.restore(run.trainer, arrays, numbers)
        returned = moments.go_back(number)
        was = (run.history, run.evaluations)
        if returned:
            run.history, run.evaluations = self._former
        else:
            self._cut()
        self._former = was
        self._send(moments.told())
        return self._stands(returned)

    def take_back(self) -> None:
        """The engine is at an earlier step than it reported: what came after it is undone, also in the window."""
        self._cut()
        self._send(self._stands(returned=False))
        if self._moments.forget_after(self._run.trainer.step):
            self._send(self._moments.told())

    def _cut(self) -> None:
        """Forget what was reported after the engine's step."""
        run, step = self._run, self._run.trainer.step
        run.history = [report for report in run.history if report.step <= step]
        run.evaluations = [report for report in run.evaluations if report.step <= step]

    def _stands(self, returned: bool) -> Continued:
        run = self._run
        return Continued(
            step=run.trainer.step,
            epoch=run.trainer.epoch,
            knobs=run.trainer.knobs,
            last=run.history[-1] if run.history else None,
            returned=returned,
        )


def _only(report: MapReport, rows: np.ndarray) -> MapReport:
    """`report` with these rows alone, which are among its own; both ascend."""
    if len(report.rows) == len(rows):
        return report
    places = np.searchsorted(report.rows, rows)
    return MapReport(
        step=report.step,
        rows=rows,
        codes=tuple(codes[places] for codes in report.codes),
        snapshots=report.snapshots,
        seconds=report.seconds,
        sigmas=tuple(None if spread is None else spread[places] for spread in report.sigmas),
    )
