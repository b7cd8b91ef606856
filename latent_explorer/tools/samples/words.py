"""The texts of the samples' panel: names of sources, remarks, figures and what they mean."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.pane import PaneModel
from latent_explorer.glossary.terms import tip
from latent_explorer.tools.samples.state import FitSummary, PaneFigures, RealFigures, Sheet
from latent_explorer.words.figures import MINUS, count, missing
from trainer.metrics.samples import LEAST_FRECHET, NEAREST, Fidelity


def source_names() -> tuple[tuple[str, str, str], ...]:
    """(name for menus, key, description) of every source."""
    translate = QCoreApplication.translate
    return (
        (
            translate("Samples", "Prior"),
            "prior",
            translate("Samples", "The model's own prior p(z); N(0, I) for a model without one"),
        ),
        (
            translate("Samples", "Gaussian"),
            "gaussian",
            translate("Samples", "One Gaussian with a full covariance, fitted to the codes"),
        ),
        (
            translate("Samples", "Gaussian mixture"),
            "mixture",
            translate(
                "Samples", "K Gaussians with full covariances, fitted to the codes by expectation maximisation"
            ),
        ),
        (
            translate("Samples", "Kernel density"),
            "kernels",
            translate("Samples", "A small Gaussian on every code; its bandwidth is chosen by codes left out"),
        ),
        (
            translate("Samples", "Posterior (picked image)"),
            "posterior",
            translate("Samples", "z = μ + σ ε of the image that was picked by a click on the map"),
        ),
        (
            translate("Samples", "Neighbourhood (cursor)"),
            "neighbourhood",
            translate("Samples", "A Gaussian about the code under the cursor, as wide as the radius says"),
        ),
    )


def source_title(sheet: Sheet) -> str:
    """The source of a sheet with its parameter."""
    translate, settings = QCoreApplication.translate, sheet.settings
    if settings.source == "prior":
        return sheet.prior
    if settings.source == "gaussian":
        return translate("Samples", "Gaussian of the codes")
    if settings.source == "mixture":
        return translate("Samples", "mixture, K = {0}").format(settings.components)
    if settings.source == "kernels":
        return translate("Samples", "kernel density")
    if settings.source == "posterior":
        return translate("Samples", "posterior, picked image")
    return translate("Samples", "neighbourhood, {0} spreads").format(f"{settings.radius:.3g}")


def remark(sheet: Sheet) -> str:
    """The note on these samples, or ""."""
    translate = QCoreApplication.translate
    if sheet.remark == "no-prior":
        return translate("Samples", "this model has no prior")
    if sheet.remark == "point":
        return translate("Samples", "a point: no σ")
    return ""


def why_empty(sheet: Sheet | None, model: PaneModel | None) -> str:
    """Why there are no samples, as a sentence."""
    translate = QCoreApplication.translate
    if model is None:
        return translate("Samples", "There is no model in this pane.")
    if sheet is None:
        return translate("Samples", "The samples are drawn when the codes are there.")
    if sheet.reason == "no-picked":
        return translate("Samples", "Click on a point of a map: its image's posterior is sampled here.")
    if sheet.reason == "not-finite":
        return translate("Samples", "The code of the picked image is not finite, so there is nothing to sample.")
    if sheet.reason == "no-posterior":
        return translate(
            "Samples", "The posterior of an image needs the image, and the data's images are not at hand."
        )
    if sheet.reason == "no-cursor":
        return translate("Samples", "Put the cursor somewhere on the map.")
    return sheet.reason


def unmeasured_reason(key: str) -> str:
    """Why there are no figures, as a sentence."""
    translate = QCoreApplication.translate
    return {
        "no-images": translate("Samples", "n/a: the data's images are not at hand"),
        "few-images": translate("Samples", "n/a: fewer than {0} held-out images").format(NEAREST + 1),
        "same-images": translate("Samples", "n/a: the images are all the same one"),
        "local": translate("Samples", "n/a: samples about one point, not of all data"),
        "training": translate("Samples", "n/a while training: pause, or press Measure"),
        "cancelled": translate("Samples", "n/a: cancelled"),
    }.get(key, "")


def head_line(model: PaneModel, sheet: Sheet) -> str:
    """ "AE · mixture, K = 10 · held-out ln p −5.02 nats"."""
    parts = [model.short, source_title(sheet)]
    if note := remark(sheet):
        parts.append(note)
    if sheet.fit is not None and not note:
        parts.append(_log_density(sheet.fit))
    return " · ".join(parts)


def head_tip(sheet: Sheet) -> str:
    """What the head line means."""
    translate = QCoreApplication.translate
    lines = [tip for _, key, tip in source_names() if key == sheet.settings.source]
    if sheet.remark == "no-prior":
        lines.append(
            translate(
                "Samples",
                "This model has no prior: nothing made its codes look like N(0, I). The sheet shows what is"
                " there.",
            )
        )
    elif sheet.remark == "point":
        lines.append(
            translate("Samples", "This model encodes an image as a point, not as a distribution: there is no ε.")
        )
    fit = sheet.fit
    if fit is None:
        return "\n".join(lines)
    if fit.fitted_on:
        lines.append(translate("Samples", "Fitted to {0} codes.").format(count(fit.fitted_on)))
    if fit.left_out == 1:
        lines.append(translate("Samples", "One code that is not finite was left out."))
    elif fit.left_out:
        lines.append(
            translate("Samples", "{0} codes that are not finite were left out.").format(count(fit.left_out))
        )
    if fit.iterations == 1 and fit.converged:
        lines.append(translate("Samples", "1 iteration."))
    elif fit.iterations:
        ended = (
            translate("Samples", "{0} iterations.")
            if fit.converged
            else translate("Samples", "{0} iterations, not converged.")
        )
        lines.append(ended.format(fit.iterations))
    if fit.dropped:
        lines.append(
            translate("Samples", "{0} of {1} components kept no code and were dropped.").format(
                count(fit.dropped), count(sheet.settings.components)
            )
        )
    if fit.bandwidth:
        lines.append(translate("Samples", "Bandwidth {0}, in units of the code.").format(f"{fit.bandwidth:.3g}"))
    lines.append(
        translate(
            "Samples",
            "{0}: the mean log density of {1} codes of held-out images. It depends on the units of the codes, so "
            "it compares densities of one model, not models.",
        ).format(_log_density(fit), count(fit.held_out))
    )
    return "\n".join(lines)


def _log_density(fit: FitSummary) -> str:
    value = fit.held_out_log_density
    if not math.isfinite(value):
        return QCoreApplication.translate("Samples", "held-out ln p {0}").format(missing())
    shown = f"{value:,.2f}".replace("-", MINUS)
    return QCoreApplication.translate("Samples", "held-out ln p {0} nats").format(shown)


def share(value: float) -> str:
    """A share with two decimals."""
    return f"{value:.2f}"


def distance(value: float) -> str:
    """A Fréchet distance with about three figures, such as "0.18", "16.7" or "959"."""
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"{value:,.{digits}f}"


def _frechet(found: Fidelity) -> str:
    """The Fréchet distance, "n/a" if too few pictures were compared."""
    return distance(found.frechet) if found.frechet_valid else missing()


def former_step(figures: PaneFigures, sheet: Sheet) -> str:
    """ "step 1,200" of the weights that were measured, if they are not the sheet's; else ""."""
    if figures.snapshot is sheet.snapshot:
        return ""
    return QCoreApplication.translate("Samples", "step {0}").format(count(figures.snapshot.step))


