"""Opens the loss curves when the user trains for the first time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from latent_explorer.core.training import TrainingState
from latent_explorer.layout.strip import Strip

#: Minimum height of the window in px for maps of sufficient size above an open panel.
_ROOM = 700
PANEL = "loss"


class FirstLosses(QObject):
    """Opens the panel once, if the window has room for it and the user has not used the strip before.

    Attributes:
        wanted: whether it still must be opened; stored with the layout.
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
        """The strip was opened or closed: from now on the user controls it."""
        self.wanted = False
