"""A model's name where there is room for three letters."""

from __future__ import annotations

from latent_explorer.core.pane import PaneModel

#: Checkpoints from before short names were kept are of these.
_SHORT = {"autoencoder": "AE", "variational": "VAE"}


def short_name(model: PaneModel) -> str:
    """ "AE", "VAE" and the like; the title where the family has none."""
    return model.traits.short or _SHORT.get(model.config.family, model.title)
