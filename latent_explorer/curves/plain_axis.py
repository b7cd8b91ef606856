"""An axis of a plot with plainly formatted numbers. Imports pyqtgraph."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from latent_explorer.words.figures import MINUS


class PlainAxis(pg.AxisItem):
    """Full numbers with thousands separators and a real minus sign; never "k" or a factor beside the axis."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        digits = max(0, int(np.ceil(-np.log10(spacing * scale) - 1e-9))) if spacing > 0 else 0
        return [f"{value * scale:,.{digits}f}".replace("-", MINUS) for value in values]
