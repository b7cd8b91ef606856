"""Texts about latent dimensions and planes."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.glossary.terms import tip
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
    """ "KL 2.31", or "no KL"."""
    if summary.kl is None:
        return QCoreApplication.translate("TraversalWords", "no KL")
    return f"KL {nats(float(summary.kl[dimension]))}"


def spread_text(dimension: int, summary: CodeSummary) -> str:
    """ "spread 0.98"."""
    text = QCoreApplication.translate("TraversalWords", "spread {0}")
    return text.format(_figure(float(summary.spread[dimension])))


def change_text(row: TraversalRow | None) -> str:
    """ "pictures change 12.3 %"; with dots while unknown."""
    translate = QCoreApplication.translate
    if row is None:
        return translate("TraversalWords", "pictures change …")
    return translate("TraversalWords", "pictures change {0} %").format(f"{100 * row.change:.1f}")


def row_tip(dimension: int, summary: CodeSummary) -> str:
    """The tool tip of a row's figures."""
    translate = QCoreApplication.translate
    number = dimension + 1
    if summary.kl is None:
        kl = translate(
            "TraversalWords",
            "No KL: these codes are points, their σ is not at hand, or the prior has none per dimension.",
        )
    else:
        kl = tip("kl_dimension")
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
            "Here the codes' mean is {0}.",
        ).format(f"{summary.mean[dimension]:+.2f}")
        spread = f"{tip('spread')} {spread}"
    change = tip("change")
    mark = translate("TraversalWords", "The handle is the cursor's code, the triangle the picked image's.")
    return "\n".join((kl, spread, change, mark))


def plane_line(facts: PlaneFacts) -> str:
    """The share of variance that a plane shows, and its distance from the picked image."""
    translate = QCoreApplication.translate
    total = sum(facts.explained)
    if not math.isfinite(total):
        return translate("TraversalWords", "The codes have no variance: all images have the same code.")
    text = translate("TraversalWords", "the map shows {total} % of the codes' variance").format(
        total=f"{100 * total:.0f}"
    )
    if facts.distance is None:
        return text
    # Due to rounding an image in the plane has a small distance.
    inside = facts.distance.share < _IN_PLANE
    off = translate("TraversalWords", "image {row} lies {distance} away from its plane").format(
        row=f"{facts.picked:,}", distance=_figure(0.0 if inside else facts.distance.distance)
    )
    return f"{text} · {off}"


def plane_tip(facts: PlaneFacts) -> str:
    """The tool tip of these figures."""
    names = [name.split(" (")[0] for name in facts.plane.names if name]
    shares = " + ".join(
        f"{name} {100 * share:.0f} %"
        for name, share in zip(names, facts.explained, strict=False)
        if math.isfinite(share)
    )
    lines = [shares, tip("plane_share")]
    if facts.distance is not None:
        share = facts.distance.share
        lines.append(tip("plane_distance"))
        lines.append(
            QCoreApplication.translate(
                "TraversalWords", "It is {share} of its distance from the codes' mean."
            ).format(share=missing() if not math.isfinite(share) else f"{100 * share:.0f} %")
        )
    return "\n".join(line for line in lines if line)
