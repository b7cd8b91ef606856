"""Computes results for an export even if their panel is hidden."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot

from latent_explorer.core.export import Export
from latent_explorer.core.panel_state import PanelState


class MadeForExport(QObject):
    """Marks a tool's panel as visible while its result is exported, since tools compute nothing while hidden.

    Signals:
        made: a requested result was computed, or has changed.
    """

    made = Signal()

    def __init__(self, exports: Iterable[Export], parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: The tool that is marked as visible only for an export.
        self._looked: PanelState | None = None
        for export in exports:
            watch = _Watch(self, export)
            for signal in export.made:
                signal.connect(watch.look)

    def want(self, export: Export) -> None:
        """Compute this export, and no other."""
        if export.panel is self._looked:
            return
        self.release()
        if export.panel is not None and not export.panel.shown:
            self._looked = export.panel
            export.panel.set_shown(True)

    def release(self) -> None:
        """Mark the panel as hidden again: no export is pending."""
        former, self._looked = self._looked, None
        if former is not None:
            former.set_shown(False)

    def making(self, export: Export) -> bool:
        """Whether it is being computed for an export."""
        return self._looked is not None and export.panel is self._looked

    def report(self, export: Export) -> None:
        """Report that the result of this export was computed, for any reason."""
        if export.panel is self._looked:
            self.made.emit()


class _Watch(QObject):
    """Connects a signal to an export; unlike a lambda it is disconnected when destroyed."""

    def __init__(self, made: MadeForExport, export: Export) -> None:
        super().__init__(made)
        self._made, self._export = made, export

    @Slot()
    def look(self) -> None:
        self._made.report(self._export)
