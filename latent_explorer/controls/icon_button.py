"""A button with an icon that follows the appearance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from latent_explorer.controls.tinted_icon import TintedIcon


class IconButton(QToolButton):
    """A tool button with an icon only; `name` is its tool tip and accessible name.

    It accepts keyboard focus only, so that a click leaves no focus ring.
    """

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("shape", "icon")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._tinted = TintedIcon(self, icon_name)

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._tinted.show(icon_name)
