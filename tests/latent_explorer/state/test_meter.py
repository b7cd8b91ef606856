"""What readings say together, and when states tell of a change."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.state.heat import HeatPicture, HeatState
from latent_explorer.state.meter import MeterReading, MeterState
from trainer.metrics.holes import CodeDensity

CODE = np.zeros(3, np.float32)


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ({"typicality": 0.001}, "none"),
        ({"typicality": 0.03}, "sparse"),
        ({"typicality": 1.0}, "midst"),
        ({"typicality": 0.996}, "midst"),
        ({"typicality": 0.97}, "deep"),
        ({"typicality": 0.94}, "inside"),
        ({"typicality": 0.5}, "inside"),
        ({"typicality": 0.5, "farther": 0.001}, "unlike"),
        ({"typicality": 0.5, "farther": 0.4, "longer": 0.0}, "elsewhere"),
        ({"typicality": 0.5, "farther": 0.4, "longer": 0.3}, "inside"),
        ({"typicality": 0.001, "farther": 0.0, "longer": 0.0}, "none"),
        ({"density_reason": "same"}, "same"),
        ({}, "finite"),
    ],
)
def test_verdict(figures, verdict):
    assert MeterReading(code=CODE, **figures).verdict == verdict


def test_two_dimensions_have_no_midst():
    """A plane's densest places are where images are."""
    for typicality in (0.97, 1.0):
        dense = MeterReading(code=CODE[:2], typicality=typicality)
        assert dense.verdict == "inside"
        assert dense.share == typicality


@pytest.mark.parametrize(("typicality", "share"), [(0.0, 0.0), (0.1, 0.2), (0.5, 1.0), (0.99, 0.02), (1.0, 0.0)])
def test_share_counts_both_ends(typicality, share):
    assert MeterReading(code=CODE, typicality=typicality).share == pytest.approx(share)


@pytest.mark.parametrize("references", [500, 2_000])
def test_prior_among_wide_codes_is_told_alike_whatever_the_subset(references):
    """N(0, I) among codes ten times as wide, in 10 dimensions: nearer to them than they are to each other."""
    drawn = np.random.default_rng(9).standard_normal((100, 10)).astype(np.float32)
    for seed in range(8):
        codes = (10 * np.random.default_rng(seed).standard_normal((4_000, 10))).astype(np.float32)
        found = CodeDensity(codes, references=references, seed=seed).typicality(drawn)
        told = [
            MeterReading(code=code, typicality=float(one)).verdict for code, one in zip(drawn, found, strict=True)
        ]
        assert sum(one in ("midst", "deep") for one in told) > 95


def test_states_tell_only_of_changes(qtbot):
    for state, value, tell, set_value in (
        (meter := MeterState(), MeterReading(code=CODE), meter.reading_changed, meter.set_reading),
        (heat := HeatState(), HeatPicture(kind="density"), heat.picture_changed, heat.set_picture),
    ):
        told = []
        tell.connect(told.append)
        set_value(1, None)
        set_value(1, value)
        set_value(1, value)
        set_value(1, None)
        assert told == [1, 1]
        assert state is not None
