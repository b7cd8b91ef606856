"""What holes are measured with, made in pieces as long as a picture's cost says."""

from __future__ import annotations

import numpy as np
import pytest

from latent_explorer.controllers import hole_gauges, piece_pace
from latent_explorer.controllers.heat_pace import MOST, HeatPace
from latent_explorer.controllers.hole_gauges import HoleGauges, density_reason
from latent_explorer.controllers.piece_pace import PiecePace
from latent_explorer.state.pane import PaneCodes
from tests.trainer.latent.drained import drained
from trainer.metrics.holes import CodeDensity


class Clock:
    """Time that passes only where a test says so: `cost` seconds a code."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cost: float) -> None:
        self.now, self.cost = 0.0, cost
        self.asked: list[int] = []
        monkeypatch.setattr(piece_pace.time, "perf_counter", lambda: self.now)

    def work(self, codes: np.ndarray) -> np.ndarray:
        self.asked.append(len(codes))
        self.now += self.cost * len(codes)
        return codes[:, 0]


def codes_of(count: int) -> PaneCodes:
    codes = np.random.default_rng(0).standard_normal((count, 2)).astype(np.float32)
    return PaneCodes(np.arange(count), codes, codes)


@pytest.mark.parametrize(("cost", "most"), [(0.066, 2), (1e-5, 256)])
@pytest.mark.parametrize(("kind", "images"), [("trips", 400), ("magnifications", 100)])
def test_own_measures_of_images_come_in_pieces_of_their_cost(monkeypatch, kind, images, cost, most):
    """A magnification of 256 x 256 colour pixels takes 66 ms: sixteen at once would take a second."""
    clock, codes = Clock(monkeypatch, cost), codes_of(1_000)
    monkeypatch.setattr(hole_gauges, "round_trip", lambda replica, part: clock.work(part))
    monkeypatch.setattr(hole_gauges, "log_magnification", lambda replica, part, axes: clock.work(part))
    gauges = HoleGauges()
    if kind == "trips":
        assert len(drained(gauges.trips(codes, None, quick=False))) == images
    else:
        drained(gauges.magnifications(codes, None, np.eye(2)))
    assert clock.asked[0] <= 4
    assert max(clock.asked) <= most
    assert sum(clock.asked) == images


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize(("size", "reason"), [(1, ""), (0, "same"), (1e30, "large"), (np.nan, "codes")])
def test_why_there_is_no_density(size, reason):
    assert density_reason(CodeDensity(codes_of(100).codes * np.float32(size))) == reason


def test_spread_is_measured_once_for_the_same_codes():
    gauges, codes = HoleGauges(), codes_of(100)
    first = drained(gauges.spread(codes))
    assert first == pytest.approx(float(np.sqrt(codes.codes.var(axis=0).sum())), rel=1e-5)
    with pytest.raises(StopIteration):
        next(gauges.spread(codes))  # known: no piece of work


def test_points_of_a_heat_map_keep_their_cost_from_view_to_view(monkeypatch):
    clock, kept = Clock(monkeypatch, 0.066), PiecePace(MOST)
    first = HeatPace(kept)
    evaluate = first.timed(clock.work)
    assert first.batch() <= 4
    evaluate(np.zeros((first.batch(), 2)))
    assert first.batch() == 1
    assert HeatPace(kept).batch() == 1
    assert not HeatPace(kept).soon(10)
