"""The loss curves open by themselves when a person trains for the first time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.training import TrainingState
from latent_explorer.layout.strip import Strip

#: Height of the window in px from which the maps keep a good size over an open panel.
_ROOM = 700
PANEL = "loss"


class FirstLosses(QObject):
    """Opens the panel once, where the window has room for it, unless a person has used the strip before.

    Attributes:
        wanted: it is still to be opened; kept with the layout.
    """

    def __init__(self, strip: Strip, training: TrainingState) -> None:
        super().__init__(strip)
        self._strip, self._training = strip, training
        self.wanted = True
        strip.changed.connect(self._strip_changed)
        training.run_changed.connect(self._run_changed)

    @Slot()
    def _run_changed(self) -> None:
        begins = self.wanted and self._training.run_state == "training"
        if begins and self._strip.window().height() >= _ROOM:
            self._strip.show_panel(PANEL, focus=False)

    @Slot()
    def _strip_changed(self) -> None:
        """Opened or closed, by whomever: from now on it stays as a person leaves it."""
        self.wanted = False
