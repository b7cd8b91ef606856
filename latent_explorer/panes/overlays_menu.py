"""The menu of what lies over and under the points, for both maps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from latent_explorer.appearance.icons import icon
from latent_explorer.appearance.stylesheet import colours
from latent_explorer.appearance.theme import theme
from latent_explorer.controls.menu_heading import add_heading
from latent_explorer.core.tools import ToolStates
from latent_explorer.panes.menu_button import MenuButton
from latent_explorer.words.plain_text import plain_tip


class OverlaysMenu(MenuButton):
    """ "Overlays ▾": one heat map, posterior ellipses, and what is on or off. Tells how many are on."""

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
        """Whether the button shows an icon instead of its name."""
        if compact != self._compact:
            self._compact = compact
            self.setProperty("shape", "icon" if compact else None)
            self.style().unpolish(self)
            self.style().polish(self)
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how many overlays were chosen; those that are there from the start do not count."""
        on = self._overlays
        chosen = sum((on.heat != "none", on.ellipses != "off", on.prior, on.contours, on.mosaic))
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

    def heats(self) -> list[tuple[str, str, str]]:
        """(key, title, tool tip) of the heat maps."""
        return [
            ("none", self.tr("No heat map"), ""),
            (
                "density",
                self.tr("Data here"),
                self.tr("Share of images in places as sparse, or sparser: whether the decoder was trained here"),
            ),
            (
                "distance",
                self.tr("Looks real"),
                self.tr("Share of real pictures as unlike the others as the decoded one, or more"),
            ),
            (
                "trip",
                self.tr("Round trip"),
                self.tr("Share of images that come back as far from themselves as this place, or farther"),
            ),
            (
                "magnification",
                self.tr("Magnification"),
                self.tr("√det G of the pull-back metric: how much the picture changes along the plane"),
            ),
        ]

    def ellipses(self) -> list[tuple[str, str]]:
        """(key, title) of whose posterior is drawn."""
        return [
            ("off", self.tr("No posterior ellipses")),
            ("hovered", self.tr("Of the hovered image")),
            ("picked", self.tr("Of the picked image")),
            ("all", self.tr("Of all images")),
        ]

    def switches(self) -> list[tuple[str, str]]:
        """(key, title) of what is on or off."""
        return [
            ("prior", self.tr("Prior circles")),
            ("contours", self.tr("Contours of the aggregated posterior")),
            ("mosaic", self.tr("Decoded mosaic")),
            ("samples", self.tr("Codes of the samples")),
            ("path", self.tr("Interpolation path")),
        ]

    def fill_menu(self, menu: QMenu) -> None:
        overlays = self._overlays
        add_heading(menu, self.tr("Heat map"))
        heats = QActionGroup(menu)
        for key, title, tip in self.heats():
            action = self._add(menu, title, overlays.heat == key, f"map-heat-{key}")
            heats.addAction(action)
            if tip:
                action.setToolTip(plain_tip(tip))
            action.triggered.connect(lambda _=False, key=key: overlays.set_heat(key))
        add_heading(menu, self.tr("Posterior"))
        whose = QActionGroup(menu)
        for key, title in self.ellipses():
            action = self._add(menu, title, overlays.ellipses == key, f"map-ellipses-{key}")
            whose.addAction(action)
            action.triggered.connect(lambda _=False, key=key: overlays.set_ellipses(key))
        menu.addSeparator()
        for key, title in self.switches():
            action = self._add(menu, title, self._tools.overlay_seen(key), f"map-overlay-{key}")
            action.triggered.connect(lambda on, key=key: self._tools.switch_overlay(key, on))

    @staticmethod
    def _add(menu: QMenu, title: str, checked: bool, name: str) -> QAction:
        action = QAction(title, menu, checkable=True, checked=checked)
        action.setObjectName(name)
        menu.addAction(action)
        return action
