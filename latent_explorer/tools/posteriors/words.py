"""The texts of the overlays of posteriors and prior in the map's corner."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from latent_explorer.core.pane import PaneModel, PaneState
from latent_explorer.tools.posteriors.state import ContourLines, Coverage, UnionPicture
from trainer.latent.prior_regions import PriorRegions
from trainer.metrics.prior_coverage import MASSES, MASSES_OF_ONE, upper_bound
from trainer.prior import Prior
from trainer.priors.gaussian import StandardNormal


def no_ellipses(pane: PaneState) -> str:
    """Why this pane has no ellipses, or ""."""
    model, codes = pane.model, pane.codes
    if model is None or codes is None:
        return ""
    if not model.traits.has_posterior:
        return QCoreApplication.translate(
            "PosteriorOverlay", "{model}: a code is a point without σ, so there are no ellipses."
        ).format(model=model.title)
    if not model.traits.posterior_kind.gaussian:
        return QCoreApplication.translate(
            "PosteriorOverlay",
            "{model}: posterior ellipses and prior coverage: n/a, because its posteriors are no Gaussians.",
        ).format(model=model.title)
    if codes.sigmas is None:
        return QCoreApplication.translate(
            "PosteriorOverlay",
            "Posterior ellipses: n/a, because this checkpoint was saved without σ; train a step.",
        )
    return ""


def of_row(pane: PaneState, row: str | None, whose: str, spread: np.ndarray | None) -> str:
    """About the ellipses of one image, by its number in the source."""
    if row is None:
        if whose == "hovered":
            return QCoreApplication.translate("PosteriorOverlay", "Posterior ellipses: point at an image.")
        return QCoreApplication.translate("PosteriorOverlay", "Posterior ellipses: no image is picked.")
    if spread is None:
        return QCoreApplication.translate("PosteriorOverlay", "Image {row} is not on this map.").format(row=row)
    if not np.isfinite(spread).all():
        return QCoreApplication.translate(
            "PosteriorOverlay", "q(z|x) of image {row}: σ is not a finite number."
        ).format(row=row)
    if len(spread) <= 2:
        sizes = ", ".join(f"{value:.2g}" for value in spread)
        return QCoreApplication.translate(
            "PosteriorOverlay", "q(z|x) of image {row}: σ = {sizes}; 1σ and 2σ hold {one} % and {two} % of it"
        ).format(row=row, sizes=sizes, **_masses(len(spread)))
    return QCoreApplication.translate(
        "PosteriorOverlay",
        "q(z|x) of image {row}: σ from {low} to {high} in {count} dimensions; 1σ and 2σ as this plane shows them "
        "hold {one} % and {two} % of what is seen of it",
    ).format(
        row=row,
        low=f"{spread.min():.2g}",
        high=f"{spread.max():.2g}",
        count=len(spread),
        **_masses(len(spread)),
    )


def _masses(latent: int) -> dict[str, str]:
    """The mass within 1σ and 2σ of a Gaussian, in per cent, on a line (one dimension) or in a plane."""
    masses = MASSES_OF_ONE if latent == 1 else MASSES
    return dict(zip(("one", "two"), (f"{100 * mass:.0f}" for mass in masses), strict=True))


def too_small() -> str:
    """About ellipses too small to be seen."""
    return QCoreApplication.translate("PosteriorOverlay", "Zoom in to see the ellipses.")


def of_union(union: UnionPicture | None, latent: int) -> str:
    """About the union of all ellipses of a model with `latent` dimensions."""
    if union is None:
        return QCoreApplication.translate("PosteriorOverlay", "Posterior ellipses: being computed…")
    if union.reason:
        return QCoreApplication.translate(
            "PosteriorOverlay", "Posterior ellipses: n/a, because no σ is a finite number."
        )
    if latent > 2:
        text = QCoreApplication.translate(
            "PosteriorOverlay",
            "1σ (darker) and 2σ of all {count} posteriors as this plane shows them; they hold {one} % and {two} % "
            "of what is seen of each",
        )
    else:
        text = QCoreApplication.translate(
            "PosteriorOverlay",
            "1σ (darker) and 2σ of all {count} posteriors; they hold {one} % and {two} % of each",
        )
    return text.format(count=f"{union.posteriors:,}", **_masses(latent))


def of_coverage(coverage: Coverage | None, latent: int) -> str:
    """About the prior mass covered; "" while unknown."""
    if coverage is None:
        return ""
    one, two = shares(coverage)
    draws = f"{coverage.draws:,}"
    if latent > 2:
        return QCoreApplication.translate(
            "PosteriorOverlay",
            "Prior coverage, the prior mass inside the 39 % / 86 % region (1σ / 2σ in a plane) of at least one "
            "posterior: {one} / {two} (all {latent} dimensions, {draws} draws)",
        ).format(one=one, two=two, latent=latent, draws=draws)
    return QCoreApplication.translate(
        "PosteriorOverlay",
        "Prior coverage, the prior mass within 1σ / 2σ of at least one posterior: {one} / {two} ({draws} draws)",
    ).format(one=one, two=two, draws=draws)


def shares(coverage: Coverage) -> tuple[str, str]:
    """The prior mass inside the smaller and the larger regions, with their errors."""
    one, two = (
        _share(share, error, coverage.draws) for share, error in zip(coverage.shares, coverage.errors, strict=True)
    )
    return one, two


def _share(share: float, error: float, draws: int) -> str:
    """ "96.9 ± 0.2 %"; with no hits, or only hits, the bound at 95 % confidence."""
    if share in (0, 1):
        bound = 100 * upper_bound(draws)
        return f"<\u00a0{bound:.2g}\u00a0%" if share == 0 else f">\u00a0{100 - bound:.4g}\u00a0%"
    decimals = 1 if error >= 0.0005 else 2
    # Non-breaking spaces.
    return f"{100 * share:.{decimals}f}\u00a0±\u00a0{100 * error:.{decimals}f}\u00a0%"


def of_prior(model: PaneModel, prior: Prior, regions: PriorRegions | None) -> str:
    """About the prior's rings or contours."""
    latent, translate = model.config.latent, QCoreApplication.translate
    radius = f"{math.sqrt(latent):.2f}"
    if not prior.is_gaussian:
        return _of_regions(prior, regions)
    if not isinstance(prior, StandardNormal):
        text = _of_gaussian(latent)
    elif latent == 1:
        text = translate("PosteriorOverlay", "N(0, 1): 1σ holds 68 % of it, 1.96σ 95 %")
    elif latent == 2:
        text = translate("PosteriorOverlay", "N(0, I): radii 1, 2 and 2.45 hold 39 %, 86 % and 95 % of it")
    else:
        text = translate(
            "PosteriorOverlay",
            "N(0, I) as this plane shows it: radii 1, 2 and 2.45 hold 39 %, 86 % and 95 % of what is seen; its "
            "mass lies on a shell of radius √{latent} = {radius} (dotted)",
        )
    text = text.format(prior=prior.formula, latent=latent, radius=radius)
    if model.traits.has_prior:
        return text
    rest = translate("PosteriorOverlay", "{model}: it has no prior; for comparison only.").format(
        model=model.title
    )
    return f"{text}\n{rest}"


