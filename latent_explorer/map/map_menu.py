"""The map's context menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtWidgets import QMenu

from latent_explorer.words.plain_text import menu_text

if TYPE_CHECKING:
    from latent_explorer.map.latent_map import LatentMap


def map_menu(latent_map: LatentMap, position: QPointF) -> QMenu:
    """The menu with actions for this position and for the whole map. It deletes itself when it closes."""
    translate = QCoreApplication.translate
    menu = QMenu(latent_map)
    menu.setObjectName("mapMenu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, do in latent_map.stack.offers(position, latent_map.view):
        menu.addAction(menu_text(name), do)
    menu.addSeparator()
    menu.addAction(translate("LatentMap", "Fit map to points"), latent_map.fit)
    menu.addAction(translate("LatentMap", "Zoom in"), lambda: latent_map.zoom(1.5))
    menu.addAction(translate("LatentMap", "Zoom out"), lambda: latent_map.zoom(1 / 1.5))
    menu.addSeparator()
    menu.addAction(translate("LatentMap", "Copy map"), latent_map.map_actions.copy)
    menu.addAction(translate("LatentMap", "Save map as…"), latent_map.save_requested.emit)
    return menu
