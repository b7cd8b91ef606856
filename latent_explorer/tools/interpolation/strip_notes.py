"""Sentences on limitations of paths."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from trainer.latent.data_paths import PathSegment
from trainer.latent.geodesic import Refined

translate = QCoreApplication.translate

#: Minimum share of gaps in a path through the data that is mentioned.
_SLIGHT = 0.01


def gaps_on(ways: Sequence[PathSegment]) -> str:
    """The sentence on gaps without data on a path."""
    gaps = np.concatenate([way.steps[way.gaps] for way in ways])
    share = float(gaps.sum()) / max(sum(float(way.steps.sum()) for way in ways), np.finfo(np.float64).tiny)
    if share < _SLIGHT:
        return ""
    if len(gaps) == 1:
        said = translate("Interpolation", "Crosses a gap without images of length {0} ({1} of the way).")
    else:
        said = translate("Interpolation", "Crosses {2} gaps without images of length {0} ({1} of the way).")
    return said.format(f"{gaps.sum():.3g}", f"{share:.0%}", len(gaps))


def shortfall(refined: Refined) -> str:
    """The sentence on why a completed path is not exactly a geodesic."""
    if refined.flaw == "detour":
        return translate("Interpolation", "Not quite a geodesic: it is straight where bending made it longer.")
    if refined.flaw == "leaps":
        return translate(
            "Interpolation",
            "Not quite a geodesic: on the finest path the picture leaps from point to point.",
        )
    said = translate(
        "Interpolation", "Not quite a geodesic: refining it ended after {0} steps, before the path settled."
    )
    return said.format(refined.steps)
