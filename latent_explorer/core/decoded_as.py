"""What the decoded pictures under the cursors show of p(x|z): its mean, or one random draw."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

#: The largest seed.
MOST_SEED = 999_999


class DecodedAs(QObject):
    """In both panes. Setting an equal value emits nothing.

    Attributes:
        draws: whether a draw is shown. What is measured is the mean all the same.
        seed: of the draw's noise: the same for every code, so that the picture rests while the cursor does.

    Signals:
        changed: `draws` or `seed` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draws = False
        self.seed = 0

    def set_draws(self, draws: bool) -> None:
        """Show a draw, or the mean."""
        if draws != self.draws:
            self.draws = draws
            self.changed.emit()

    def set_seed(self, seed: int) -> None:
        """Draw with other noise. Raises `ValueError` for a seed below 0 or beyond `MOST_SEED`."""
        if not 0 <= seed <= MOST_SEED:
            raise ValueError(f"no seed: {seed}")
        if seed != self.seed:
            self.seed = seed
            self.changed.emit()

    def draw_again(self) -> None:
        """Another draw."""
        self.set_seed((self.seed + 1) % (MOST_SEED + 1))
