"""Presentation: maps, pictures and overlays alone, in large type, on the whole screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.layout.centre import Centre
from latent_explorer.panes.pane import Pane

#: How much larger text is.
_MAGNIFICATION = 1.4


class Presentation(QObject):
    """Puts everything but the panes away, and back as it was.

    Signals:
        changed: `on` changed.
    """

    changed = Signal()

    def __init__(
        self, window: QMainWindow, centre: Centre, panes: Sequence[Pane], chrome: Sequence[QWidget]
    ) -> None:
        """`chrome`: what is hidden, menus and bars."""
        super().__init__(window)
        self._window, self._centre, self._panes, self._chrome = window, centre, panes, tuple(chrome)
        self.on = False
        #: Size and place of the window before it began.
        self.geometry = QByteArray()
        self._hidden: list[QWidget] = []
        self._was_full = False

    @Slot()
    def toggle(self) -> None:
        """Begin or end."""
        if self.on:
            self.end()
        else:
            self.begin()

    @Slot()
    def begin(self) -> None:
        """Show maps and pictures alone."""
        if self.on:
            return
        self.on = True
        self._was_full = self._window.isFullScreen()
        self.geometry = self._window.saveGeometry()
        self._hidden = [widget for widget in self._chrome if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        self._centre.set_bare(True)
        for pane in self._panes:
            pane.header.set_bare(True)
        theme().set_magnification(_MAGNIFICATION)
        self._window.showFullScreen()
        self._panes[0].map.setFocus()
        self.changed.emit()

    @Slot()
    def end(self) -> None:
        """Everything as it was before."""
        if not self.on:
            return
        self.on = False
        theme().set_magnification(1.0)
        for pane in self._panes:
            pane.header.set_bare(False)
        self._centre.set_bare(False)
        for widget in self._hidden:
            widget.show()
        if not self._was_full:
            self._window.showNormal()
        self.changed.emit()
