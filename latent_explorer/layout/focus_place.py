"""Identifies the focused widget of a window, so that the focus can be restored after widgets were recreated."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class FocusPlace:
    """The widget with the focus: the `place`-th of those of its class and name."""

    kind: type[QWidget]
    name: str
    place: int

    @classmethod
    def of(cls, window: QWidget) -> FocusPlace | None:
        """The focused widget of `window`; None without focus."""
        held = window.focusWidget()
        if held is None or held is window:
            return None
        kind, name = type(held), held.objectName()
        return cls(kind, name, _alike(window, kind, name).index(held))

    def take(self, window: QWidget) -> None:
        """Restore the focus, if the widget exists."""
        alike = _alike(window, self.kind, self.name)
        if self.place < len(alike):
            alike[self.place].setFocus(Qt.FocusReason.OtherFocusReason)


def _alike(window: QWidget, kind: type[QWidget], name: str) -> list[QWidget]:
    # An empty name finds all.
    return [one for one in window.findChildren(kind, name) if type(one) is kind and one.objectName() == name]