def _of_gaussian(latent: int) -> str:
    """About the ellipses of a Gaussian prior other than N(0, I)."""
    if latent == 1:
        return QCoreApplication.translate(
            "PosteriorOverlay", "Prior {prior}: 1σ about its mean holds 68 % of it, 1.96σ 95 %"
        )
    if latent == 2:
        return QCoreApplication.translate(
            "PosteriorOverlay", "Prior {prior}: its ellipses of 1, 2 and 2.45σ hold 39 %, 86 % and 95 % of it"
        )
    return QCoreApplication.translate(
        "PosteriorOverlay",
        "Prior {prior} as this plane shows it: ellipses of 1, 2 and 2.45σ hold 39 %, 86 % and 95 % of what is "
        "seen; its mass lies on a shell of √{latent} = {radius}σ (dotted)",
    )


def _of_regions(prior: Prior, regions: PriorRegions | None) -> str:
    """About the contours of a prior that is not one Gaussian."""
    translate = QCoreApplication.translate
    if regions is None:
        text = translate("PosteriorOverlay", "Prior {prior}: its contours are being computed…")
    elif regions.slice:
        text = translate(
            "PosteriorOverlay", "Prior {prior} in this slice alone: contours hold {masses} % of what the slice has"
        )
    elif prior.latent > 2:
        text = translate(
            "PosteriorOverlay", "Prior {prior} as this plane shows it: contours hold {masses} % of what is seen"
        )
    else:
        text = translate("PosteriorOverlay", "Prior {prior}: contours hold {masses} % of it")
    return text.format(prior=prior.formula, masses=region_masses(regions))


def region_masses(regions: PriorRegions | None) -> str:
    """ "39, 86, 95"."""
    return "" if regions is None else ", ".join(f"{100 * mass:.0f}" for mass in regions.masses)


def of_contours(contours: ContourLines | None) -> str:
    """About the contours."""
    if contours is None:
        return QCoreApplication.translate("PosteriorOverlay", "Contours: being computed…")
    if contours.reason:
        return _no_contours(contours)
    masses = ", ".join(f"{100 * mass:.0f}" for mass in contours.masses)
    if contours.of == "posterior":
        return QCoreApplication.translate(
            "PosteriorOverlay", "Aggregated posterior: {masses} % of its mass"
        ).format(masses=masses)
    across, up = contours.bandwidth
    return QCoreApplication.translate(
        "PosteriorOverlay",
        "Codes are points: {masses} % of the mass of their kernel density (bandwidth {across}, {up})",
    ).format(masses=masses, across=f"{across:.2g}", up=f"{up:.2g}")


def _no_contours(contours: ContourLines) -> str:
    reasons = {
        "few": QCoreApplication.translate("PosteriorOverlay", "there are too few codes"),
        "same": QCoreApplication.translate("PosteriorOverlay", "all codes are the same"),
        "flat": QCoreApplication.translate("PosteriorOverlay", "with one latent dimension there is no area"),
        "finite": QCoreApplication.translate("PosteriorOverlay", "no code is a finite number"),
        "sigmas": QCoreApplication.translate("PosteriorOverlay", "this checkpoint was saved without σ"),
        "shape": QCoreApplication.translate("PosteriorOverlay", "this model's posteriors are no Gaussians"),
    }
    return QCoreApplication.translate("PosteriorOverlay", "Contours: n/a, because {reason}.").format(
        reason=reasons[contours.reason]
    )
