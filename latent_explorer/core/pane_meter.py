"""What is measured at the cursor, in the column of a pane."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class MeterRow:
    """One line: `value` in words and figures, `share` of the bar (NaN: none), `tip` what it is.

    `figure` is said in the place of `value` where a narrow column has no room for the words. `limit`: the share at
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
    """Rows of figures with a sentence below them; by itself nothing, which takes no room."""

    def rows(self) -> list[MeterRow]:
        """What it shows."""
        return []

    def current(self) -> bool:
        """Whether what it shows is of the code under the cursor and of the weights on the map."""
        return True

    def lines_for(self, width: int) -> int:
        """Lines of the longest sentence at this width in pixels."""
        return 0

    def height_for(self, lines: int) -> int:
        """Height in pixels with so many lines of the sentence."""
        return 0

    def folded_height(self) -> int:
        """Height in pixels in one line."""
        return 0

    def set_folded(self, folded: bool) -> None:
        """Show one line in the place of rows and sentence."""

    def set_lines(self, lines: int) -> None:
        """Show at most so many lines of the sentence."""
