"""What the curve under the strips is called."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_explorer.tools.interpolation.state import Strip
from latent_explorer.tools.interpolation.words import curve_unit, measures_text
from trainer.metrics.continuity import continuity


def strip(latent: int) -> Strip:
    codes = np.zeros((5, latent), np.float32)
    return Strip(
        asked=(), kind="lerp", codes=codes, pictures=np.zeros((5, 1, 1, 1), np.uint8), line=codes,
        stops=codes[:2], places=np.array([0, 4]),
    )  # fmt: skip


def test_data_here_says_of_what_and_in_which_direction():
    unit = curve_unit("density")
    assert "share of images in places as sparse, or sparser" in unit
    assert "0 (none)" in unit
    assert unit.count("{0}") == 1


def test_what_frames_alone_tell_is_a_lower_bound():
    frames = replace(continuity(np.linspace([0.0, 0.0], [1.0, 1.0], 5)), ratio=1.618)
    shown = replace(strip(2), measures=frames)
    assert "path ≥ 1.61 " in measures_text(shown)
    assert "path 1.62 " in measures_text(replace(shown, measures=replace(frames, whole=True)))
    # Frames that leave stops out may cut their corners; no path does.
    assert "path ≥ 1.00 " in measures_text(replace(shown, measures=replace(frames, ratio=0.87)))
    nothing = continuity(np.zeros((5, 2)))
    assert (
        measures_text(replace(shown, measures=nothing))
        == "path n/a × the direct change · largest step n/a × the mean"
    )
