"""The menu of overlays, over and under the points of both maps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.menu_button import MenuButton
from latent_explorer.controls.menu_heading import add_heading
from latent_explorer.core.tools import ToolStates
from latent_explorer.words.plain_text import shown_text


class OverlaysMenu(MenuButton):
    """ "Overlays ▾": overlays of several kinds, and those that are on or off. Shows the number of chosen
    overlays.
    """

    def __init__(self, tools: ToolStates) -> None:
        super().__init__()
        self.set_name(self.tr("Overlays of both maps"))
        self._tools = tools
        overlays = self._overlays = tools.overlays
        self._compact = False
        self.setObjectName("overlaysMenu")
        self.setIconSize(QSize(16, 16))
        overlays.changed.connect(self.refresh)
        theme().changed.connect(self.refresh)
        self.refresh()

    def set_compact(self, compact: bool) -> None:
        """Set whether the button shows an icon instead of its name."""
        if compact != self._compact:
            self._compact = compact
            self.setProperty("shape", "icon" if compact else None)
            self.style().unpolish(self)
            self.style().polish(self)
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the number of chosen overlays; those on by default do not count."""
        chosen = self._overlays.count
        if self._compact:
            shade = colours(theme().tokens)
            self.setIcon(icon("layers", shade["text"], shade["faint"]))
            self.set_text(str(chosen) if chosen else "")
            beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
            self.setToolButtonStyle(beside if chosen else alone)
        else:
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            title = self.tr("Overlays")
            self.set_text(self.tr("{0}: {1}").format(title, chosen) if chosen else title)

    def fill_menu(self, menu: QMenu) -> None:
        overlays = self._overlays
        for choice in overlays.choices:
            add_heading(menu, choice.heading)
            group = QActionGroup(menu)
            for option in choice.options:
                title, name = option.title or shown_text(option.text), f"map-{choice.name}-{option.key}"
                action = self._add(menu, title, overlays.chosen(choice.name) == option.key, name)
                group.addAction(action)
                if option.tip:
                    action.setToolTip(option.tip)
                action.triggered.connect(lambda _=False, c=choice.name, key=option.key: overlays.choose(c, key))
        menu.addSeparator()
        for switch in overlays.switches:
            seen = self._tools.overlay_seen(switch.name)
            action = self._add(menu, shown_text(switch.text), seen, f"map-overlay-{switch.name}")
            action.triggered.connect(lambda on, name=switch.name: self._tools.switch_overlay(name, on))
        menu.addSeparator()
        clear = menu.addAction(self.tr("Clear all overlays"))
        clear.setObjectName("map-clear-overlays")
        clear.setEnabled(overlays.clearable)
        clear.triggered.connect(overlays.clear)

    @staticmethod
    def _add(menu: QMenu, title: str, checked: bool, name: str) -> QAction:
        action = QAction(title, menu, checkable=True, checked=checked)
        action.setObjectName(name)
        menu.addAction(action)
        return action
