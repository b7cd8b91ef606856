"""A model's name where there is room for three letters."""

from __future__ import annotations

from latent_explorer.state.pane import PaneModel

_SHORT = {"autoencoder": "AE", "variational": "VAE"}


def short_name(model: PaneModel) -> str:
    """ "AE", "VAE", or the title of a model of another family."""
    return _SHORT.get(model.config.family, model.title)
