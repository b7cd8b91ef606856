"""Texts of the panel about averages."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.tools.why_blurry.state import Averaged
from latent_explorer.words.figures import count, missing

translate = QCoreApplication.translate
#: Mean squared difference below which two pictures look the same, and share of all images above which a code
#: has almost no information.
_SAME, _ALL = 0.002, 0.5


def reason_text(reason: str) -> str:
    """Why there is no average, as a sentence."""
    return {
        "point": translate(
            "WhyBlurry",
            "Not available: this model's codes are points without spread. No two images share a code that its "
            "decoder would have to answer with an average: its blur is the network's own.",
        ),
        "sigmas": translate("WhyBlurry", "Not available: this checkpoint was saved without σ; train a step."),
        "images": translate(
            "WhyBlurry", "Not available: needs the data set's images; choose the data set in the toolbar."
        ),
        "shape": translate("WhyBlurry", "Not available: the data's images have another size than the model's."),
        "untrained": translate("WhyBlurry", "Not available: no training image is on the map."),
        "finite": translate("WhyBlurry", "Not available: codes on the map, or at the cursor, are not finite."),
    }.get(reason, "")


def images_text(averaged: Averaged) -> str:
    """ "12.4 of 60,000"."""
    return translate("WhyBlurry", "{some} of {all}").format(some=effective(averaged), all=count(averaged.among))


def effective(averaged: Averaged) -> str:
    """The number of images in the average."""
    value = averaged.effective
    if not math.isfinite(value):
        return missing()
    return f"{value:.1f}" if value < 99.95 else count(round(value))


def error_text(value: float) -> str:
    """A mean squared difference."""
    if not math.isfinite(value):
        return missing()
    return f"MSE {value:.4f}" if value >= 0.0005 or value == 0 else f"MSE {value:.1e}"


def verdict(averaged: Averaged) -> str:
    """The interpretation of the figures."""
    if averaged.far:
        return translate(
            "WhyBlurry",
            "No image's posterior reaches this place: the decoder was not trained here, and the average is of "
            "those least far away.",
        )
    if averaged.effective < 1.5:
        said = translate("WhyBlurry", "One image has nearly all the weight here: nothing has to be averaged.")
    elif averaged.effective > _ALL * averaged.among and averaged.among > 2:
        said = translate(
            "WhyBlurry",
            "Most images have about the same weight: the code says next to nothing (collapse).",
        )
    else:
        said = translate(
            "WhyBlurry", "About {n} images share this code: the best answer is their average."
        ).format(n=count(round(averaged.effective)))
    if not math.isfinite(averaged.error):
        return said
    if averaged.error < _SAME:
        more = translate("WhyBlurry", "The decoder answers nearly that.")
    elif averaged.effective < 1.5:
        more = translate("WhyBlurry", "That the decoded image differs is the network's own doing.")
    else:
        more = translate("WhyBlurry", "The decoded image differs from it, which is the network's own doing.")
    return f"{said} {more}"
