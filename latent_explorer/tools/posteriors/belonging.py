"""Whether what was made of the posteriors is of the weights on a map."""

from __future__ import annotations

from latent_explorer.core.pane import PaneState
from latent_explorer.core.tools import ToolStates
from latent_explorer.tools.posteriors.shown_prior import ShownPrior
from latent_explorer.tools.posteriors.state import PosteriorsState


def posteriors_belong(pane: PaneState, tools: ToolStates) -> bool:
    """Union and contours, also the prior's, where they are on; the share of its mass may be missing, not old."""
    if pane.codes is None:
        return False
    number, made = pane.codes.number, tools[PosteriorsState]
    union, contours, coverage = made.union(pane.index), made.contours(pane.index), made.coverage(pane.index)
    if tools.overlays.chosen("ellipses") == "all" and (union is None or union.number != number):
        return False
    if tools.overlays.on("contours") and (contours is None or contours.number != number):
        return False
    if tools.overlays.on("prior") and pane.model is not None:
        prior = made.prior(pane.index)
        missing = prior is None and not ShownPrior().of(pane.model, pane.codes).is_gaussian
        if missing or (prior is not None and prior.number != number):
            return False
    return coverage is None or coverage.number == number
