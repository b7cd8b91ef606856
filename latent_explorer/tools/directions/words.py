"""Texts about groups, directions and arithmetic."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import DataView
from latent_explorer.glossary.terms import tip
from latent_explorer.tools.directions.state import Group, PaneAnalogy, PaneDirection, SavedDirection
from latent_explorer.words.figures import count, signed
from trainer.latent.directions import FEWEST

_PARTS = 3


def parts_text(group: Group) -> str:
    """ "7", "7, lasso", "7, 1, 4 …"; "" for an empty group."""
    if not len(group):
        return ""
    shown = ", ".join(group.parts[:_PARTS])
    return shown + (" …" if len(group.parts) > _PARTS else "")


def group_text(group: Group) -> str:
    """ "7 · 6,903 images"."""
    translate = QCoreApplication.translate
    if not len(group):
        return translate("DirectionWords", "no images yet")
    images = translate("DirectionWords", "1 image") if len(group) == 1 else ""
    images = images or translate("DirectionWords", "{count} images").format(count=count(len(group)))
    parts = parts_text(group)
    return f"{parts} · {images}" if parts else images


def title(direction: SavedDirection, place: int) -> str:
    """Its name, or one made from its groups."""
    if direction.name:
        return direction.name
    plus, minus = parts_text(direction.plus), parts_text(direction.minus)
    if plus and minus:
        return f"{plus} − {minus}"
    return QCoreApplication.translate("DirectionWords", "Direction {number}").format(number=place + 1)


def problem(found: PaneDirection) -> str:
    """Why there is no direction; "" if there is."""
    translate = QCoreApplication.translate
    plus, minus = found.counts
    if (found.problem, plus) == ("few-plus", 0) or (found.problem, minus) == ("few-minus", 0):
        sign = "+" if found.problem == "few-plus" else "−"
        text = translate("DirectionWords", "group {sign} is empty: add a class, a lasso or images")
        return text.format(sign=sign)
    return {
        "few-plus": translate(
            "DirectionWords", "Images of group + on this map: {count}; a direction needs at least {least}."
        ).format(count=count(plus), least=FEWEST),
        "few-minus": translate(
            "DirectionWords", "Images of group − on this map: {count}; a direction needs at least {least}."
        ).format(count=count(minus), least=FEWEST),
        "equal": translate("DirectionWords", "Both groups hold the same images, so nothing tells them apart."),
        "same": translate(
            "DirectionWords", "Both groups have the same mean code here: no direction between them."
        ),
    }.get(found.problem, "")


def score_text(found: PaneDirection) -> str:
    """ "AUROC 0.970 · random directions: half above 0.630, 1 in 20 above 0.860"; before it the step of former
    weights."""
    translate = QCoreApplication.translate
    if not found.scorable:
        return translate("DirectionWords", "AUROC n/a: too few images are in one group only")
    if found.score is None:
        return translate("DirectionWords", "AUROC …")
    step = ""
    if found.score_step is not None:
        step = translate("DirectionWords", "step {0}").format(count(found.score_step)) + " · "
    text = translate(
        "DirectionWords", "AUROC {score} · random directions: half above {median}, 1 in 20 above {high}"
    )
    return step + text.format(
        score=f"{found.score.auroc:.3f}",
        median=f"{found.score.random_median:.3f}",
        high=f"{found.score.random_high:.3f}",
    )


def analogy_text(found: PaneAnalogy, data: DataView | None) -> str:
    """ "nearest image: 4,447 (9), at distance 0.31", or why there is none."""
    translate = QCoreApplication.translate
    if found.problem or found.code is None:
        return translate("DirectionWords", "One of the three images is not on this map.")
    if found.row < 0:
        return translate("DirectionWords", "There is no other image to compare with.")
    known = data if data is not None and found.row < data.count else None
    label = known.label(found.row) if known is not None else ""
    place = known.place(found.row) if known is not None else found.row
    return translate("DirectionWords", "nearest image: {row}, at distance {distance}").format(
        row=f"{place:,}" + (f" ({label})" if label else ""), distance=signed(found.distance).lstrip("+")
    )


def score_tip(found: PaneDirection) -> str:
    """The tool tip of the score."""
    translate = QCoreApplication.translate
    if found.direction is None:
        return problem(found)
    lines = [
        translate(
            "DirectionWords", "Direction: mean code of group + ({plus}) minus that of group − ({minus})."
        ).format(plus=count(found.counts[0]), minus=count(found.counts[1])),
        translate(
            "DirectionWords", "Distance of the means: {distance}, in units of the code; the slider's unit."
        ).format(distance=f"{found.direction.length:.3g}"),
        tip("auroc"),
        translate(
            "DirectionWords",
            "It is cross-validated: the direction is made from one half of the images and judged on the other, "
            "both ways.",
        ),
    ]
    if found.shared:
        lines.append(
            translate(
                "DirectionWords",
                "Images in both groups: {count}. They count in both means and are left out of the score.",
            ).format(count=count(found.shared))
        )
    if found.score is not None:
        lines.append(
            translate(
                "DirectionWords",
                "Random directions: median and 95th percentile of the same figure for {count} random directions "
                "from a Gaussian with the codes' covariance, each turned the right way by the half that is not "
                "scored. {images} images scored, {fewer} of them with random directions.",
            ).format(
                count=count(found.score.random),
                images=count(found.score.images),
                fewer=count(found.score.random_images),
            )
        )
    return "\n".join(lines)
