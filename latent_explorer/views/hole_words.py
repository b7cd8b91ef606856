"""Holes in words: why something cannot be measured, and how much is much."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.state.meter import MeterReading
from latent_explorer.views.figures import missing


def reason_text(reason: str) -> str:
    """One of `latent_explorer.state.meter.REASONS` as a sentence."""
    translate = QCoreApplication.translate
    return {
        "codes": translate("HoleWords", "Needs finite codes of at least two images on the map."),
        "same": translate("HoleWords", "All images have the same code: no place is denser or sparser."),
        "large": translate("HoleWords", "The codes are too large to measure distances between them."),
        "images": translate("HoleWords", "Needs the data set's images: choose the data set in the toolbar."),
        "few": translate("HoleWords", "Needs at least two images."),
        "alike": translate("HoleWords", "All images look the same: there is no distance to compare with."),
        "shape": translate("HoleWords", "The data set's images have another size than the model's."),
        "finite": translate("HoleWords", "The code under the cursor is not a finite number."),
        "weights": translate("HoleWords", "The model's weights are not at hand."),
        "geometry": translate("HoleWords", "At every image's code the decoder's derivative is 0 or not finite."),
        "failed": translate("HoleWords", "It could not be computed."),
    }.get(reason, "")


def verdict_text(reading: MeterReading) -> str:
    """What a reading says as a plain sentence."""
    translate = QCoreApplication.translate
    verdict = reading.verdict
    if verdict == "inside" and math.isfinite(reading.outside):
        return translate("HoleWords", "Inside the data. {0} of the prior lies farther out.").format(
            percent(reading.outside)
        )
    sentences = {
        "none": translate("HoleWords", "No data here: this picture is an extrapolation."),
        "sparse": translate("HoleWords", "Few images encode near here."),
        "midst": translate("HoleWords", "In the midst of the codes: hardly any image lies so deep."),
        "deep": translate("HoleWords", "Deep among the codes, where few images lie."),
        "unlike": translate("HoleWords", "Data nearby, but this picture is unlike real ones: a hole."),
        "elsewhere": translate("HoleWords", "Inside the data, but this picture is encoded elsewhere."),
        "inside": translate("HoleWords", "Inside the data."),
    }
    return sentences.get(verdict) or reason_text(verdict)


def density_word(reading: MeterReading) -> str:
    """How dense a place is."""
    translate = QCoreApplication.translate
    known = {
        "none": translate("HoleWords", "none"),
        "sparse": translate("HoleWords", "few"),
        "midst": translate("HoleWords", "midst"),
        "deep": translate("HoleWords", "deep"),
    }.get(reading.verdict)
    if known is not None:
        return known
    if reading.typicality < 0.25:
        return translate("HoleWords", "sparse")
    return translate("HoleWords", "typical") if reading.typicality < 0.75 else translate("HoleWords", "dense")


def distance_word(farther: float) -> str:
    """How like real pictures one is, of which this share of real ones is farther from the others."""
    translate = QCoreApplication.translate
    if farther < 0.01:
        return translate("HoleWords", "far")
    return translate("HoleWords", "unusual") if farther < 0.05 else translate("HoleWords", "like real")


def percent(share: float) -> str:
    """A share such as "0.4 %", "12 %", "100 %"."""
    value = 100 * share
    if 0 < value < 0.1:
        return "< 0.1 %"
    return f"{value:.1f} %" if 0 < value < 9.95 else f"{value:.0f} %"


def short(value: float) -> str:
    """A positive number in few characters: "0.08", "1.3", "25", "1,200"; "n/a" for NaN and infinity."""
    if not math.isfinite(value):
        return missing()
    if (abs(value) < 1e-3 and value != 0) or abs(value) >= 1e6:
        return f"{value:.0e}"
    return f"{value:.2f}" if abs(value) < 0.995 else f"{value:.1f}" if abs(value) < 9.95 else f"{value:,.0f}"
