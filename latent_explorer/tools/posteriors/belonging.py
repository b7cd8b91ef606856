"""The results of posteriors with their weights."""

from __future__ import annotations

from collections.abc import Iterator

from latent_explorer.core.overlay import MISSING, Made
from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.posteriors.shown_prior import ShownPrior
from latent_explorer.tools.posteriors.state import PosteriorsState


def made_of_posteriors(pane: PaneState, tools: ToolStates) -> Iterator[Made]:
    """Union and contours, also of the prior, if they are on; the coverage may be missing, but not outdated."""
    made, overlays = tools[PosteriorsState], tools.overlays
    union, contours, coverage = made.union(pane.index), made.contours(pane.index), made.coverage(pane.index)
    if overlays.chosen("ellipses") == "all":
        yield MISSING if union is None else (union.number, True)
    if overlays.on("contours"):
        yield MISSING if contours is None else (contours.number, True)
    if overlays.on("prior") and pane.model is not None:
        prior = made.prior(pane.index)
        if prior is not None:
            yield prior.number, True
        elif not ShownPrior().of(pane.model, pane.codes).is_gaussian:
            yield MISSING
    if coverage is not None:
        yield coverage.number, True
