"""The short texts of the overlays of posteriors and prior, for the corner of a small map."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.tools.posteriors import words as words
from latent_explorer.tools.posteriors.state import ContourLines, Coverage, UnionPicture
from trainer.latent.prior_regions import PriorRegions
from trainer.prior import Prior
from trainer.priors.gaussian import StandardNormal


def no_ellipses(pane: PaneState) -> str:
    """Why this pane has no ellipses, or ""."""
    if not words.no_ellipses(pane) or pane.model is None:
        return ""
    if not pane.model.traits.has_posterior:
        return QCoreApplication.translate("PosteriorOverlay", "a point without σ: no ellipses")
    if not pane.model.traits.posterior_kind.gaussian:
        return QCoreApplication.translate("PosteriorOverlay", "ellipses: n/a, posteriors are no Gaussians")
    return QCoreApplication.translate("PosteriorOverlay", "ellipses: n/a, saved without σ")


def of_row(pane: PaneState, row: str | None, whose: str, spread: np.ndarray | None) -> str:
    """About the ellipses of one image, by its number in the source."""
    if row is None or spread is None or not np.isfinite(spread).all():
        return words.of_row(pane, row, whose, spread)
    if len(spread) <= 2:
        sizes = ", ".join(f"{value:.2g}" for value in spread)
        return QCoreApplication.translate("PosteriorOverlay", "q(z|x): σ = {sizes}").format(sizes=sizes)
    return QCoreApplication.translate("PosteriorOverlay", "q(z|x): σ from {low} to {high}").format(
        low=f"{spread.min():.2g}", high=f"{spread.max():.2g}"
    )


def of_union(union: UnionPicture | None, latent: int) -> str:
    """About the union of all ellipses of a model with `latent` dimensions."""
    if union is None or union.reason:
        return words.of_union(union, latent)
    if latent > 2:
        text = QCoreApplication.translate("PosteriorOverlay", "1σ, 2σ of {count} posteriors, on this plane")
    else:
        text = QCoreApplication.translate("PosteriorOverlay", "1σ, 2σ of {count} posteriors")
    return text.format(count=f"{union.posteriors:,}")


def of_coverage(coverage: Coverage | None, latent: int) -> str:
    """About the prior mass covered; "" while unknown."""
    if coverage is None:
        return ""
    one, two = words.shares(coverage)
    if latent > 2:
        text = QCoreApplication.translate("PosteriorOverlay", "prior in 39 % / 86 % regions:\n{one} / {two}")
    else:
        text = QCoreApplication.translate(
            "PosteriorOverlay", "prior within 1σ / 2σ of a posterior:\n{one} / {two}"
        )
    return text.format(one=one, two=two)


def of_prior(model: PaneModel, prior: Prior, regions: PriorRegions | None) -> str:
    """About the prior's rings or contours."""
    latent, translate = model.config.latent, QCoreApplication.translate
    if not prior.is_gaussian:
        if regions is None:
            return words.of_prior(model, prior, regions)
        text = (
            translate("PosteriorOverlay", "{prior}: {masses} %, in this slice")
            if regions.slice
            else translate("PosteriorOverlay", "{prior}: {masses} %")
        )
        return text.format(prior=prior.formula, masses=words.region_masses(regions))
    if latent == 1 and isinstance(prior, StandardNormal):
        text = translate("PosteriorOverlay", "N(0, 1): lines at 1, 2, 1.96 σ (95 %)")
    elif latent == 1:
        text = translate("PosteriorOverlay", "{prior}: lines at 1, 2, 1.96 σ (95 %)")
    elif latent == 2:
        text = translate("PosteriorOverlay", "{prior}: rings at 1, 2, 2.45 σ (95 %)")
    else:
        text = translate("PosteriorOverlay", "{prior}: rings at 1, 2, 2.45 σ; shell at {radius} σ")
    text = text.format(prior=prior.formula, radius=f"{math.sqrt(latent):.2f}")
    if model.traits.has_prior:
        return text
    return text + translate("PosteriorOverlay", " · not its prior")


def of_contours(contours: ContourLines | None) -> str:
    """About the contours."""
    if contours is None or contours.reason:
        return words.of_contours(contours)
    masses = ", ".join(f"{100 * mass:.0f}" for mass in contours.masses)
    if contours.of == "posterior":
        text = QCoreApplication.translate("PosteriorOverlay", "aggregated posterior: {masses} %")
    else:
        text = QCoreApplication.translate("PosteriorOverlay", "kernel density of codes: {masses} %")
    return text.format(masses=masses)
