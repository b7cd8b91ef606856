"""Moments of the run that can be looked at again and continued from."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from trainer.service.messages import Moment

#: Moments a second when they are played.
SPEEDS = (2, 5, 10, 20)


class TimelineState(QObject):
    """The kept moments, and the one that the maps are to show. Setting an equal value emits nothing.

    Signals:
        moments_changed: `moments`, `former`, `used`, `budget` or `trouble` changed.
        looked_changed: `looked` is another moment, or the present (None).
        playing_changed: `playing` or `speed` changed.
        going_back_changed: `going_back` changed.
        continue_requested(object): the user wants the run to go on from this `Moment`.
    """

    moments_changed = Signal()
    looked_changed = Signal()
    playing_changed = Signal()
    going_back_changed = Signal()
    continue_requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Ascending in steps.
        self.moments: tuple[Moment, ...] = ()
        #: Where the branch ended that was left when the run last went back.
        self.former: Moment | None = None
        #: Bytes that moments take, and may take at most.
        self.used = self.budget = 0
        #: Bytes of the moments that are saved with a session.
        self.saved = 0
        #: Why no more moments are kept, or "".
        self.trouble = ""
        self.folder = Path()
        #: The moment the user looks at; None is the present, which moves while training.
        self.looked: Moment | None = None
        self.playing = False
        self.speed = 5
        #: The run is on its way to another moment.
        self.going_back = False

    def set_moments(
        self,
        folder: Path,
        moments: tuple[Moment, ...],
        former: Moment | None = None,
        used: int = 0,
        budget: int = 0,
        trouble: str = "",
        saved: int = 0,
    ) -> None:
        """The moments there are now."""
        new = (folder, moments, former, used, budget, trouble, saved)
        if new == (self.folder, self.moments, self.former, self.used, self.budget, self.trouble, self.saved):
            return
        self.folder, self.moments, self.former, self.used, self.budget, self.trouble, self.saved = new
        self.moments_changed.emit()

    def clear(self) -> None:
        """Remove all moments, for another run or none."""
        self.play(False)
        self.look(None)
        self.set_moments(Path(), ())

    def look(self, moment: Moment | None) -> None:
        """Look at a moment, or at the present."""
        if moment != self.looked:
            self.looked = moment
            self.looked_changed.emit()

    @property
    def place(self) -> int:
        """Index of the moment looked at, or of the one after it if it is gone; the number of moments for now."""
        if self.looked is None:
            return len(self.moments)
        return bisect_left([moment.step for moment in self.moments], self.looked.step)

    def look_at(self, place: int) -> None:
        """Look at the moment with this index; beyond the last is the present."""
        place = max(0, place)
        self.look(self.moments[place] if place < len(self.moments) else None)

    def move(self, by: int) -> None:
        """So many moments later (or earlier, if negative)."""
        if self.moments:
            self.look_at(self.place + by)

    def play(self, playing: bool) -> None:
        """Run through the moments, from the one looked at or, from the present, from the first."""
        playing = playing and len(self.moments) > 1
        if playing != self.playing:
            self.playing = playing
            if playing and self.looked is None:
                self.look_at(0)
            self.playing_changed.emit()

    def set_speed(self, speed: int) -> None:
        """Moments a second."""
        if speed != self.speed:
            self.speed = speed
            self.playing_changed.emit()

    def set_going_back(self, going_back: bool) -> None:
        """The run is on its way to another moment, or there."""
        if going_back != self.going_back:
            self.going_back = going_back
            self.going_back_changed.emit()

    def ask_to_continue(self, moment: Moment) -> None:
        """Ask for the run to continue from here."""
        self.continue_requested.emit(moment)
