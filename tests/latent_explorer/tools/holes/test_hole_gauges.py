"""What holes are measured with, made in pieces as long as a picture's cost says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from latent_explorer.core import adaptive_chunks
from latent_explorer.core.adaptive_chunks import AdaptiveChunks
from latent_explorer.core.explorer import DataView
from latent_explorer.core.pane import PaneCodes
from latent_explorer.tools.holes import gauges as hole_gauges
from latent_explorer.tools.holes.gauges import HoleGauges, draws_reason
from latent_explorer.tools.holes.heat_schedule import MOST, HeatSchedule
from tests.trainer.latent.drained import drained
from trainer.config import DataConfig
from trainer.traits import Traits


class Clock:
    """Time that passes only where a test says so: `cost` seconds a code."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cost: float) -> None:
        self.now, self.cost = 0.0, cost
        self.asked: list[int] = []
        monkeypatch.setattr(adaptive_chunks.time, "perf_counter", lambda: self.now)

    def work(self, codes: np.ndarray) -> np.ndarray:
        self.asked.append(len(codes))
        self.now += self.cost * len(codes)
        return codes[:, 0]


def codes_of(count: int) -> PaneCodes:
    codes = np.random.default_rng(0).standard_normal((count, 2)).astype(np.float32)
    return PaneCodes(np.arange(count), codes, codes)


@pytest.mark.parametrize(("cost", "most"), [(0.066, 2), (1e-5, 256)])
@pytest.mark.parametrize(("kind", "images"), [("trips", 399), ("magnifications", 100)])
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


def test_where_there_is_a_posterior_its_spreads_are_needed():
    codes, spread = (
        codes_of(100),
        Traits(uses_beta=True, posterior="gaussian", prior="normal", stochastic=True, plain=True),
    )
    assert draws_reason(codes, spread) == "sigmas"
    assert draws_reason(replace(codes, sigmas=np.ones_like(codes.codes)), spread) == ""
    assert draws_reason(codes, replace(spread, posterior="none")) == ""


def test_trips_start_from_draws_of_the_posterior(monkeypatch):
    """As the places do that they are compared with."""
    started = []
    monkeypatch.setattr(hole_gauges, "round_trip", lambda _, part: started.append(part) or part[:, 0])
    codes = codes_of(1_000)
    collapsed = replace(codes, codes=np.zeros_like(codes.codes), sigmas=np.ones_like(codes.codes))
    assert len(drained(HoleGauges().trips(collapsed, None, quick=False))) == 399
    assert np.concatenate(started).std() == pytest.approx(1, abs=0.1)


def data_view(images: np.ndarray) -> DataView:
    return DataView(
        title="", config=DataConfig(name="digits"), count=len(images), train_count=1, shape=images.shape[1:],
        images=images,
    )  # fmt: skip


def test_one_thread_looks_at_the_images_and_others_wait():
    gauges, data = HoleGauges(), data_view(np.random.default_rng(0).integers(0, 256, (200, 1, 8, 8), np.uint8))
    first, second = gauges.pictures(data), gauges.pictures(data)
    next(first)
    assert gauges.known_pictures(data.images) is None
    assert gauges.pictures_reason(data.images) == "preparing"
    for _ in range(3):
        assert next(second) is None
    looks = drained(first)
    assert drained(second) is looks
    assert gauges.known_pictures(data.images) is looks


def test_looking_that_is_given_up_leaves_the_way_free():
    gauges, data = HoleGauges(), data_view(np.random.default_rng(0).integers(0, 256, (200, 1, 8, 8), np.uint8))
    given_up = gauges.pictures(data)
    next(given_up)
    given_up.close()
    assert drained(gauges.pictures(data)).count


def test_images_that_could_not_be_looked_at_are_not_said_to_be_on_their_way():
    gauges, images = HoleGauges(), np.zeros((200, 1, 8, 8), np.uint8)
    gauges.pictures_failed(images)
    assert gauges.pictures_reason(images) == "failed"
    gauges.forget_pictures(None)
    assert gauges.pictures_reason(images) == "preparing"


def test_points_of_a_heat_map_keep_their_cost_from_view_to_view(monkeypatch):
    clock, kept = Clock(monkeypatch, 0.066), AdaptiveChunks(MOST)
    first = HeatSchedule(kept)
    evaluate = first.timed(clock.work)
    assert first.batch() <= 4
    evaluate(np.zeros((first.batch(), 2)))
    assert first.batch() == 1
    assert HeatSchedule(kept).batch() == 1
    assert not HeatSchedule(kept).soon(10)
