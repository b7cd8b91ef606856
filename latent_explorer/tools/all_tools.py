"""The list of tools."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module

from latent_explorer.core.tool import Tool
from trainer.sentences import Sentence

log = logging.getLogger(__name__)

#: Modules whose `TOOL` declares a tool, a line each, in the order of menus.
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


def all_tools(left_out: Callable[[Sentence], object] | None = None) -> tuple[Tool, ...]:
    """The declarations of all tools.

    `left_out` is called with a sentence for each that cannot be imported; without it the error is raised.
    """
    found: list[Tool] = []
    for module in MODULES:
        try:
            found.append(import_module(module).TOOL)
        except (Exception, SystemExit) as error:  # somebody's tool, which may fail in any way
            if left_out is None:
                raise
            log.exception("the tool %s is left out", module)
            reason = f"{type(error).__name__}: {error!s:.200}"
            left_out(Sentence("The tool {name} is left out: {reason}", name=module, reason=reason))
    return tuple(found)
