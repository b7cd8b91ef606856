"""The true posterior of the picked image: results by pane."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QObject, Signal

from latent_explorer.core.panel_state import PanelState
from trainer.metrics.posterior_regions import PosteriorCurve, PosteriorRegions

#: Shares of p(z|x) in the regions that are shaded; `LINES`, what 1σ and 2σ of a Gaussian hold, are outlined.
MASSES = (0.1, 0.25, 0.39, 0.55, 0.7, 0.86, 0.95)
LINES = (0.39, 0.86)
#: Why there is none: the model has no prior, more than two dimensions, no weights at hand, no density of pictures,
#: or a learned σ² that is not known; there are no images, or of another size; or it could not be computed.
REASONS = ("prior", "dimensions", "weights", "density", "images", "shape", "failed")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TruePosterior:
    """The result for data row `row` with the weights `number`; in nats.

    Attributes:
        reason: why there is none, one of `REASONS`, or "".
        sentence: of the reason "failed".
        evidence: ln p(x); error: of it.
        elbo, kl: with their errors; NaN for a model without a posterior.
        bound: ln of the mean of `draws` importance weights, and its standard error; NaN without a posterior.
        regions, curve: for two latent dimensions, and for one.
        mean, spread: of q(z|x), float64 (d,); None without one, and if it is not Gaussian.
        grey: whether grey levels are used as probabilities of black and white.
    """

    row: int
    number: int
    reason: str = ""
    sentence: str = ""
    evidence: float = np.nan
    error: float = np.nan
    elbo: float = np.nan
    elbo_error: float = np.nan
    kl: float = np.nan
    kl_error: float = np.nan
    bound: float = np.nan
    bound_error: float = np.nan
    draws: int = 0
    regions: PosteriorRegions | None = field(default=None, repr=False)
    curve: PosteriorCurve | None = field(default=None, repr=False)
    mean: np.ndarray | None = field(default=None, repr=False)
    spread: np.ndarray | None = field(default=None, repr=False)
    grey: bool = False

    @property
    def has_posterior(self) -> bool:
        """Whether the model has a q(z|x)."""
        return bool(np.isfinite(self.elbo))

    @property
    def left_over(self) -> float:
        """ELBO + KL - ln p(x): 0 up to errors of the sums."""
        return self.elbo + self.kl - self.evidence

    @property
    def allowed(self) -> float:
        """The total error of the sums."""
        return self.error + self.elbo_error + self.kl_error

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top around it and q in units of the code, 0 high in one dimension; None without."""
        if self.curve is not None:
            return float(self.curve.codes[0]), 0.0, float(self.curve.codes[-1]), 0.0
        if self.regions is None or not any(self.regions.lines):
            return None
        corners = [line for lines in self.regions.lines for line in lines]
        if self.mean is not None and self.spread is not None:
            corners.append(np.stack([self.mean - 2.4 * self.spread, self.mean + 2.4 * self.spread]))
        all_of_them = np.concatenate(corners)
        (left, bottom), (right, top) = all_of_them.min(0).tolist(), all_of_them.max(0).tolist()
        return left, bottom, right, top


class TruePosteriorState(PanelState):
    """Setting an equal value emits nothing.

    Signals:
        found_changed(int): the result of this pane changed.
    """

    found_changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: dict[int, TruePosterior] = {}

    def found(self, pane: int, row: int | None) -> TruePosterior | None:
        """The last result of a pane, if it is for data row `row`."""
        one = self._found.get(pane)
        return one if one is not None and one.row == row else None

    def set_found(self, pane: int, found: TruePosterior | None) -> None:
        """Set or remove the result of a pane."""
        if found is self._found.get(pane):
            return
        if found is None:
            del self._found[pane]
        else:
            self._found[pane] = found
        self.found_changed.emit(pane)
