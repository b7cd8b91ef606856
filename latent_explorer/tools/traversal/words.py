"""What is said of a latent dimension and of a plane."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.tools.traversal.state import PlaneFacts, TraversalRow
from latent_explorer.words.figures import missing, nats
from trainer.latent.traversal import CodeSummary

#: Closer to the plane than this share of its distance from the mean, an image lies in it.
_IN_PLANE = 1e-5


def _figure(value: float) -> str:
    """Two significant places below one, two decimals above."""
    if not math.isfinite(value):
        return missing()
    return f"{value:.2f}" if value >= 0.095 or value == 0 else f"{value:.1g}"


def kl_text(dimension: int, summary: CodeSummary) -> str:
    """ "KL 2.31", or "KL n/a"."""
    if summary.kl is None:
        return QCoreApplication.translate("TraversalWords", "KL n/a")
    return f"KL {nats(float(summary.kl[dimension]))}"


def spread_text(dimension: int, summary: CodeSummary) -> str:
    """ "s 0.98"."""
    return f"s {_figure(float(summary.spread[dimension]))}"


def change_text(row: TraversalRow | None) -> str:
    """ "change 12.3 %"; with dots while it is not known."""
    translate = QCoreApplication.translate
    if row is None:
        return translate("TraversalWords", "change …")
    return translate("TraversalWords", "change {0} %").format(f"{100 * row.change:.1f}")


def row_tip(dimension: int, summary: CodeSummary) -> str:
    """What the figures of a row mean."""
    translate = QCoreApplication.translate
    number = dimension + 1
    if summary.kl is None:
        kl = translate(
            "TraversalWords",
            "KL: n/a, since these codes are points, their σ is not at hand, or the prior has none per dimension.",
        )
    else:
        kl = translate(
            "TraversalWords", "KL: divergence of q(z{0}|x) from the prior p(z{0}), in nats an image."
        ).format(number)
    if not summary.spread[dimension] > 0 and summary.reach[dimension] > 0:
        spread = translate(
            "TraversalWords",
            "All codes have the same z{0}: pictures stand at −3 … +3 of the prior's standard deviations, {1}, "
            "about its mean, {2}.",
        ).format(number, f"{summary.reach[dimension]:.2f}", f"{summary.middle[dimension]:+.2f}")
    elif not summary.spread[dimension] > 0:
        spread = translate(
            "TraversalWords", "All codes have the same z{0}, so there is no range to go through."
        ).format(number)
    else:
        spread = translate(
            "TraversalWords",
            "s: standard deviation of the codes' z{0}. Pictures stand at −3 s … +3 s about the codes' mean, {1}.",
        ).format(number, f"{summary.mean[dimension]:+.2f}")
    change = translate(
        "TraversalWords",
        "change: root mean square difference of the row's pictures from their mean, in % of the intensity range; "
        "0 for a dimension that the decoder ignores.",
    )
    mark = translate("TraversalWords", "The handle is the cursor's code, the triangle the picked image's.")
    return "\n".join((kl, spread, change, mark))


def plane_line(facts: PlaneFacts) -> str:
    """What a plane shows and how far the picked image is from it."""
    translate = QCoreApplication.translate
    total = sum(facts.explained)
    if not math.isfinite(total):
        return translate("TraversalWords", "The codes have no variance: all images have the same code.")
    text = translate("TraversalWords", "plane: {total} % of variance").format(total=f"{100 * total:.0f}")
    if facts.distance is None:
        return text
    # Rounding leaves a trace of an image that lies in the plane.
    inside = facts.distance.share < _IN_PLANE
    off = translate("TraversalWords", "image {row}: {distance} off it").format(
        row=f"{facts.picked:,}", distance=_figure(0.0 if inside else facts.distance.distance)
    )
    return f"{text} · {off}"


def plane_tip(facts: PlaneFacts) -> str:
    """What these figures are made of, and what they mean."""
    names = [name.split(" (")[0] for name in facts.plane.names if name]
    shares = " + ".join(
        f"{name} {100 * share:.0f} %"
        for name, share in zip(names, facts.explained, strict=False)
        if math.isfinite(share)
    )
    meaning = QCoreApplication.translate(
        "TraversalWords",
        "Variance: the share of the codes' total variance along the map's two axes.\n"
        "Off the plane: Euclidean distance of the picked image's code from the plane through the codes' mean "
        "(through the first image, for a plane through three images), and as a share of the code's distance from "
        "the mean.",
    )
    lines = [shares, meaning]
    if facts.distance is not None:
        share = facts.distance.share
        lines.append(
            QCoreApplication.translate("TraversalWords", "Here: {share} of that distance.").format(
                share=missing() if not math.isfinite(share) else f"{100 * share:.0f} %"
            )
        )
    return "\n".join(line for line in lines if line)
