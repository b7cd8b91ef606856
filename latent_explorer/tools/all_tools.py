"""The list of tools."""

from __future__ import annotations

from importlib import import_module

from latent_explorer.core.tool import Tool

#: Modules whose `TOOL` declares a tool, one per line, in menu order.
MODULES = [
    "latent_explorer.tools.holes.tool",
    "latent_explorer.tools.posteriors.tool",
    "latent_explorer.tools.mosaic.tool",
    "latent_explorer.tools.class_names.tool",
    "latent_explorer.tools.losses.tool",
    "latent_explorer.tools.interpolation.tool",
    "latent_explorer.tools.samples.tool",
    "latent_explorer.tools.traversal.tool",
    "latent_explorer.tools.directions.tool",
    "latent_explorer.tools.own_image.tool",
    "latent_explorer.tools.timeline.tool",
    "latent_explorer.tools.measures.tool",
    "latent_explorer.tools.neighbours.tool",
    "latent_explorer.tools.selection.tool",
    "latent_explorer.tools.drawing.tool",
    "latent_explorer.tools.true_posterior.tool",
    "latent_explorer.tools.why_blurry.tool",
    "latent_explorer.tools.mean_or_draw.tool",
]


def all_tools() -> tuple[Tool, ...]:
    """The declarations of all tools."""
    return tuple(import_module(module).TOOL for module in MODULES)
