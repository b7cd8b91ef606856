"""Actions on stops, path and playback for menus, command palette and keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.interpolation.state import LETTERS, InterpolationState, Stop
from latent_explorer.tools.interpolation.words import kind_names


class InterpolationActions(QObject):
    """Creates the actions; `fill` adds them to a menu. They follow state."""

    def __init__(
        self, explorer: ExplorerState, panes: tuple[PaneState, ...], tools: ToolStates, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._explorer, self._panes, self._tools = explorer, panes, tools
        self._state = tools[InterpolationState]
        self._make()
        self._state.stops_changed.connect(self.refresh)
        self._state.settings_changed.connect(self.refresh)
        self._state.playback_changed.connect(self.refresh)
        self._state.strip_changed.connect(self.refresh)
        explorer.picked_changed.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        add = self._add
        self.at_cursor = [
            add("stop-a-cursor", self.tr("&A at the cursor"), "Ctrl+Shift+A", lambda: self._cursor(0)),
            add("stop-b-cursor", self.tr("&B at the cursor"), "Ctrl+Shift+B", lambda: self._cursor(1)),
            add(
                "stop-next-cursor", self.tr("&Next stop at the cursor"), "Ctrl+Shift+C", lambda: self._cursor(None)
            ),
        ]
        self.at_picked = [
            add("stop-a-picked", self.tr("A at the picked image"), "Ctrl+Alt+A", lambda: self._picked(0)),
            add("stop-b-picked", self.tr("B at the picked image"), "Ctrl+Alt+B", lambda: self._picked(1)),
            add(
                "stop-next-picked",
                self.tr("Next stop at the picked image"),
                "Ctrl+Alt+D",
                lambda: self._picked(None),
            ),
        ]
        self.example = add("stops-example", self.tr("&Example: two images"), "Ctrl+Alt+X", self._example)
        self.reverse = add("stops-reverse", self.tr("&Reverse the path"), "Ctrl+Alt+R", self._reverse)
        self.remove = add("stops-remove", self.tr("Remove the &last stop"), "Ctrl+Alt+Backspace", self._remove)
        self.clear = add("stops-clear", self.tr("&Clear the path"), "Ctrl+Shift+Backspace", self._clear)
        self.grid = add("stops-grid", self.tr("Four stops as a &grid"), "Ctrl+Alt+4", self._grid)
        self.grid.setCheckable(True)
        group = QActionGroup(self)
        self.kinds = {}
        for kind, name, tip in kind_names():
            action = add(
                f"path-{kind}", self.tr("Path: {0}").format(name), "", partial(self._state.set_kind, kind)
            )
            action.setToolTip(tip)
            action.setCheckable(True)
            action.setActionGroup(group)
            self.kinds[kind] = action
        self.play = add("path-play", self.tr("&Play"), "Ctrl+Shift+Space", self._play)
        self.loop = add("path-loop", self.tr("L&oop"), "", lambda: self._state.set_loop(not self._state.loop))
        self.loop.setCheckable(True)
        self.forward = add("path-forward", self.tr("Next frame"), "Alt+.", lambda: self._step(1))
        self.back = add("path-back", self.tr("Frame before"), "Alt+,", lambda: self._step(-1))

    def _add(self, name: str, text: str, keys: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: do())
        return action

    def fill(self, menu: QMenu) -> None:
        """Add all of them to a menu."""
        groups = (
            self.at_cursor,
            self.at_picked,
            [self.example, self.reverse, self.remove, self.clear, self.grid],
            list(self.kinds.values()),
            [self.play, self.loop, self.forward, self.back],
        )
        for place, actions in enumerate(groups):
            if place:
                menu.addSeparator()
            menu.addActions(actions)

    def fill_stops(self, menu: QMenu) -> None:
        """Add those that concern stops."""
        for place, actions in enumerate(
            (self.at_cursor, self.at_picked, [self.reverse, self.remove, self.clear, self.grid, self.example])
        ):
            if place:
                menu.addSeparator()
            menu.addActions(actions)

    @Slot()
    def refresh(self) -> None:
        """Update which actions are enabled and checked."""
        state = self._state
        for action in self.at_picked:
            action.setEnabled(self._explorer.picked is not None)
        self.reverse.setEnabled(bool(state.chosen))
        self.remove.setEnabled(bool(state.stops))
        self.clear.setEnabled(bool(state.stops))
        self.grid.setEnabled(len(state.chosen) == 4)
        self.grid.setChecked(state.grid)
        self.kinds[state.kind].setChecked(True)
        self.loop.setChecked(state.loop)
        self.play.setText(self.tr("&Pause") if state.playing else self.tr("&Play"))
        for action in (self.play, self.forward, self.back):
            action.setEnabled(state.count > 1)

    # ------------------------------------------------------------ doing

    def _place(self, place: int | None) -> int:
        return self._state.next_place if place is None else place

    def _set(self, place: int | None, stop: Stop) -> None:
        self._state.set_stop(min(self._place(place), len(LETTERS) - 1), stop)
        self._tools.panel_wanted.emit("interpolation")

    def _cursor(self, place: int | None) -> None:
        pane = self._panes[self._explorer.leader]
        if pane.code is not None:
            self._set(place, Stop(pane=pane.index, code=np.array(pane.code, np.float32)))

    def _picked(self, place: int | None) -> None:
        if self._explorer.picked is not None:
            self._set(place, Stop(row=self._explorer.picked))

    def _example(self) -> None:
        self._state.example_wanted.emit()
        self._tools.panel_wanted.emit("interpolation")

    def _reverse(self) -> None:
        self._state.set_stops(self._state.stops[::-1])

    def _remove(self) -> None:
        self._state.remove_stop(len(self._state.stops) - 1)

    def _clear(self) -> None:
        self._state.set_stops(())

    def _grid(self) -> None:
        self._state.set_grid(not self._state.grid)

    def _play(self) -> None:
        self._tools.panel_wanted.emit("interpolation")
        self._state.set_playing(not self._state.playing)

    def _step(self, by: int) -> None:
        self._state.show_frame(min(max(self._state.frame + by, 0), max(self._state.count - 1, 0)))
