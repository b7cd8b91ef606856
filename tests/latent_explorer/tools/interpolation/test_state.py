"""Stops, settings, frames and strips as they stand in state."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from latent_explorer.tools.interpolation.state import InterpolationState, Stop, Strip

A, B, C, D = (Stop(row=row) for row in range(4))


def strip(count: int) -> Strip:
    """Frames without pictures worth a look."""
    codes = np.zeros((count, 2), np.float32)
    pictures = np.zeros((count, 4, 4, 1), np.uint8)
    ends = np.array([0, count - 1])
    return Strip(
        asked=(A, B), kind="lerp", codes=codes, pictures=pictures, line=codes, stops=codes[:2], places=ends
    )


@pytest.fixture
def state(qtbot: QtBot) -> InterpolationState:
    return InterpolationState()


def test_a_path_begins_with_a_and_b(state: InterpolationState) -> None:
    assert state.chosen == ()
    state.set_stop(1, B)
    assert state.stops == (None, B)
    assert state.chosen == ()
    assert state.next_place == 0
    state.set_stop(0, A)
    assert state.chosen == (A, B)
    assert state.next_place == 2
    state.set_stop(2, C)
    assert state.chosen == (A, B, C)


def test_at_most_eight_stops(state: InterpolationState) -> None:
    state.set_stops([Stop(row=row) for row in range(12)])
    assert len(state.stops) == 8
    assert state.next_place == 7
    with pytest.raises(ValueError, match="no stop number"):
        state.set_stop(8, A)


def test_removing_stops(state: InterpolationState) -> None:
    state.set_stops((A, B, C))
    state.remove_stop(1)
    assert state.stops == (A, C)
    state.remove_stop(0)
    assert state.stops == (None, C)
    state.remove_stop(1)
    assert state.stops == ()
    state.remove_stop(3)


def test_equal_values_say_nothing(state: InterpolationState, qtbot: QtBot) -> None:
    state.set_stops((A, B))
    heard: list[str] = []
    state.stops_changed.connect(lambda: heard.append("stops"))
    state.settings_changed.connect(lambda: heard.append("settings"))
    state.playback_changed.connect(lambda: heard.append("playback"))
    state.set_stops([A, B])
    state.set_stop(0, A)
    state.set_kind("lerp")
    state.set_frames(state.frames)
    state.set_loop(True)
    state.set_playing(True)  # nothing to play
    assert heard == []


def test_settings_have_their_limits(state: InterpolationState) -> None:
    state.set_frames(1000)
    assert state.frames == 64
    state.set_frames(1)
    assert state.frames == 5
    for refuse, value in ((state.set_kind, "zigzag"), (state.set_curve, "fever")):
        with pytest.raises(ValueError, match="unknown"):
            refuse(value)
    with pytest.raises(ValueError, match="unknown speed"):
        state.set_speed(7)


def test_a_grid_needs_four_stops(state: InterpolationState) -> None:
    state.set_grid(True)
    state.set_stops((A, B, C))
    assert not state.as_grid
    state.set_stop(3, D)
    assert state.as_grid


def test_the_frame_keeps_its_share_of_the_way(state: InterpolationState) -> None:
    state.set_strip(0, strip(17))
    state.set_frame(8)
    state.set_strip(0, strip(33))
    assert state.frame == 16
    state.set_frame(99)
    assert state.frame == 32
    state.set_playing(True)
    assert state.playing
    state.set_strip(0, None, "Why there is none.")
    assert state.frame == 0
    assert not state.playing
    assert state.problems[0] == "Why there is none."


def test_strips_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        strip(5).codes[0] = 1
