"""A button with an icon that follows the appearance."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.words.plain_text import plain_tip


class IconButton(QToolButton):
    """A tool button with an icon only; `name` is its tool tip and accessible name.

    It accepts keyboard focus only, so that a click leaves no focus ring.
    """

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setIconSize(QSize(16, 16))
        self.setProperty("role", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("shape", "icon")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
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
        self.setIcon(icon(self._icon_name, shade["text"], shade["faint"]))
