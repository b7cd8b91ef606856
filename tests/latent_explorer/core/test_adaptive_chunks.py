"""Pieces of work as long as their cost says."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.core import adaptive_chunks
from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.tools.samples.work import decoded
from trainer.config import ModelConfig


class Clock:
    """Time that passes only where a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(adaptive_chunks.time, "perf_counter", lambda: self.now)


@pytest.mark.parametrize(("cost", "most"), [(1.0, 2), (0.016, 2), (0.003, 5), (1e-6, 256)])
def test_pieces_are_as_long_as_their_cost_says(monkeypatch: pytest.MonkeyPatch, cost: float, most: int) -> None:
    clock, pace, seen = Clock(monkeypatch), AdaptiveChunks(), []
    for part in pace.parts(1000):
        with pace.measured(part):
            clock.now += cost * (part.stop - part.start)
        seen.append(part)
    assert seen[0] == slice(0, 2)
    assert [part.start for part in seen[1:]] == [part.stop for part in seen[:-1]]
    assert seen[-1].stop == 1000
    assert max(part.stop - part.start for part in seen) == most
    assert all(cost * (part.stop - part.start) < 0.016 for part in seen[1:] if part.stop - part.start > 1)


def test_time_between_pieces_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, pace, seen = Clock(monkeypatch), AdaptiveChunks(), []
    for part in pace.parts(300):
        with pace.measured(part):
            clock.now += 1e-6
        clock.now += 10
        seen.append(part.stop - part.start)
    assert seen == [2, 256, 42]


def test_samples_of_a_dear_decoder_are_decoded_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, asked = Clock(monkeypatch), []

    class Dear:
        config = ModelConfig(shape=(3, 32, 32))

        def decode(self, codes: np.ndarray) -> np.ndarray:
            asked.append(len(codes))
            clock.now += 0.1 * len(codes)
            return np.full((len(codes), 32, 32, 3), len(asked), np.uint8)

    steps = decoded(Dear(), np.zeros((6, 2), np.float32))
    assert len(list(steps)) == 5
    assert asked == [2, 1, 1, 1, 1]
