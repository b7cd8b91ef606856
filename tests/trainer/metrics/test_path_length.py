"""Lengths of paths that are known, whatever their frames."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.metrics.continuity import Continuity, continuity
from trainer.metrics.path_length import Decode, whole_path


def measured(decode: Decode, line: np.ndarray, stops: np.ndarray, frames: int = 5, chunk: int = 16) -> Continuity:
    """Of a path whose frames are spaced evenly along a line of two points."""
    path = np.linspace(line[0], line[-1], frames)
    work = whole_path(decode, line, continuity(decode(path), decode(stops)), chunk)
    while True:
        try:
            assert next(work) is None
        except StopIteration as stop:
            return stop.value


def circle(codes: np.ndarray) -> np.ndarray:
    """An angle to a point of a circle among four pixels."""
    turn = codes[:, 0].astype(np.float64)
    return np.stack([0.5 + 0.5 * np.cos(turn), 0.5 + 0.5 * np.sin(turn), 0 * turn, 0 * turn], axis=1)


@pytest.mark.parametrize("frames", [5, 16, 64])
def test_a_half_circles_length_does_not_depend_on_its_frames(frames: int) -> None:
    ends = np.array([[0], [np.pi]], np.float32)
    whole = measured(circle, ends, ends, frames)
    assert whole.length == pytest.approx(0.5 * np.pi / 2, rel=3e-3)
    assert whole.ratio == pytest.approx(np.pi / 2, rel=3e-3)
    assert whole.whole
    # What concerns the frames stays theirs.
    assert len(whole.change) == frames - 1
    assert whole.change.sum() <= whole.length


def test_a_line_to_and_fro_between_two_frames_is_found() -> None:
    ends = np.array([[0], [10 * np.pi]], np.float32)
    bound = continuity(circle(np.linspace(*ends, 6)))
    assert bound.length < 1e-6
    assert np.isnan(measured(circle, ends, ends, 6).ratio)
    assert measured(circle, ends, ends, 6).length == pytest.approx(5 * np.pi / 2, rel=1e-2)


def test_a_linear_decoders_path_is_its_chord() -> None:
    weight = np.random.default_rng(0).normal(size=(3, 12))
    stops = np.random.default_rng(1).normal(size=(3, 3)).astype(np.float32)
    assert measured(lambda codes: codes @ weight, stops, stops).ratio == pytest.approx(1, abs=1e-5)


def test_pictures_that_are_not_finite_end_it() -> None:
    ends = np.array([[0], [1]], np.float32)
    frames = continuity(circle(np.linspace(*ends, 5)))
    work = whole_path(lambda codes: np.full((len(codes), 4), np.nan), ends, frames, 16)
    assert sum(1 for _ in work) < 20


def test_it_can_be_stopped_between_chunks() -> None:
    decoded: list[int] = []

    def decode(codes: np.ndarray) -> np.ndarray:
        decoded.append(len(codes))
        return circle(codes)

    ends = np.array([[0], [1]], np.float32)
    frames = continuity(circle(np.linspace(*ends, 5)))
    for place, _ in enumerate(whole_path(decode, ends, frames, 8), start=1):
        assert len(decoded) == place
    assert max(decoded) == 8
