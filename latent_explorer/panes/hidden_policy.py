"""Describes the values of the dimensions that a map does not show at present."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.hidden_code import prior_middle
from latent_explorer.core.pane import PaneState


def hidden_policy(pane: PaneState, explorer: ExplorerState) -> tuple[str, str]:
    """The sentence, and a longer one for a tool tip, or ""."""
    translate = QCoreApplication.translate
    if explorer.link != "off" and explorer.leader != pane.index:
        if explorer.link == "decode" and pane.model is not None and pane.model.traits.plain:
            return (
                translate("HiddenPolicy", "other dimensions: as the linked picture is encoded"),
                translate("HiddenPolicy", "This pane decodes the whole code of the other pane's picture."),
            )
        return (
            translate("HiddenPolicy", "other dimensions: those of the linked image"),
            translate(
                "HiddenPolicy", "This pane decodes the whole code of the image that the cursors are linked by."
            ),
        )
    if pane.hidden == "zero":
        if prior_middle(pane) is not None:
            return translate("HiddenPolicy", "other dimensions: held at the prior's mean"), ""
        return translate("HiddenPolicy", "other dimensions: held at zero"), ""
    if pane.hidden == "mean":
        return translate("HiddenPolicy", "other dimensions: held at the mean"), ""
    if explorer.picked is None:
        return (
            translate("HiddenPolicy", "other dimensions: held at the mean, no image picked"),
            translate("HiddenPolicy", "Click a point, or press Enter on the map, to hold them at an image."),
        )
    if not _on_map(pane, explorer.picked):
        return (
            translate("HiddenPolicy", "other dimensions: held at the mean, picked image not on this map"),
            translate("HiddenPolicy", "While models train, maps show some of the images only."),
        )
    return (
        translate("HiddenPolicy", "other dimensions: held at picked image"),
        translate("HiddenPolicy", "Image {row}, marked by a diamond on the maps; Esc lets go of it.").format(
            row=explorer.called(explorer.picked)
        ),
    )


def _on_map(pane: PaneState, row: int) -> bool:
    """Whether data row `row` has a finite code on the pane's map."""
    codes = pane.codes
    if codes is None:
        return False
    place = codes.place_of(row)
    return place is not None and bool(np.isfinite(codes.codes[place]).all())
