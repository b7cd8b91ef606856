"""The states of all tools in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.exports import ExportsState
from latent_explorer.core.lasso import LassoState
from latent_explorer.core.overlays import OverlaysState
from latent_explorer.core.pane import PaneState
from latent_explorer.core.pane_meter import PaneMeter
from latent_explorer.core.panel_state import PanelState
from latent_explorer.core.undo_state import UndoState

if TYPE_CHECKING:
    from latent_explorer.core.tool import PlaneRows, Tool

_S = TypeVar("_S", bound=QObject)


class ToolStates(QObject):
    """The tools' states: `tools[MyState]` is the instance of that class.

    Attributes:
        declared: all tools, in the order of menus.
        overlays: which overlays are on.
        lasso: which tool receives a lasso drawn on the maps.
        undo, exports: state shown in the menus of all tools.

    Signals:
        panel_wanted(str): show the panel of the tool with this name.
    """

    panel_wanted = Signal(str)

    def __init__(self, declared: Iterable[Tool], parent: QObject | None = None) -> None:
        """Raises `ValueError` if two of them, or two overlays, have the same name."""
        super().__init__(parent)
        self.declared = tuple(declared)
        self._owners = {entry.name: tool for tool in self.declared for entry in tool.choices()}
        _all_different("tools", (tool.name for tool in self.declared))
        _all_different("overlays", (entry.name for tool in self.declared for entry in tool.choices()))
        _all_different("states", (kind.__name__ for tool in self.declared for kind in tool.states))
        self._states = {kind: kind(self) for tool in self.declared for kind in tool.states}
        self.overlays = OverlaysState((entry for tool in self.declared for entry in tool.choices()), self)
        self.lasso = LassoState(self)
        self.undo = UndoState(self)
        self.exports = ExportsState(self)

    def __getitem__(self, kind: type[_S]) -> _S:
        found = self._states[kind]
        assert isinstance(found, kind)
        return found

    def retranslate(self) -> None:
        """Translate the overlays' names to the present language."""
        self.overlays.rename(entry for tool in self.declared for entry in tool.choices())

    # ------------------------------------------------------------ overlays

    def panel_of(self, overlay: str) -> PanelState | None:
        """The state of the panel that must be visible for this overlay to be drawn; None if it needs none."""
        if not any(switch.with_panel for switch in self.overlays.switches if switch.name == overlay):
            return None
        states = (self._states[kind] for kind in self._owners[overlay].states)
        return next((state for state in states if isinstance(state, PanelState)), None)

    def overlay_seen(self, name: str) -> bool:
        """Whether a switch is on and the panel it needs, if any, is visible."""
        panel = self.panel_of(name)
        return self.overlays.on(name) and (panel is None or panel.shown)

    def switch_overlay(self, name: str, on: bool) -> None:
        """Turn a switch on or off for the user, and show the panel it needs."""
        self.overlays.switch(name, on)
        panel = self.panel_of(name)
        if on and panel is not None and not panel.shown:
            self.panel_wanted.emit(self._owners[name].name)

    # ------------------------------------------------------------ contributions of tools

    def meter(self, pane: PaneState, parent: QWidget) -> PaneMeter:
        """The meter under the code in a pane's column: that of the first tool that has one."""
        made = (tool.meter(pane, self, parent) for tool in self.declared)
        return next((meter for meter in made if meter is not None), None) or PaneMeter(parent)

    def image_offers(self, explorer: ExplorerState, row: int) -> list[tuple[str, Callable[[], None]]]:
        """Entries of the menu of data row `row`'s original picture: (text, deed)."""
        return [offer for tool in self.declared for offer in tool.image_offers(self, explorer, row)]

    def plane_rows(self) -> list[PlaneRows]:
        """Images of tools that define planes."""
        return [rows for tool in self.declared for rows in tool.plane_rows(self)]

    def letters(self, name: str) -> bool:
        """Whether the keys A, B and C on a map belong to this tool: the first with the highest priority."""
        return max(self.declared, key=lambda tool: tool.wants_letters(self)).name == name

    @property
    def looks_back(self) -> bool:
        """Whether the maps show past weights, or are about to."""
        return any(tool.looks_back(self) for tool in self.declared)


def _all_different(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"two {what} are called {name!r}")
        seen.add(name)
