"""The kept moments of one run and of its former branch, thinned to a budget; they can be saved with a session."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from trainer.reports import MapReport
from trainer.sentences import RequestError, Sentence, reason_of
from trainer.service.duty_cycle import Clock
from trainer.service.messages import Moment, MomentsKept
from trainer.service.moment_pace import EVERY, MomentPace, least_needed, spread_positions
from trainer.storage.private import private_folder
from trainer.training.moment_file import moment_path, read_state, write_moment
from trainer.training.saved_moments import SavedMoment, take_over, write_saved

log = logging.getLogger(__name__)

#: Maximum number of moments, their maximum total bytes, and maximum share of the free disk.
MOST, BUDGET, DISK_SHARE = 240, 1 << 30, 0.1
#: Maximum bytes of moments saved with a session.
SAVED = 1 << 29
#: With room for fewer moments none are kept.
FEWEST = 4


TakeState = Callable[[], tuple[dict[str, np.ndarray], dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Kept:
    moment: Moment
    numbers: dict[str, Any] = field(repr=False)


class Moments:
    """Moments of the present run, oldest first, and of its former branch after going back.

    All methods are called in the service's thread. If the folder is not writable, no moments are kept and training
    continues: `trouble` is then the reason in one sentence.

    Attributes:
        live: moments of the run, ascending in steps.
        former: moments of the branch that was left last, all after the step where the branches separate; the last
            is the end of that branch. Empty if there is none.
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
        """`folder` contains only moments; files left by a previous service are removed."""
        self._folder = folder
        self._most_bytes = budget
        self._pace = MomentPace(every, clock)
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
        """Remove all moments, for another run, and set the budget from the free disk space."""
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
        self._pace.restart()
        self._budget = self._most_bytes

    # ------------------------------------------------------------ keeping

    def due(self, step: int) -> bool:
        """Whether the run, at `step`, should keep a moment during training.

        Moments that thinning would soon remove are not written in the first place.
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
        """Whether the run, at `step`, should keep a moment regardless of the interval: see `MomentPace.early`."""
        return not self.trouble and bool(self.live) and self._pace.early(self.live[-1].moment.step, step)

    def has_moment_at(self, step: int) -> bool:
        """Whether the newest moment is of `step`."""
        return bool(self.live) and self.live[-1].moment.step == step

    def wants(self, step: int) -> bool:
        """Whether to try to write a moment of `step`: a full disk may have room again."""
        return not self._too_large and not self.has_moment_at(step)

    def renumber(self, numbers: dict[str, Any]) -> None:
        """Update the numbers of the newest moment's state: knobs may change without a step."""
        self.live[-1] = replace(self.live[-1], numbers=numbers)

    def keep(self, step: int, epoch: float, state: TakeState, report: MapReport) -> bool:
        """Keep a moment and return whether it was kept. If not, `trouble` is the reason, and no more are wanted.

        `state()` returns the run's tensors and numbers; its time counts as part of the cost.
        """
        try:
            with self._pace.keeping(report.seconds if self.early(step) else None):
                self._number += 1
                arrays, numbers = state()
                size = self._write(arrays, report)
        except OSError as error:
            log.warning("no more moments are kept: %s", error)
            self.trouble = _why(error)
            return False
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
            used -= chosen.pop(least_needed([kept.moment.step for kept in chosen]) or 0).moment.size
        return chosen

    def take_over(self, saved: Sequence[SavedMoment]) -> int:
        """Adopt the moments of a session, after `clear`. Returns the number of those that could not be read."""
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
        """Protect this moment, which is shown, from being thinned out, until another one is shown."""
        self._held = number

    def _thin(self) -> None:
        while len(self._all) > MOST or self._used > self._budget:
            victim = self._least()
            if victim is None:
                return
            (self.live if victim in self.live else self.former).remove(victim)
            self._forget(victim)

    def _least(self) -> _Kept | None:
        """The moment whose neighbours are nearest to each other; never the first, the last or the shown one."""
        branches = [self.live, [*self.live[:1], *self.former]]
        found: list[tuple[float, _Kept]] = []
        for branch in branches:
            places = spread_positions([kept.moment.step for kept in branch])
            for place in range(1, len(branch) - 1):
                if branch[place].moment.number != self._held:
                    found.append((places[place + 1] - places[place - 1], branch[place]))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def review(self) -> int:
        """Drop moments whose files were removed by others; returns their number."""
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
            RequestError: it is not kept, or its file no longer exists.
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
        """Make the part after moment `number`, to which the run has returned, the former branch.

        Returns True if `number` was the former branch's end; then the two branches are exchanged.
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

    # ------------------------------------------------------------ report

    def report(self) -> MomentsKept:
        """The report for the window; lost moments are included only once."""
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
        # On Windows a file that the window is reading cannot be deleted; it is deleted the next time.
        self._undeleted.append(path)
        self._undeleted = [old for old in self._undeleted if not _deleted(old)]


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
