"""The interface of meters: measures at the cursor, shown in a pane's column."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One line: `value` as text, `share` of the bar (NaN: none), `tip` its tool tip.

    `figure` replaces `value` if a narrow column has no room for the text. `limit`: the share at
    or below which something is wrong, which is marked on the bar; `beyond` says beside the figure that it is, and
    is "" where it is not.
    """

    name: str
    value: str
    share: float
    tip: str
    figure: str = ""
    limit: float = math.nan
    beyond: str = ""


class PaneMeter(QWidget):
    """Rows of figures with a sentence below them; this base class is empty and takes no room."""

    def rows(self) -> list[MeterRow]:
        """The rows shown."""
        return []

    def current(self) -> bool:
        """Whether it shows values of the code under the cursor and of the weights on the map."""
        return True

    def lines_for(self, width: int) -> int:
        """Number of lines of the longest sentence at this width in pixels."""
        return 0

    def height_for(self, lines: int) -> int:
        """Height in pixels with `lines` lines of the sentence."""
        return 0

    def folded_height(self) -> int:
        """Height in pixels if folded to one line."""
        return 0

    def set_folded(self, folded: bool) -> None:
        """Show one line instead of rows and sentence."""

    def set_lines(self, lines: int) -> None:
        """Show at most `lines` lines of the sentence."""
