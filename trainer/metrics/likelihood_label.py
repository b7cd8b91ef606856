"""What a reconstruction figure is, in a few words: its likelihood, and what it is measured on. Torch-free."""

from __future__ import annotations

from trainer.config import ModelConfig

#: What follows a density's name, by what the pixels are; grey levels go without saying.
_SEEN = {"grey": "", "dynamic": ", dynamic binarisation", "binary": ", binary images"}


def likelihood_label(model: ModelConfig, pixels: str, variance: float | None = None) -> str:
    """The label of `model`'s figures on `pixels` ("grey", "dynamic" or "binary").

    `variance` is the learned σ² they were measured with, where there is one and it is known. A Bernoulli density
    of grey levels is a cross-entropy: not a likelihood, and not comparable with published NLL.
    """
    if model.likelihood == "bernoulli":
        return "cross-entropy on grey levels (no likelihood)" if pixels == "grey" else f"Bernoulli{_SEEN[pixels]}"
    if model.likelihood == "gaussian":
        return f"Gaussian, σ² = {model.variance:.3g}{_SEEN[pixels]}"
    if model.likelihood == "gaussian-learned":
        return f"Gaussian, learned σ²{'' if variance is None else f' = {variance:.3g}'}{_SEEN[pixels]}"
    return f"Gaussian, σ² a pixel{_SEEN[pixels]}"
