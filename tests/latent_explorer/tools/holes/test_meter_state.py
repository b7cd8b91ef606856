"""What readings say together, and when states tell of a change."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from latent_explorer.tools.holes.meter_state import MeterReading, MeterState
from trainer.metrics.conformal import UNLIKE, needed, p_values

CODE = np.zeros(3, np.float32)


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ({"here": 0.0005}, "none"),
        ({"here": 0.005}, "none"),
        ({"here": 0.0055}, "inside"),
        ({"here": 1.0}, "inside"),  # denser than at any image is no fault
        ({"here": 0.5, "real": 0.05}, "unlike"),
        ({"here": 0.5, "real": 0.06}, "inside"),
        ({"here": 0.5, "real": 0.4, "back": 0.005}, "elsewhere"),
        ({"here": 0.5, "real": 0.4, "back": 0.01}, "inside"),
        ({"here": 0.001, "real": 0.001, "back": 0.001}, "none"),
        ({"here": 0.5, "here_of": 198}, "untold"),
        ({"here": 0.005, "here_of": 199}, "none"),
        ({"here_reason": "same"}, "same"),
        ({}, "finite"),
    ],
)
def test_verdict(figures, verdict):
    assert MeterReading(**{"code": CODE, "here_of": 1_999, **figures}).verdict == verdict


def test_smallest_p_of_the_fewest_images_is_an_alarm():
    """Rounding of 1 / 200 and 5 / 100 is no excuse."""
    fewest = np.sort(np.random.default_rng(0).random(needed())).astype(np.float32)
    assert MeterReading(code=CODE, here=float(p_values(fewest, np.array([2.0]))[0]), here_of=199).verdict == "none"
    twenty = np.sort(np.random.default_rng(0).random(needed(UNLIKE))).astype(np.float32)
    assert MeterReading(code=CODE, real=float(p_values(twenty, np.array([2.0]))[0])).unlike


def test_a_picture_that_passes_says_something_only_with_power():
    strong = (("fade", 0.8), ("mean", 1.0))
    assert MeterReading(code=CODE, real=0.5, powers=strong).has_power
    assert not MeterReading(code=CODE, real=0.5, powers=(("fade", 0.79), ("mean", 1.0))).has_power
    assert not MeterReading(code=CODE, real=0.5).has_power


def test_states_tell_only_of_changes(qtbot):
    for state, value, tell, set_value in (
        (meter := MeterState(), MeterReading(code=CODE), meter.reading_changed, meter.set_reading),
        (heat := HeatState(), HeatPicture(kind="density"), heat.picture_changed, heat.set_picture),
    ):
        reported = []
        tell.connect(reported.append)
        set_value(1, None)
        set_value(1, value)
        set_value(1, value)
        set_value(1, None)
        assert reported == [1, 1]
        assert state is not None
