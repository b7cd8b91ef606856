"""What a reconstruction figure is: its likelihood and what it is measured on. SCIENCE: no figure without both."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from trainer.config import ModelConfig


def measured_as(models: Iterable[ModelConfig]) -> tuple[str, str]:
    """A few words and a sentence on the held-out figures of `models`, each thing said once."""
    short, long = [], []
    for model in models:
        words, sentence = _words(model)
        if words not in short:
            short.append(words)
            long.append(sentence)
    return " / ".join(short), "\n".join(long)


def binarised_training() -> str:
    """What training curves are when pixels are binarised; held-out figures are of grey levels all the same."""
    return QCoreApplication.translate(
        "LossWords",
        "Training curves are of binarised pixels, drawn anew each step, held-out ones of grey levels: do not "
        "compare the two.",
    )


def _words(model: ModelConfig) -> tuple[str, str]:
    translate = QCoreApplication.translate
    if model.likelihood == "bernoulli":
        return (
            translate("LossWords", "Bernoulli, grey levels"),
            translate("LossWords", "Bernoulli cross-entropy of grey levels, not binarised: not a likelihood."),
        )
    if model.likelihood == "gaussian":
        return (
            translate("LossWords", "Gaussian, σ² = {0}").format(f"{model.variance:g}"),
            translate(
                "LossWords", "Gaussian density of grey levels with σ² = {0}: below 0 where it is sharp."
            ).format(f"{model.variance:g}"),
        )
    if model.likelihood == "gaussian-learned":
        return (
            translate("LossWords", "Gaussian, learned σ²"),
            translate(
                "LossWords", "Gaussian density of grey levels with one learned σ²: below 0 where it is sharp."
            ),
        )
    return (
        translate("LossWords", "Gaussian, σ² a pixel"),
        translate("LossWords", "Gaussian density of grey levels with σ² a pixel: below 0 where it is sharp."),
    )
