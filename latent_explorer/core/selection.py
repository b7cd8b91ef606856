"""The selected images: a set of data rows that all tools can use, and both maps light up."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, Signal


def row_set(rows: Iterable[int] | np.ndarray) -> np.ndarray:
    """Data rows in order, each once: int64 (n,), read-only."""
    found = np.unique(np.asarray(rows if isinstance(rows, np.ndarray) else list(rows), np.int64))
    found.setflags(write=False)
    return found


class Selected:
    """A set of rows as it is remembered: undoing keeps many of them. Another selection is another object."""

    __slots__ = ("_count", "_kept", "_packed")

    def __init__(self, rows: np.ndarray) -> None:
        """`rows`: see `row_set`."""
        self._count = len(rows)
        # A bit for each row up to the last, unless there are so few that their numbers take less.
        self._packed = self._count > 0 and int(rows[-1]) < 64 * self._count
        if self._packed:
            mask = np.zeros(int(rows[-1]) + 1, bool)
            mask[rows] = True
            self._kept = np.packbits(mask)
        else:
            self._kept = rows

    @property
    def nbytes(self) -> int:
        """Memory that the rows take."""
        return int(self._kept.nbytes)

    def rows(self) -> np.ndarray:
        """See `row_set`."""
        if not self._packed:
            return self._kept
        found = np.flatnonzero(np.unpackbits(self._kept)).astype(np.int64, copy=False)
        found.setflags(write=False)
        return found

    def __len__(self) -> int:
        return self._count


#: No image.
NOTHING = Selected(row_set([]))


class SelectionState(QObject):
    """Setting equal rows emits nothing.

    Attributes:
        now: what is selected, as it is remembered; `NOTHING` where nothing is.
        rows: the selected rows, see `row_set`.

    Signals:
        changed: `now` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = NOTHING
        self.rows = NOTHING.rows()

    def restore(self, selected: Selected) -> None:
        """Select what was selected before."""
        if selected is not self.now:
            self._put(selected, selected.rows())

    def _put(self, selected: Selected, rows: np.ndarray) -> None:
        self.now, self.rows = selected, rows
        self.changed.emit()

    def set_rows(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select these."""
        found = row_set(rows)
        if not np.array_equal(found, self.rows):
            self._put(Selected(found) if len(found) else NOTHING, found)

    def add(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select these, too."""
        self.set_rows(np.union1d(self.rows, row_set(rows)))

    def remove(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select these no more."""
        self.set_rows(np.setdiff1d(self.rows, row_set(rows)))
