"""The Explore menu: each tool's panel, its actions, and the maps' overlays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.overlays import Choice
from latent_explorer.core.tools import ToolStates
from latent_explorer.layout.tool_panels import ToolPanel

#: Shortcut that clears all overlays.
CLEAR_KEY = "Ctrl+Alt+0"


class ExploreMenu(QMenu):
    """One submenu per tool, whose first action shows its panel, and one of overlays.

    `show_panel(name)` brings a tool's panel to the front.
    """

    def __init__(
        self, panels: Sequence[ToolPanel], tools: ToolStates, show_panel: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("E&xplore"))
        self.setObjectName("explore-menu")
        self._tools, self._overlays = tools, tools.overlays
        for panel in panels:
            menu = QMenu(panel.title, self)
            menu.setObjectName(f"{panel.name}-menu")
            self.addMenu(menu)
            shown = menu.addAction(self.tr("Show {tool}").format(tool=panel.title))
            shown.setObjectName(f"show-{panel.name}")
            shown.setShortcut(QKeySequence(panel.key))
            shown.triggered.connect(lambda _=False, name=panel.name: show_panel(name))
            menu.addSeparator()
            panel.actions.fill_menu(menu)
        self.addSeparator()
        self._add_overlays()
        self._overlays.changed.connect(self._refresh)
        for switch in self._overlays.switches:
            needed = tools.panel_of(switch.name)
            if needed is not None:
                needed.shown_changed.connect(self._refresh)
        self._refresh()

    def _add_overlays(self) -> None:
        self._choices = {choice.name: self._add_choice(choice) for choice in self._overlays.choices}
        self._switches: dict[str, QAction] = {}
        for switch in self._overlays.switches:
            action = self.addAction(switch.text)
            action.setObjectName(f"overlay-{switch.name}")
            action.setCheckable(True)
            action.setShortcut(QKeySequence(switch.shortcut))
            action.triggered.connect(lambda on, name=switch.name: self._tools.switch_overlay(name, on))
            self._switches[switch.name] = action
        self.clear_overlays = self.addAction(self.tr("Clea&r all overlays"))
        self.clear_overlays.setObjectName("clear-overlays")
        self.clear_overlays.setShortcut(QKeySequence(CLEAR_KEY))
        self.clear_overlays.triggered.connect(self._overlays.clear)

    def _add_choice(self, choice: Choice) -> dict[str, QAction]:
        menu = QMenu(choice.text, self)
        menu.setObjectName(f"{choice.name}-menu")
        self.addMenu(menu)
        group = QActionGroup(self)
        actions = {}
        for option in choice.options:
            action = menu.addAction(option.text)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setObjectName(f"{choice.name}-{option.key}")
            action.setShortcut(QKeySequence(option.shortcut))
            action.triggered.connect(
                lambda _=False, name=choice.name, key=option.key: self._overlays.choose(name, key)
            )
            actions[option.key] = action
        return actions

    @Slot()
    def _refresh(self) -> None:
        for name, actions in self._choices.items():
            actions[self._overlays.chosen(name)].setChecked(True)
        for name, action in self._switches.items():
            action.setChecked(self._tools.overlay_seen(name))
        self.clear_overlays.setEnabled(self._overlays.clearable)
