"""Presentation: only maps, pictures and overlays, in large type, in full screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QMenuBar, QWidget

from latent_explorer.appearance.theme import theme
from latent_explorer.core.training import TrainingState
from latent_explorer.layout.centre import Centre
from latent_explorer.layout.change_note import ChangeNote
from latent_explorer.panes.pane import Pane

#: Factor by which text is enlarged.
_MAGNIFICATION = 1.4
_NO_LIMIT = 16_777_215


class Presentation(QObject):
    """Hides everything except the panes, and restores it.

    The menu bar only loses its height: menus still open by their keys.

    Signals:
        changed: `on` changed.
    """

    changed = Signal()

    def __init__(
        self,
        window: QMainWindow,
        centre: Centre,
        panes: Sequence[Pane],
        menus: QMenuBar,
        training: TrainingState,
        chrome: Sequence[QWidget],
    ) -> None:
        """`chrome`: widgets to hide, except menus."""
        super().__init__(window)
        self._window, self._centre, self._panes = window, centre, panes
        self._menus, self._chrome = menus, tuple(chrome)
        self.note = ChangeNote(training, centre)
        self._hidden: list[QWidget] = []
        #: State and geometry of the window before it began; None while it is off.
        self.before: tuple[Qt.WindowState, QByteArray] | None = None

    @property
    def on(self) -> bool:
        """Whether a presentation is on."""
        return self.before is not None

    @Slot()
    def toggle(self) -> None:
        """Begin or end the presentation."""
        if self.on:
            self.end()
        else:
            self.begin()

    @Slot()
    def begin(self) -> None:
        """Begin: show only maps and pictures."""
        if self.on:
            return
        self.resume((self._window.windowState(), self._window.saveGeometry()))
        self._panes[0].map.setFocus()

    def resume(self, before: tuple[Qt.WindowState, QByteArray]) -> None:
        """Continue a presentation that began with the window state `before`."""
        self.before = before
        self._hidden = [widget for widget in self._chrome if not widget.isHidden()]
        for widget in self._hidden:
            widget.hide()
        self._menus.setMaximumHeight(0)
        self._centre.set_bare(True)
        for pane in self._panes:
            pane.set_bare(True)
        theme().set_magnification(_MAGNIFICATION)
        self.note.set_awake(True)
        self._window.setWindowState(before[0] | Qt.WindowState.WindowFullScreen)
        self.changed.emit()

    @Slot()
    def end(self) -> None:
        """End: restore the previous state: maximised, full screen, or the previous size."""
        if self.before is None:
            return
        (state, _), self.before = self.before, None
        self.note.set_awake(False)
        theme().set_magnification(1.0)
        for pane in self._panes:
            pane.set_bare(False)
        self._centre.set_bare(False)
        self._menus.setMaximumHeight(_NO_LIMIT)
        for widget in self._hidden:
            widget.show()
        self._window.setWindowState(state & ~Qt.WindowState.WindowMinimized)
        self.changed.emit()
