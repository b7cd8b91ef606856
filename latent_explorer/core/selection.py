"""The selected images: a set of data rows for all tools, highlighted on both maps."""

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
    """A compact set of rows, because the undo history stores many. Each selection is a new object."""

    __slots__ = ("_count", "_kept", "_packed")

    def __init__(self, rows: np.ndarray) -> None:
        """`rows`: see `row_set`."""
        self._count = len(rows)
        # A bit for each row up to the last, or the row numbers if they take less memory.
        self._packed = self._count > 0 and int(rows[-1]) < 64 * self._count
        if self._packed:
            mask = np.zeros(int(rows[-1]) + 1, bool)
            mask[rows] = True
            self._kept = np.packbits(mask)
        else:
            self._kept = rows

    @property
    def nbytes(self) -> int:
        """Memory of the rows in bytes."""
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
        now: the selection in compact form; `NOTHING` if it is empty.
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
        """Restore an earlier selection."""
        if selected is not self.now:
            self._put(selected, selected.rows())

    def _put(self, selected: Selected, rows: np.ndarray) -> None:
        self.now, self.rows = selected, rows
        self.changed.emit()

    def set_rows(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select exactly these rows."""
        found = row_set(rows)
        if not np.array_equal(found, self.rows):
            self._put(Selected(found) if len(found) else NOTHING, found)

    def add(self, rows: np.ndarray | Iterable[int]) -> None:
        """Add these rows to the selection."""
        self.set_rows(np.union1d(self.rows, row_set(rows)))

    def remove(self, rows: np.ndarray | Iterable[int]) -> None:
        """Remove these rows from the selection."""
        self.set_rows(np.setdiff1d(self.rows, row_set(rows)))
