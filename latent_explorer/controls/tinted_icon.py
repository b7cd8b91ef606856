"""The icon of a button, which follows the appearance."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtWidgets import QAbstractButton

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme


class TintedIcon(QObject):
    """Gives `button` the icon `name` in the shade `colour` of the style sheet."""

    def __init__(self, button: QAbstractButton, name: str, colour: str = "text") -> None:
        super().__init__(button)
        self._name, self._colour = name, colour
        button.setIconSize(QSize(16, 16))
        theme().changed.connect(self._retint)
        self._retint()

    def show(self, name: str) -> None:
        """Show another icon."""
        if name != self._name:
            self._name = name
            self._retint()

    @Slot()
    def _retint(self) -> None:
        button, shade = self.parent(), colours(theme().tokens)
        assert isinstance(button, QAbstractButton)
        button.setIcon(icon(self._name, shade[self._colour], shade["faint"]))
