"""Texts about neighbours for the panel and the maps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.pane import PaneState
from latent_explorer.tools.neighbours.state import PIXELS, Found
from latent_explorer.words.figures import count

translate = QCoreApplication.translate
#: The signs of the measures, by index, on maps and in the panel.
SIGNS = ("○", "□", "◇")


def title(measure: int, panes: tuple[PaneState, ...]) -> str:
    """What is compared, such as "VAE codes"."""
    if measure == PIXELS:
        return translate("Neighbours", "Pixels")
    model = panes[measure].model
    return translate("Neighbours", "{model} codes").format(model="" if model is None else model.short).strip()


def unit(measure: int) -> str:
    """The distance and its unit, in a few words."""
    if measure == PIXELS:
        return translate("Neighbours", "distance, pixels from 0 to 1")
    return translate("Neighbours", "distance in units of the code")


def meaning(found: Found | None, measure: int) -> str:
    """What the distance is, and among how many images."""
    if measure == PIXELS:
        text = translate(
            "Neighbours",
            "Euclidean distance of two pictures, each pixel from 0 (black) to 1 (white): smaller is more alike, "
            "pixel by pixel.",
        )
    else:
        text = translate(
            "Neighbours",
            "Euclidean distance of two codes in all latent dimensions, in units of the code: smaller is more "
            "alike to this model. Each model has its own scale, so compare the order and not the numbers of two "
            "models.",
        )
    if found is None or found.reason:
        return text
    if found.among == 1:
        among = translate("Neighbours", "Compared with one image.")
    else:
        among = translate("Neighbours", "Compared with {n} images.").format(n=count(found.among))
    if found.left_out == 1:
        among += " " + translate("Neighbours", "One with a code that is not finite is left out.")
    elif found.left_out:
        among += " " + translate("Neighbours", "{n} with codes that are not finite are left out.").format(
            n=count(found.left_out)
        )
    return f"{text} {among}"


def why_none(found: Found | None, picked: int | None, measure: int) -> str:
    """Why a row is empty."""
    if picked is None:
        return translate("Neighbours", "Click a point on a map, or press Enter on the map, to pick an image.")
    if found is None or found.of != picked:
        return translate("Neighbours", "searching…")
    return {
        "no-map": translate("Neighbours", "This pane has no map."),
        "not-on-map": translate("Neighbours", "The picked image is not on this map."),
        "not-finite": translate("Neighbours", "The code of the picked image is not finite."),
        "alone": (
            translate("Neighbours", "There is no other image.")
            if measure == PIXELS
            else translate("Neighbours", "There is no other image with a finite code on this map.")
        ),
        "no-images": translate("Neighbours", "The data's images are not at hand: neighbours in codes only."),
    }.get(found.reason, "")


def distance(value: float) -> str:
    """A distance with two digits or more, such as "12.40", "0.31" or "0.0073"."""
    if value >= 999.5:
        return f"{value:,.0f}"
    if value >= 0.0995 or value == 0:
        return f"{value:.2f}"
    if value < 0.000095:
        return "< 0.0001"
    return f"{value:.3f}" if value >= 0.00995 else f"{value:.4f}"
