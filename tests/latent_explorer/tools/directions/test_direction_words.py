"""What is reported of a direction's score."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from latent_explorer.core.pane import PaneCodes
from latent_explorer.tools.directions.state import PaneDirection, SavedDirection
from latent_explorer.tools.directions.words import score_text, score_tip
from trainer.latent.directions import Direction, DirectionScore

FLAT = np.zeros((1, 2), np.float32)
FOUND = PaneDirection(
    saved=SavedDirection(),
    codes=PaneCodes(np.arange(1), FLAT, FLAT),
    counts=(3000, 4000),
    direction=Direction(FLAT[0], FLAT[0] + 1, 3000, 4000),
    score=DirectionScore(
        auroc=0.97, random_median=0.63, random_high=0.86, random=200, images=7000, random_images=3000
    ),
)


def test_the_score_of_former_weights_says_their_step() -> None:
    assert score_text(FOUND) == "AUROC 0.970 · random directions: half above 0.630, 1 in 20 above 0.860"
    assert score_text(replace(FOUND, score_step=1200)).startswith("step 1,200 · AUROC 0.970")
    assert score_text(replace(FOUND, score=None)) == "AUROC …"


def test_how_many_images_are_scored_and_which_are_not_is_said() -> None:
    assert "7,000 images scored, 3,000 of them with random directions" in score_tip(FOUND)
    assert "both groups" not in score_tip(FOUND)
    assert "Images in both groups: 1,500." in score_tip(replace(FOUND, shared=1500))
    assert score_text(replace(FOUND, scorable=False, score=None)).startswith("AUROC n/a")
