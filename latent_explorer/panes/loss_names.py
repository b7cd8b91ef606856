"""Display names of the losses of images."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from latent_explorer.core.losses import parts_of


def loss_name(key: str) -> str:
    """The name of a loss by its key, such as "loss (left model)"; "" for any other text."""
    translate, parts = QCoreApplication.translate, parts_of(key)
    if parts is None:
        return ""
    side = (translate("Losses", "left model"), translate("Losses", "right model"))[parts[1]]
    if parts[0] == "kl":
        return translate("Losses", "KL ({model})").format(model=side)
    return translate("Losses", "loss ({model})").format(model=side)
