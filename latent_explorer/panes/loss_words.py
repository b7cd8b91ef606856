"""The label of a reconstruction figure: its likelihood and kind of pixels, which every figure must have."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from latent_explorer.words.trainer_sentences import shown_sentence
from trainer.config import ModelConfig
from trainer.metrics.likelihood_label import likelihood_label
from trainer.reports import EvaluationReport


def measured_as(models: Iterable[tuple[ModelConfig, EvaluationReport | None]]) -> tuple[str, str]:
    """A short text and a sentence on the held-out figures of models, without repetitions.

    Each model comes with the report of its figures, or None for figures on
    grey levels.
    """
    short, long = [], []
    for model, report in models:
        variance = report.variances[0] if report is not None and report.variances else None
        words, sentence = described(model, report.pixels if report is not None else "grey", variance)
        if words not in short:
            short.append(words)
            long.append(sentence)
    return " / ".join(short), "\n".join(long)


def described(model: ModelConfig, pixels: str, variance: float | None) -> tuple[str, str]:
    """A short text and a sentence on a figure of `model` on `pixels`, one of
    `trainer.metrics.binarisation.PIXELS`.

    `variance` is the learned σ² used for it, if any.
    """
    sentence = _density(model, variance)
    seen = _seen(pixels, model.likelihood == "bernoulli")
    return shown_sentence(likelihood_label(model, pixels, variance)), " ".join(
        part for part in (sentence, seen) if part
    )


def binarised_training() -> str:
    """The label of binarised training curves beside held-out figures that an older version measured on grey
    levels.
    """
    return QCoreApplication.translate(
        "LossWords",
        "Training curves are of binarised pixels, drawn anew each step, held-out ones of grey levels: do not "
        "compare the two.",
    )


def _density(model: ModelConfig, variance: float | None) -> str:
    translate = QCoreApplication.translate
    if model.likelihood == "bernoulli":
        return ""
    if model.likelihood == "gaussian":
        return translate("LossWords", "Gaussian density with σ² = {0}: below 0 where it is sharp.").format(
            f"{model.variance:g}"
        )
    if model.likelihood == "gaussian-pixel":
        return translate("LossWords", "Gaussian density with σ² a pixel: below 0 where it is sharp.")
    if variance is None:
        return translate("LossWords", "Gaussian density with one learned σ²: below 0 where it is sharp.")
    return translate(
        "LossWords",
        "Gaussian density with the σ² = {0} learned on the training images: below 0 where it is sharp.",
    ).format(f"{variance:.3g}")


def _seen(pixels: str, bernoulli: bool) -> str:
    translate = QCoreApplication.translate
    if pixels == "dynamic":
        if bernoulli:
            return translate(
                "LossWords",
                "Bernoulli likelihood of pixels drawn as 0 or 1 with their grey level as the probability.",
            )
        return translate("LossWords", "Pixels are drawn as 0 or 1 with their grey level as the probability.")
    if pixels == "static":
        if bernoulli:
            return translate(
                "LossWords",
                "Bernoulli likelihood of pixels drawn as 0 or 1 once, with their grey level as the probability: "
                "not to be compared with that of pixels drawn anew.",
            )
        return translate("LossWords", "Pixels are drawn as 0 or 1 once, with their grey level as the probability.")
    if pixels == "binary":
        if bernoulli:
            return translate("LossWords", "Bernoulli likelihood: every pixel of these images is 0 or 1.")
        return translate("LossWords", "Every pixel of these images is 0 or 1.")
    if bernoulli:
        return translate("LossWords", "Bernoulli cross-entropy of grey levels, not binarised: not a likelihood.")
    return ""
