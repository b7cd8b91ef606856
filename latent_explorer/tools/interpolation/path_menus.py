"""The menus of the interpolation's head: stops, kind of path, speed, curve."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.core.explorer import ExplorerState
from latent_explorer.tools.interpolation.actions import InterpolationActions
from latent_explorer.tools.interpolation.state import LETTERS, SPEEDS, InterpolationState
from latent_explorer.tools.interpolation.words import (
    curve_names,
    kind_names,
    short_curve,
    short_kind,
    stop_name,
)
from latent_explorer.words.plain_text import menu_text


class StopsMenu(MenuButton):
    """ "A → B → C": the stops, and actions on them."""

    def __init__(self, explorer: ExplorerState, state: InterpolationState, actions: InterpolationActions) -> None:
        super().__init__()
        self._explorer, self._interpolation, self._actions = explorer, state, actions
        self.setObjectName("stopsMenu")
        self.set_name(self.tr("Stops of the path"))
        state.stops_changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the letters."""
        count = max(len(self._interpolation.stops), 2)
        letters = LETTERS[:count]
        self.set_text(" → ".join(letters) if count <= 3 else f"{letters[0]} → … → {letters[-1]}")

    def fill_menu(self, menu: QMenu) -> None:
        for place, stop in enumerate(self._interpolation.stops):
            one = menu.addMenu(menu_text(stop_name(place, stop, self._explorer)))
            remove = QAction(self.tr("Remove"), one)
            remove.triggered.connect(lambda _=False, place=place: self._interpolation.remove_stop(place))
            one.addAction(remove)
        if self._interpolation.stops:
            menu.addSeparator()
        self._actions.fill_stops(menu)


class ChoiceMenu(MenuButton):
    """One of several values: `choices` are (value, name, tool tip); `shown(value)` is the button's text."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str, str]],
        get: Callable[[], object],
        choose: Callable[[object], None],
        shown: Callable[[object], str],
    ) -> None:
        super().__init__()
        self.set_name(name)
        self._choices, self._get, self._choose, self._shown = choices, get, choose, shown
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the present choice."""
        self.set_text(self._shown(self._get()))

    def fill_menu(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for value, name, tip in self._choices:
            action = QAction(name, menu, checkable=True, checked=value == self._get())
            action.setToolTip(tip)
            action.triggered.connect(lambda _=False, value=value: self._choose(value))
            group.addAction(action)
            menu.addAction(action)


def kind_menu(state: InterpolationState, name: str) -> ChoiceMenu:
    """Chooses the kind of path."""
    menu = ChoiceMenu(
        name,
        kind_names(),
        lambda: state.kind,
        lambda kind: state.set_kind(str(kind)),
        lambda k: short_kind(str(k)),
    )
    menu.setObjectName("pathKind")
    state.settings_changed.connect(menu.refresh)
    return menu


def speed_menu(state: InterpolationState, name: str, each: str) -> ChoiceMenu:
    """Chooses the frames per second; `each` such as "{0} per second"."""
    menu = ChoiceMenu(
        name,
        [(speed, each.format(speed), "") for speed in SPEEDS],
        lambda: state.speed,
        lambda speed: state.set_speed(int(str(speed))),
        lambda speed: f"{speed}/s",
    )
    menu.setObjectName("pathSpeed")
    state.playback_changed.connect(menu.refresh)
    return menu


def curve_menu(state: InterpolationState, name: str) -> ChoiceMenu:
    """Chooses the curve under the strips."""
    menu = ChoiceMenu(
        name,
        curve_names(),
        lambda: state.curve,
        lambda curve: state.set_curve(str(curve)),
        lambda curve: short_curve(str(curve)),
    )
    menu.setObjectName("pathCurveMenu")
    state.settings_changed.connect(menu.refresh)
    return menu
