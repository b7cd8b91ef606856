"""Names of the interpolation's kinds of paths, stops and measures."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.glossary.terms import tip
from latent_explorer.tools.interpolation.state import LETTERS, Stop, Strip

translate = QCoreApplication.translate


def kind_names() -> tuple[tuple[str, str, str], ...]:
    """(kind, name, what it is)."""
    return (
        (
            "lerp",
            translate("PathWords", "Straight (lerp)"),
            translate("PathWords", "Straight in code space, at constant speed there"),
        ),
        (
            "slerp",
            translate("PathWords", "Spherical (slerp)"),
            translate(
                "PathWords",
                "Around the prior's mean (the origin, for N(0, I)), in units of its spread: the direction turns "
                "evenly, the length changes evenly. Keeps to the shell on which a Gaussian has its mass in many "
                "dimensions.",
            ),
        ),
        (
            "geodesic",
            translate("PathWords", "Geodesic"),
            translate(
                "PathWords",
                "The path whose pictures change least on the way: a geodesic of the pull-back metric G = JᵀJ of "
                "the decoder's mean (Arvanitidis et al. 2018), found from the straight path on. It is a nearby "
                "shortest path, not always the shortest of all.",
            ),
        ),
        (
            "data",
            translate("PathWords", "Through the data"),
            translate(
                "PathWords",
                "The shortest way in the graph of each code's ten nearest neighbours, over at most 4,000 codes: "
                "it goes where images are, and says so where it must cross a gap without any",
            ),
        ),
        (
            "constant",
            translate("PathWords", "Constant picture speed"),
            translate(
                "PathWords", "The straight path, with frames placed so that the picture changes equally from each"
            ),
        ),
    )


def kind_name(kind: str) -> str:
    """A kind's name."""
    return next(name for key, name, _ in kind_names() if key == kind)


def short_kind(kind: str) -> str:
    """A kind's name in short form."""
    return {
        "lerp": translate("PathWords", "Straight"),
        "slerp": translate("PathWords", "Spherical"),
        "geodesic": translate("PathWords", "Geodesic"),
        "data": translate("PathWords", "Through the data"),
        "constant": translate("PathWords", "Constant speed"),
    }[kind]


def short_curve(curve: str) -> str:
    """A curve's name in short form."""
    return {"change": translate("PathWords", "Change"), "density": translate("PathWords", "Data here")}[curve]


def stop_name(place: int, stop: Stop | None, explorer: ExplorerState) -> str:
    """ "A: image 1,234 (6)", "B: free place" or "B: not chosen"."""
    letter = LETTERS[place]
    if stop is None:
        return translate("PathWords", "{0}: not chosen").format(letter)
    if stop.row is None:
        return translate("PathWords", "{0}: free place").format(letter)
    data = explorer.data
    label = data.label(stop.row) if data is not None and stop.row < data.count else ""
    name = translate("PathWords", "{0}: image {1}").format(letter, explorer.called(stop.row))
    return f"{name} ({label})" if label else name


def measures_text(strip: Strip) -> str:
    """Both measures of the path in words; "≥ 1.60" of frames alone, "n/a" where a measure does not apply."""
    return _with_measures(
        translate("PathWords", "path {0} × the direct change · largest step {1} × the mean"), strip
    )


def brief_measures_text(strip: Strip) -> str:
    """A shorter form of `measures_text`."""
    return _with_measures(translate("PathWords", "path {0} × · step {1} ×"), strip)


def _with_measures(words: str, strip: Strip) -> str:
    measures = strip.measures
    if measures is None:
        return ""
    missing = translate("PathWords", "n/a")
    ratio = missing
    if math.isfinite(measures.ratio):
        # A lower bound is rounded down; below 1 it is meaningless.
        bound = math.floor(100 * max(measures.ratio, 1.0)) / 100
        ratio = f"{measures.ratio:.2f}" if measures.whole else f"≥ {bound:.2f}"
    largest = f"{measures.largest:.1f}" if math.isfinite(measures.largest) else missing
    return words.format(ratio, largest)


def measures_tip() -> str:
    """What the measures are."""
    bound = translate(
        "PathWords",
        "≥: by the frames alone, which leap over what lies between them; measured in full when the path rests.",
    )
    return f"{tip('path_ratio', 'largest_step')}\n{bound}"


def curve_names() -> tuple[tuple[str, str, str], ...]:
    """(curve, name, unit) of the curves under the strips."""
    return (
        (
            "change",
            translate("PathWords", "Change per frame"),
            translate("PathWords", "change per frame, 0 to {0} (RMS, grey levels 0–1)"),
        ),
        (
            "density",
            translate("PathWords", "Data here"),
            translate("PathWords", "data here, 0 (none) to {0}: share of images in places as sparse, or sparser"),
        ),
    )


def curve_unit(curve: str) -> str:
    """What is drawn under the strips, in which unit; "{0}" stands for the end of the axis."""
    return next(unit for key, _, unit in curve_names() if key == curve)
