"""The latent map: points, axes, cursor and hover, each a layer of its own."""

from latent_explorer.views.map.latent_map import LatentMap

__all__ = ["LatentMap"]
