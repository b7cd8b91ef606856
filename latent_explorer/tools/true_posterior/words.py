"""Texts of maps and panel about the true posterior."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.explorer import ExplorerState
from latent_explorer.core.pane import PaneState
from latent_explorer.tools.true_posterior.state import TruePosterior
from latent_explorer.words.figures import MINUS, missing

translate = QCoreApplication.translate


def figure(value: float) -> str:
    """Nats with three decimals, the accuracy of the sums; with one from 10,000 on."""
    if not math.isfinite(value):
        return missing()
    digits = 3 if abs(value) < 999.5 else 2 if abs(value) < 9_999.5 else 1
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", MINUS)


def size(value: float) -> str:
    """An error in nats: "0.0004", or "< ..." if it is negligible."""
    if not math.isfinite(value):
        return missing()
    return "< 0.0001" if abs(value) < 1e-4 else f"{abs(value):.4f}" if abs(value) < 0.1 else f"{abs(value):.2f}"


def estimate(value: float, error: float) -> str:
    """An estimate with its standard error, both with the same decimals: "−93.41 ± 0.12"."""
    if not math.isfinite(value) or not math.isfinite(error):
        return missing()
    digits = 3 if error < 0.01 else 2 if error < 0.1 else 1
    return f"{round(value, digits) + 0.0:,.{digits}f} ± {error:.{digits}f}".replace("-", MINUS)


def reason_text(found: TruePosterior, pane: PaneState) -> str:
    """Why there is none, as a sentence."""
    latent = 0 if pane.model is None else pane.model.config.latent
    return {
        "prior": translate(
            "TruePosterior",
            "Not available: this model has no prior p(z). Without one a code has no probability before the image "
            "is seen, and so there is neither p(x) nor p(z|x).",
        ),
        "dimensions": translate(
            "TruePosterior",
            "Not available: this model has {latent} latent dimensions. The sum over all codes is made on a grid, "
            "which is possible with one or two; with more see the IWAE bound in Measures.",
        ).format(latent=f"{latent:,}"),
        "weights": translate("TruePosterior", "Not available: the model's weights are not at hand."),
        "density": translate(
            "TruePosterior",
            "Not available: this model gives no probability p(x|z) of a picture, or its learned σ² is not known.",
        ),
        "images": translate(
            "TruePosterior",
            "Not available: needs the picked image itself; choose the data set in the toolbar.",
        ),
        "shape": translate(
            "TruePosterior", "Not available: the data set's images have another size than the model's."
        ),
        "failed": translate("TruePosterior", "Not available: {why}").format(why=found.sentence),
    }.get(found.reason, "")


def reason_brief(found: TruePosterior) -> str:
    """The same in a few words."""
    return {
        "prior": translate("TruePosterior", "no prior: no p(z|x)"),
        "dimensions": translate("TruePosterior", "p(z|x): one or two dimensions only"),
    }.get(found.reason, translate("TruePosterior", "p(z|x): n/a"))


def none_picked() -> str:
    """The text if no image is picked."""
    return translate("TruePosterior", "Click a point on a map, or press Enter on the map, to pick an image.")


def computing() -> str:
    """The text while it is computed."""
    return translate("TruePosterior", "True posterior: being computed…")


def identity(found: TruePosterior, explorer: ExplorerState) -> str:
    """The equation in one line of the map."""
    if not found.has_posterior:
        text = translate("TruePosterior", "p(z|x) of image {row}: ln p(x) = {evidence} nats")
    else:
        text = translate(
            "TruePosterior", "p(z|x) of image {row}: ln p(x) {evidence} = ELBO {elbo} + KL(q‖p) {kl} nats"
        )
    return text.format(
        row=explorer.number(found.row),
        evidence=figure(found.evidence),
        elbo=figure(found.elbo),
        kl=figure(found.kl),
    )


def identity_brief(found: TruePosterior) -> str:
    """The same for a small map."""
    if not found.has_posterior:
        return translate("TruePosterior", "ln p(x) = {evidence}").format(evidence=figure(found.evidence))
    return translate("TruePosterior", "ln p(x) {evidence} =\nELBO {elbo} + KL {kl}").format(
        evidence=f"{found.evidence:.2f}".replace("-", MINUS),
        elbo=f"{found.elbo:.2f}".replace("-", MINUS),
        kl=f"{found.kl:.2f}".replace("-", MINUS),
    )


def verdict(found: TruePosterior) -> str:
    """The interpretation of the figures."""
    if not found.has_posterior:
        return translate(
            "TruePosterior", "This model has no encoder's posterior q(z|x) to compare the true one with."
        )
    if found.kl < 0.05:
        text = translate(
            "TruePosterior", "The encoder's posterior is nearly the true one: the ELBO is tight here."
        )
    elif found.kl < 1:
        text = translate(
            "TruePosterior", "The encoder's posterior is near the true one: the ELBO lacks {kl} nats."
        )
    else:
        text = translate(
            "TruePosterior", "The encoder's posterior misses the true one: the ELBO lacks {kl} nats for that."
        )
    text = text.format(kl=figure(found.kl))
    if found.grey:
        text += " " + translate(
            "TruePosterior",
            "Grey levels under Bernoulli give a cross-entropy, no likelihood; the equation holds all the same.",
        )
    return text
