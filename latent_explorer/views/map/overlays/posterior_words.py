"""What the overlays of posteriors and prior say in the map's corner."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.state.pane import PaneState
from latent_explorer.state.posteriors import ContourLines, Coverage, UnionPicture


def no_ellipses(pane: PaneState) -> str:
    """Why this pane has no ellipses, or ""."""
    model, codes = pane.model, pane.codes
    if model is None or codes is None:
        return ""
    if not model.traits.has_posterior:
        return QCoreApplication.translate(
            "PosteriorOverlay", "{model}: each code is a point and has no σ, so there are no ellipses."
        ).format(model=model.title)
    if codes.spreads is None:
        return QCoreApplication.translate(
            "PosteriorOverlay",
            "Posterior ellipses: n/a, because this checkpoint was saved without σ; train a step.",
        )
    return ""


def of_row(pane: PaneState, row: int | None, whose: str, spread: np.ndarray | None) -> str:
    """About the ellipses of one image."""
    if row is None:
        if whose == "hovered":
            return QCoreApplication.translate("PosteriorOverlay", "Posterior ellipses: point at an image.")
        return QCoreApplication.translate("PosteriorOverlay", "Posterior ellipses: no image is picked.")
    if spread is None:
        return QCoreApplication.translate("PosteriorOverlay", "Image {row} is not on this map.").format(
            row=f"{row:,}"
        )
    if not np.isfinite(spread).all():
        return QCoreApplication.translate(
            "PosteriorOverlay", "q(z|x) of image {row}: σ is not a finite number."
        ).format(row=f"{row:,}")
    if len(spread) <= 2:
        sizes = ", ".join(f"{value:.2g}" for value in spread)
        return QCoreApplication.translate(
            "PosteriorOverlay", "q(z|x) of image {row}: σ = {sizes}; drawn at 1σ and 2σ"
        ).format(row=f"{row:,}", sizes=sizes)
    return QCoreApplication.translate(
        "PosteriorOverlay",
        "q(z|x) of image {row}: σ from {low} to {high} in {count} dimensions; 1σ and 2σ as this plane shows them",
    ).format(row=f"{row:,}", low=f"{spread.min():.2g}", high=f"{spread.max():.2g}", count=len(spread))


def of_union(union: UnionPicture | None) -> str:
    """About the union of all ellipses."""
    if union is None:
        return QCoreApplication.translate("PosteriorOverlay", "Posterior ellipses: being computed…")
    if union.reason:
        return QCoreApplication.translate(
            "PosteriorOverlay", "Posterior ellipses: n/a, because no σ is a finite number."
        )
    return QCoreApplication.translate(
        "PosteriorOverlay", "Within 1σ (darker) and 2σ of at least one of {count} posteriors"
    ).format(count=f"{union.posteriors:,}")


def of_coverage(coverage: Coverage | None, latent: int) -> str:
    """About the prior mass covered; "" while nothing is known."""
    if coverage is None:
        return ""
    one, two = (
        _share(share, error, coverage.draws) for share, error in zip(coverage.shares, coverage.errors, strict=True)
    )
    if latent > 2:
        return QCoreApplication.translate(
            "PosteriorOverlay",
            "Prior mass covered: {one} within 1σ, {two} within 2σ of a posterior, in all {latent} dimensions "
            "({draws} draws)",
        ).format(one=one, two=two, latent=latent, draws=f"{coverage.draws:,}")
    return QCoreApplication.translate(
        "PosteriorOverlay", "Prior mass covered: {one} within 1σ, {two} within 2σ of a posterior ({draws} draws)"
    ).format(one=one, two=two, draws=f"{coverage.draws:,}")


def _share(share: float, error: float, draws: int) -> str:
    """ "96.9 ± 0.2 %"; with no hit, or nothing else, the bound that 95 % confidence leaves (rule of three)."""
    bound = 100 * (1 - math.exp(math.log(0.05) / draws))
    if share == 0:
        return f"< {bound:.2g} %"
    if share == 1:
        return f"> {100 - bound:.4g} %"
    return f"{100 * share:.1f} ± {100 * error:.1f} %"


def of_prior(pane: PaneState) -> str:
    """About the prior's circles."""
    model = pane.model
    if model is None:
        return ""
    latent = model.config.latent
    if latent == 1:
        text = QCoreApplication.translate("PosteriorOverlay", "N(0, 1): 1σ, 2σ, and what holds 95 % (1.96)")
    elif latent == 2:
        text = QCoreApplication.translate(
            "PosteriorOverlay", "N(0, I): radii 1 and 2, and the ring that holds 95 % (2.45)"
        )
    else:
        text = QCoreApplication.translate(
            "PosteriorOverlay",
            "N(0, I) as this plane shows it: radii 1 and 2, and 95 % within 2.45. In all {latent} dimensions its "
            "mass lies on a shell of radius about √{latent} = {radius} (dotted)",
        ).format(latent=latent, radius=f"{math.sqrt(latent):.2f}")
    if model.traits.has_prior:
        return text
    rest = QCoreApplication.translate(
        "PosteriorOverlay", "{model}: no prior is part of it; drawn for comparison."
    ).format(model=model.title)
    return f"{text}\n{rest}"


def of_contours(contours: ContourLines | None) -> str:
    """About the contours."""
    if contours is None:
        return ""
    if contours.reason:
        return _no_contours(contours)
    masses = ", ".join(f"{100 * mass:.0f} %" for mass in contours.masses)
    if contours.of == "posterior":
        return QCoreApplication.translate(
            "PosteriorOverlay", "Contours of the aggregated posterior: {masses} of its mass within"
        ).format(masses=masses)
    across, up = contours.bandwidth
    return QCoreApplication.translate(
        "PosteriorOverlay",
        "Contours of the codes, which are points (kernel density, σ {across} by {up}): {masses} of its mass "
        "within",
    ).format(masses=masses, across=f"{across:.2g}", up=f"{up:.2g}")


def _no_contours(contours: ContourLines) -> str:
    reasons = {
        "few": QCoreApplication.translate("PosteriorOverlay", "there are too few codes"),
        "same": QCoreApplication.translate("PosteriorOverlay", "all codes are the same"),
        "flat": QCoreApplication.translate("PosteriorOverlay", "with one latent dimension there is no area"),
        "finite": QCoreApplication.translate("PosteriorOverlay", "no code is a finite number"),
        "spreads": QCoreApplication.translate("PosteriorOverlay", "this checkpoint was saved without σ"),
    }
    return QCoreApplication.translate("PosteriorOverlay", "Contours: n/a, because {reason}.").format(
        reason=reasons[contours.reason]
    )
