"""A push button with an icon that follows the appearance."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme


class LabelledButton(QPushButton):
    """A push button with icon and text; `role` is "primary" for the filled style."""

    def __init__(self, icon_name: str, text: str, parent: QWidget | None = None, *, role: str = "plain") -> None:
        super().__init__(text, parent)
        self._icon_name = icon_name
        self.setIconSize(QSize(16, 16))
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        theme().changed.connect(self._retint)
        self._retint()

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        if icon_name != self._icon_name:
            self._icon_name = icon_name
            self._retint()

    @Slot()
    def _retint(self) -> None:
        shade = colours(theme().tokens)
        colour = "on_accent" if self.property("role") == "primary" else "text"
        self.setIcon(icon(self._icon_name, shade[colour], shade["faint"]))
