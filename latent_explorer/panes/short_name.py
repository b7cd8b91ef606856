"""A model's name where there is room for three letters."""

from __future__ import annotations

from latent_explorer.core.pane import PaneModel


def short_name(model: PaneModel) -> str:
    """ "AE", "VAE" and the like; the title where the family has none."""
    return model.short