def figure_line(figures: PaneFigures, real: RealFigures) -> str:
    """ "sample coverage 0.42 ↑ (real 0.97) · FD-clf 5.78 ↓ (real 0.18)"; real: of images beside as many others.

    Arrows point in the better direction.
    """
    translate = QCoreApplication.translate
    return translate(
        "Samples",
        "sample coverage {coverage} ↑ (real {real_coverage}) · {name} {distance} ↓ (real {real_distance})",
    ).format(
        coverage=share(figures.fidelity.coverage),
        real_coverage=share(real.fidelity.coverage),
        name=real.name,
        distance=_frechet(figures.fidelity),
        real_distance=_frechet(real.fidelity),
    )


def second_line(figures: PaneFigures) -> str:
    """Precision, recall and density, never one alone."""
    found = figures.fidelity
    return QCoreApplication.translate("Samples", "precision {0} ↑ · recall {1} ↑ · sample density {2} ↑").format(
        share(found.precision), share(found.recall), share(found.density)
    )


def figure_tip(figures: PaneFigures, real: RealFigures) -> str:
    """The tool tip with all figures, their meaning and conditions."""
    translate = QCoreApplication.translate
    found = figures.fidelity
    lines = [
        _row(translate("Samples", "samples"), real.name, found),
        _row(translate("Samples", "reconstructions"), real.name, figures.reconstructed),
        _row(translate("Samples", "real images"), real.name, real.fidelity),
        "",
        translate(
            "Samples",
            "Measured on {0} samples and {1} held-out images; real: these beside as many others.",
        ).format(count(found.count), count(found.real)),
        *_apart(figures),
        tip("fd"),
        *_why_no_distance(found, real.name),
        real.sentence,
        tip("coverage", "precision", "recall", "density"),
    ]
    return "\n".join(lines)


def _why_no_distance(found: Fidelity, name: str) -> list[str]:
    if found.frechet_valid:
        return []
    return [
        QCoreApplication.translate(
            "Samples",
            "{0} is n/a below {1} pictures on either side: it would be noise; hold out more images.",
        ).format(name, count(LEAST_FRECHET))
    ]


def _apart(figures: PaneFigures) -> list[str]:
    """Whether the source of samples was fitted on the images that they are compared with."""
    translate = QCoreApplication.translate
    if figures.apart is None:
        return []
    if figures.apart:
        return [translate("Samples", "The density was not fitted to these real images.")]
    return [
        translate(
            "Samples",
            "Too few images: the density was fitted to some of these real images, too, so its samples may come "
            "closer to them than other real images do.",
        )
    ]


def _row(name: str, measure: str, found: Fidelity) -> str:
    return QCoreApplication.translate(
        "Samples", "{0}: sample coverage {1}, {2} {3}, precision {4}, recall {5}, sample density {6}"
    ).format(
        name,
        share(found.coverage),
        measure,
        _frechet(found),
        share(found.precision),
        share(found.recall),
        share(found.density),
    )
