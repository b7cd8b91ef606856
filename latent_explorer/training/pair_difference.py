"""In one line: what sets the models of a run apart. A comparison is fair when it is one thing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from trainer.config import ModelConfig


def difference_line(models: tuple[ModelConfig, ...]) -> str:
    """A sentence on what differs between `models`; "" for one model alone."""
    if len(models) < 2:
        return ""
    translate = QCoreApplication.translate
    differing = _differing(models)
    names = {
        "network": translate("pair_difference", "network"),
        "widths": translate("pair_difference", "layer widths"),
        "latent": translate("pair_difference", "latent size"),
        "likelihood": translate("pair_difference", "likelihood"),
        "variance": translate("pair_difference", "variance"),
    }
    families = {model.family for model in models}
    parts = [names[field] for field in differing]
    if families == {"autoencoder", "variational"}:
        parts.insert(0, translate("pair_difference", "sampling + β KL"))
    elif len(families) > 1:
        parts.insert(0, translate("pair_difference", "model family"))
    if not parts:
        return translate("pair_difference", "The models do not differ: same batches, same initial weights.")
    if len(parts) == 1:
        return translate("pair_difference", "The models differ only in: {what}.").format(what=parts[0])
    return translate("pair_difference", "The models differ in: {what}.").format(
        what=translate("pair_difference", ", ").join(parts)
    )


def _differing(models: tuple[ModelConfig, ...]) -> list[str]:
    fields = ["network", "widths", "latent", "likelihood"]
    if all(model.likelihood == "gaussian" for model in models):
        fields.append("variance")
    return [field for field in fields if len({getattr(model, field) for model in models}) > 1]
