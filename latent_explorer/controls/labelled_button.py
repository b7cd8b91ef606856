"""A push button with an icon that follows the appearance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from latent_explorer.controls.tinted_icon import TintedIcon


class LabelledButton(QPushButton):
    """A push button with icon and text; `role` is "primary" for the filled style."""

    def __init__(self, icon_name: str, text: str, parent: QWidget | None = None, *, role: str = "plain") -> None:
        super().__init__(text, parent)
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self._tinted = TintedIcon(self, icon_name, "on_accent" if role == "primary" else "text")

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._tinted.show(icon_name)
