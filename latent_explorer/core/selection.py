"""The selected images: a set of data rows that all tools can use, and both maps light up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal


def row_set(rows: Iterable[int] | np.ndarray) -> np.ndarray:
    """Data rows in order, each once: int64 (n,), read-only."""
    found = np.unique(np.asarray(rows if isinstance(rows, np.ndarray) else list(rows), np.int64))
    found.setflags(write=False)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Selected:
    """rows: see `row_set`; another selection is another object."""

    rows: np.ndarray = field(default_factory=lambda: row_set([]), repr=False)

    def __len__(self) -> int:
        return len(self.rows)


#: No image.
NOTHING = Selected()


class SelectionState(QObject):
    """Setting equal rows emits nothing.

    Attributes:
        now: what is selected; `NOTHING` where nothing is.

    Signals:
        changed: `now` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = NOTHING

    @property
    def rows(self) -> np.ndarray:
        """The selected rows, see `row_set`."""
        return self.now.rows

    def restore(self, selected: Selected) -> None:
        """Select what was selected before."""
        if selected is not self.now:
            self.now = selected
            self.changed.emit()

    def set_rows(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select these."""
        found = row_set(rows)
        if not np.array_equal(found, self.rows):
            self.restore(Selected(found) if len(found) else NOTHING)

    def add(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select these, too."""
        self.set_rows(np.union1d(self.rows, row_set(rows)))

    def remove(self, rows: np.ndarray | Iterable[int]) -> None:
        """Select these no more."""
        self.set_rows(np.setdiff1d(self.rows, row_set(rows)))
