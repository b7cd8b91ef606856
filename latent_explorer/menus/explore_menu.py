"""The Explore menu: each tool's panel, its actions, and what lies over the maps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.panels import ToolPanel


class ExploreMenu(QMenu):
    """A submenu a tool, whose first action shows its panel, and one of overlays.

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
        tools.samples.shown_changed.connect(self._refresh)
        self._refresh()

    def _add_overlays(self) -> None:
        overlays = self._overlays
        self._heats = self._choices(
            "heat",
            self.tr("&Heat map"),
            (
                ("none", self.tr("&None"), "Ctrl+Shift+0"),
                ("density", self.tr("&Data here"), "Ctrl+Shift+1"),
                ("distance", self.tr("&Looks real"), "Ctrl+Shift+2"),
                ("trip", self.tr("&Round trip"), "Ctrl+Shift+3"),
                ("magnification", self.tr("&Magnification"), "Ctrl+Shift+4"),
            ),
            overlays.set_heat,
        )
        self._ellipses = self._choices(
            "ellipses",
            self.tr("Posterior &ellipses"),
            (
                ("off", self.tr("&Off"), "Ctrl+Shift+5"),
                ("hovered", self.tr("Of the &hovered image"), "Ctrl+Shift+6"),
                ("picked", self.tr("Of the &picked image"), "Ctrl+Shift+7"),
                ("all", self.tr("Of &all images"), "Ctrl+Shift+8"),
            ),
            overlays.set_ellipses,
        )
        self._switches: dict[str, QAction] = {}
        for name, text, keys in (
            ("prior", self.tr("&Prior circles"), "Ctrl+Alt+P"),
            ("contours", self.tr("&Contours of the aggregated posterior"), "Ctrl+Alt+C"),
            ("mosaic", self.tr("Decoded &mosaic"), "Ctrl+Alt+M"),
            ("samples", self.tr("Codes of the &samples"), "Ctrl+Alt+S"),
            ("path", self.tr("Interpolation &path"), "Ctrl+Alt+I"),
        ):
            action = self.addAction(text)
            action.setObjectName(f"overlay-{name}")
            action.setCheckable(True)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda on, name=name: self._tools.switch_overlay(name, on))
            self._switches[name] = action

    def _choices(
        self, name: str, title: str, choices: tuple[tuple[str, str, str], ...], choose: Callable[[str], None]
    ) -> dict[str, QAction]:
        menu = QMenu(title, self)
        menu.setObjectName(f"{name}-menu")
        self.addMenu(menu)
        group = QActionGroup(self)
        actions = {}
        for key, text, keys in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setObjectName(f"{name}-{key}")
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, key=key: choose(key))
            actions[key] = action
        return actions

    @Slot()
    def _refresh(self) -> None:
        self._heats[self._overlays.heat].setChecked(True)
        self._ellipses[self._overlays.ellipses].setChecked(True)
        for name, action in self._switches.items():
            action.setChecked(self._tools.overlay_seen(name))
