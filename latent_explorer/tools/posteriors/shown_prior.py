"""The prior shown in a pane."""

from __future__ import annotations

from latent_explorer.core.pane import PaneCodes, PaneModel
from trainer.prior import Prior
from trainer.priors.gaussian import StandardNormal


class ShownPrior:
    """Reads a pane's prior from its weights, once for each. For one thread."""

    def __init__(self) -> None:
        self._known: tuple[PaneModel, PaneCodes | None, Prior] | None = None

    def of(self, model: PaneModel, codes: PaneCodes | None) -> Prior:
        """p(z) of a model with the weights of `codes`; N(0, I), for comparison, of one without a prior."""
        if self._known is None or self._known[0] is not model or self._known[1] is not codes:
            own = model.prior(None if codes is None else codes.snapshot)
            self._known = (model, codes, own or StandardNormal(model.config.latent))
        return self._known[2]
