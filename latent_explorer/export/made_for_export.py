"""Has results made for saving even if their panel is hidden behind another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.export import Export
from latent_explorer.core.panel_state import PanelState


class MadeForExport(QObject):
    """Marks a tool's panel as shown while its result is to be saved, since tools make nothing while hidden.

    Signals:
        made: something that was wanted has been made, or has changed.
    """

    made = Signal()

    def __init__(self, exports: Iterable[Export], parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: The tool that is marked as shown for this reason alone.
        self._looked: PanelState | None = None
        for export in exports:
            watch = _Watch(self, export)
            for signal in export.made:
                signal.connect(watch.look)

    def want(self, export: Export) -> None:
        """Have this made, and nothing else for this reason."""
        if export.panel is self._looked:
            return
        self.release()
        if export.panel is not None and not export.panel.shown:
            self._looked = export.panel
            export.panel.set_shown(True)

    def release(self) -> None:
        """Hide the panel again: nothing is about to be saved."""
        former, self._looked = self._looked, None
        if former is not None:
            former.set_shown(False)

    def making(self, export: Export) -> bool:
        """Whether it is made for this reason."""
        return self._looked is not None and export.panel is self._looked

    def report(self, export: Export) -> None:
        """What is saved of this has been made, for whatever reason."""
        if export.panel is self._looked:
            self.made.emit()


class _Watch(QObject):
    """Knows which export a signal is of, and is heard no more once it is destroyed, as a lambda would be."""

    def __init__(self, made: MadeForExport, export: Export) -> None:
        super().__init__(made)
        self._made, self._export = made, export

    @Slot()
    def look(self) -> None:
        self._made.report(self._export)
