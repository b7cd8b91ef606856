"""In one line: what sets the models of a run apart. A comparison is fair when it is one thing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from trainer.config import ModelConfig

_CONTEXT = "pair_difference"


def difference_line(models: tuple[ModelConfig, ...]) -> str:
    """A sentence on what differs between `models`; "" for one model alone."""
    if len(models) < 2:
        return ""
    translate = QCoreApplication.translate
    differing = _differing(models)
    names = {
        "network": translate(_CONTEXT, "network"),
        "widths": translate(_CONTEXT, "layer widths"),
        "latent": translate(_CONTEXT, "latent size"),
        "likelihood": translate(_CONTEXT, "likelihood"),
        "variance": translate(_CONTEXT, "variance"),
    }
    families = {model.family for model in models}
    parts = [names[field] for field in differing]
    if families == {"autoencoder", "variational"}:
        parts.insert(0, translate(_CONTEXT, "sampling + β KL"))
    elif len(families) > 1:
        parts.insert(0, translate(_CONTEXT, "model family"))
    if not parts:
        return translate(_CONTEXT, "The models do not differ: same batches, same initial weights.")
    if len(parts) == 1:
        return translate(_CONTEXT, "The models differ only in: {what}.").format(what=parts[0])
    return translate(_CONTEXT, "The models differ in: {what}.").format(what=", ".join(parts))


def _differing(models: tuple[ModelConfig, ...]) -> list[str]:
    fields = ["network", "widths", "latent", "likelihood"]
    if all(model.likelihood == "gaussian" for model in models):
        fields.append("variance")
    return [field for field in fields if len({getattr(model, field) for model in models}) > 1]
