"""What readings say together, and when states tell of a change."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.state.heat import HeatPicture, HeatState
from latent_explorer.state.meter import MeterReading, MeterState

CODE = np.zeros(3, np.float32)


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ({"typicality": 0.001}, "none"),
        ({"typicality": 0.03}, "sparse"),
        ({"typicality": 1.0}, "midst"),
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
    assert MeterReading(code=CODE[:2], typicality=1.0).verdict == "inside"


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
