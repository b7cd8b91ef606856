"""Moments of the run that can be shown and continued from."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from trainer.service.messages import Moment

#: Moments per second for playback.
SPEEDS = (2, 5, 10, 20)


class TimelineState(QObject):
    """The kept moments, and the one to show on the maps. Setting an equal value emits nothing.

    Signals:
        moments_changed: `moments`, `former`, `used`, `budget` or `trouble` changed.
        looked_changed: `looked` changed.
        playing_changed: `playing` or `speed` changed.
        going_back_changed: `going_back` changed.
        continue_requested(object): the user requests to continue the run from this `Moment`.
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
        #: The end of the branch that was left when the run last went back.
        self.former: Moment | None = None
        #: Bytes of moments, and their maximum.
        self.used = self.budget = 0
        #: Bytes of the moments that are saved with a session.
        self.saved = 0
        #: Why no more moments are kept, or "".
        self.trouble = ""
        self.folder = Path()
        #: The moment shown; None is the present.
        self.looked: Moment | None = None
        self.playing = False
        self.speed = 5
        #: Whether the run is going to another moment.
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
        """Set the kept moments."""
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
        """Show a moment, or the present."""
        if moment != self.looked:
            self.looked = moment
            self.looked_changed.emit()

    @property
    def place(self) -> int:
        """Index of the moment shown, or of the next one if it was removed; the number of moments for the
        present.
        """
        if self.looked is None:
            return len(self.moments)
        return bisect_left([moment.step for moment in self.moments], self.looked.step)

    def look_at(self, place: int) -> None:
        """Show the moment with this index; beyond the last is the present."""
        place = max(0, place)
        self.look(self.moments[place] if place < len(self.moments) else None)

    def move(self, by: int) -> None:
        """Move by `by` moments, later or (if negative) earlier."""
        if self.moments:
            self.look_at(self.place + by)

    def play(self, playing: bool) -> None:
        """Play the moments from the one shown, or from the first if the present is shown."""
        playing = playing and len(self.moments) > 1
        if playing != self.playing:
            self.playing = playing
            if playing and self.looked is None:
                self.look_at(0)
            self.playing_changed.emit()

    def set_speed(self, speed: int) -> None:
        """Set the moments per second."""
        if speed != self.speed:
            self.speed = speed
            self.playing_changed.emit()

    def set_going_back(self, going_back: bool) -> None:
        """Set whether the run is going to another moment."""
        if going_back != self.going_back:
            self.going_back = going_back
            self.going_back_changed.emit()

    def ask_to_continue(self, moment: Moment) -> None:
        """Request to continue the run from here."""
        self.continue_requested.emit(moment)
