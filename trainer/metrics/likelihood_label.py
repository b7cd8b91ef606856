"""A label of a reconstruction figure in a few words: its likelihood and the kind of pixels. Torch-free."""

from __future__ import annotations

from trainer.config import ModelConfig
from trainer.sentences import Sentence

#: Suffix to a density's name, by kind of pixels; grey levels have none.
_SEEN = {
    "dynamic": Sentence("dynamic binarisation"),
    "static": Sentence("static binarisation"),
    "binary": Sentence("binary images"),
}


def likelihood_label(model: ModelConfig, pixels: str, variance: float | None = None) -> Sentence:
    """The label of `model`'s figures on `pixels` ("grey", "dynamic", "static" or "binary").

    `variance` is the learned σ² they were measured with, if there is one and it is known. A Bernoulli density
    of grey levels is a cross-entropy: not a likelihood, and not comparable with published NLL.
    """
    seen = _SEEN.get(pixels)
    if model.likelihood == "bernoulli" and seen is None:
        return Sentence("cross-entropy on grey levels (no likelihood)")
    density = _density(model, variance)
    return density if seen is None else Sentence("{density}, {seen}", density=density, seen=seen)


def _density(model: ModelConfig, variance: float | None) -> Sentence:
    match model.likelihood:
        case "bernoulli":
            return Sentence("Bernoulli")
        case "gaussian":
            return Sentence("Gaussian, σ² = {variance:.3g}", variance=model.variance)
        case "gaussian-learned" if variance is not None:
            return Sentence("Gaussian, learned σ² = {variance:.3g}", variance=variance)
        case "gaussian-learned":
            return Sentence("Gaussian, learned σ²")
        case _:
            return Sentence("Gaussian, σ² a pixel")
