"""Class names on the maps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.overlays import Choice, Switch
from latent_explorer.core.tool import Layer, Tool
from latent_explorer.tools.class_names.overlay import ClassNamesOverlay

translate = QCoreApplication.translate


class ClassNamesTool(Tool):
    """An overlay directly above the points, below other overlays."""

    name = "class-names"
    layers = (Layer(35, ClassNamesOverlay),)

    def choices(self) -> Sequence[Choice | Switch]:
        text = translate("ExploreMenu", "Class names &on the maps")
        return (Switch("class-names", text, "Ctrl+Shift+N", at_start=True),)


TOOL = ClassNamesTool()
