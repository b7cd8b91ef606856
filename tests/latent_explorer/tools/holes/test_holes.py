"""Holes in the whole program: meters under real drags, heat maps by real keys, on good models and broken ones."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from latent_explorer.core.pane import PaneCodes, PaneState
from latent_explorer.tools.holes.heat_state import HeatPicture, HeatState
from latent_explorer.tools.holes.meter_state import MeterReading, MeterState
from latent_explorer.tools.holes.overlay import HeatOverlay
from latent_explorer.tools.holes.words import verdict_text
from tests.latent_explorer import standing
from tests.latent_explorer.program import Program, running
from tests.latent_explorer.wheel import turn_wheel
from tests.trainer.latent.drained import drained
from trainer.config import DataConfig
from trainer.latent.aggregated import aggregated
from trainer.latent.geometry import magnification
from trainer.metrics.conformal import ALARM, p_values
from trainer.metrics.holes import CodeDensity
from trainer.metrics.looks_real import LooksReal
from trainer.metrics.round_trip import round_trip

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

DIGITS = DataConfig(name="digits")


@pytest.fixture
def program(qtbot, tmp_path):
    with running(qtbot, tmp_path) as started:
        started.wait(lambda: started.left.codes is not None and started.left.view is not None)
        yield started


def reading(program: Program, pane: PaneState) -> MeterReading:
    """The meter of what is under the cursor now."""
    meter = program.application.tools[MeterState]

    def there() -> bool:
        found = meter.reading(pane.index)
        return found is not None and np.array_equal(found.code, pane.code)

    program.wait(there)
    return meter.reading(pane.index)


def heat(program: Program, key: Qt.Key) -> None:
    QTest.keyClick(program.window, key, BOTH)


def finished(program: Program, pane: PaneState) -> HeatPicture:
    state, overlays = program.application.tools[HeatState], program.application.tools.overlays

    def there() -> bool:
        found = state.picture(pane.index)
        return (
            found is not None and found.finished and found.kind == overlays.chosen("heat") and covers(found, pane)
        )

    program.wait(there)
    return state.picture(pane.index)


def covers(picture: HeatPicture, pane: PaneState) -> bool:
    """Whether the whole view is painted, or nothing can be."""
    left, bottom, right, top = pane.view.rect
    at = picture.rect
    return bool(picture.reason) or (at[0] <= left and at[1] <= bottom and at[2] >= right and at[3] >= top)


def places(picture: HeatPicture) -> np.ndarray:
    """Plane positions of all values, float64 (rows * columns, 2)."""
    rows, columns = picture.values.shape
    left, bottom, right, top = picture.rect
    across = left + (right - left) * (np.arange(columns) + 0.5) / columns
    up = bottom + (top - bottom) * (np.arange(rows) + 0.5) / rows
    return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)


def show(program: Program, pane: PaneState, codes: np.ndarray) -> None:
    """Put other codes, encoded with the same weights, on a map."""
    assert pane.codes is not None
    assert pane.plane is not None
    points = pane.plane.project(codes)
    made = PaneCodes(pane.codes.rows[: len(codes)], codes, points, pane.codes.number, pane.codes.snapshot)
    pane.set_codes(made, pane.plane)


def test_a_hole_of_the_autoencoder_is_told(program):
    """The bundled pair: a far corner of the AE's map has no data; an image's own place has."""
    program.explorer.set_link("off")
    program.drag(0, (0.9, 0.9), (0.97, 0.97))
    found = reading(program, program.left)
    assert found.verdict == "none"
    assert found.trip > found.spread / 2
    assert found.back <= ALARM
    view = program.window.panes[0].column.meter
    assert view.sentence() == "No data here (0.5 % or less): this picture is an extrapolation."
    program.left.want_code(program.left.codes.codes[123])
    inside = reading(program, program.left)
    assert inside.here > found.here
    assert inside.trip < found.trip
    assert inside.real_reason == "images"
    assert inside.prior is None


def test_the_other_pane_follows_with_its_own_meter(program):
    program.drag(0, (0.5, 0.5), (0.6, 0.4))
    left, right = reading(program, program.left), reading(program, program.right)
    assert right.prior.nearer + right.prior.farther == pytest.approx(1)
    assert left.images == right.images == 10_000
    assert left.here_of == right.here_of == 1_999
    assert (left.drawn, right.drawn) == (False, True)
    assert program.window.panes[1].column.meter.isVisible()
    density = CodeDensity(program.left.codes.codes)
    assert left.here == pytest.approx(float(density.p(left.code[None])[0]), abs=1e-6)
    drawn = CodeDensity(program.right.codes.codes, program.right.codes.sigmas)
    assert right.here == pytest.approx(float(drawn.p(right.code[None])[0]), abs=1e-6)


def test_draws_of_the_vaes_posterior_are_not_called_holes(program):
    """Of the bundled VAE: fresh draws of q(z|x) of 2,000 images."""
    codes, rng = program.right.codes, np.random.default_rng(5)
    rows = rng.choice(len(codes.codes), 2_000, replace=False)
    fresh = codes.codes[rows] + codes.sigmas[rows] * rng.standard_normal((2_000, 2)).astype(np.float32)
    density = CodeDensity(codes.codes, codes.sigmas)
    assert (density.p(fresh) <= ALARM).mean() == pytest.approx(
        ALARM, abs=4 * np.sqrt(ALARM / 2_000 + ALARM / 2_001)
    )


def test_heat_maps_hold_the_measures(program):
    heat(program, Qt.Key.Key_1)
    for pane in (program.left, program.right):
        picture = finished(program, pane)
        density = CodeDensity(pane.codes.codes, pane.codes.sigmas)
        expected = density.p(places(picture).astype(np.float32))
        assert 10 ** picture.values.ravel() == pytest.approx(expected, abs=2e-3)
        assert (picture.low, picture.high) == (pytest.approx(np.log10(1 / 2_000)), 0)
        assert picture.held_back == 1_999
        assert 2.5 < pane.view.scale * (picture.rect[2] - picture.rect[0]) / picture.values.shape[1] < 6
    program.application.tools.overlays.choose("heat", "trip")
    picture = finished(program, program.left)
    replica = program.application.exploration.replica(0)
    some = np.arange(0, picture.values.size, 997)
    own = np.sort(round_trip(replica, drained(aggregated(program.left.codes.codes, None, 399, seed=1))))
    expected = p_values(own, round_trip(replica, places(picture)[some].astype(np.float32)))
    assert 10 ** picture.values.ravel()[some] == pytest.approx(expected, abs=0.02)
    heat(program, Qt.Key.Key_4)
    picture = finished(program, program.left)
    expected = magnification(replica, places(picture)[some].astype(np.float32), np.eye(2, dtype=np.float32))
    assert 10 ** picture.values.ravel()[some] == pytest.approx(expected, rel=1e-2)


def test_range_stays_while_the_view_moves(program):
    heat(program, Qt.Key.Key_3)
    before = finished(program, program.left)
    shown = program.maps[0]
    middle = QPointF(shown.width() / 2, shown.height() / 2)
    for _ in range(4):
        turn_wheel(shown, middle, -120)
    assert program.application.tools[HeatState].picture(0) is before  # kept, transformed, until the next is there
    after = finished(program, program.left)
    assert after is not before
    assert (after.low, after.high) == (before.low, before.high)


def test_off_again_leaves_nothing(program):
    heat(program, Qt.Key.Key_1)
    finished(program, program.left)
    assert program.maps[0].stack.has_under
    heat(program, Qt.Key.Key_0)
    assert program.application.tools[HeatState].picture(0) is None
    assert not program.maps[0].stack.has_under


def test_without_images_pictures_cannot_be_compared(program):
    heat(program, Qt.Key.Key_2)
    assert finished(program, program.left).reason == "images"
    overlay = next(one for one in program.maps[0].stack.overlays if isinstance(one, HeatOverlay))
    assert "Needs the data set's images" in overlay.caption(program.left.view).text


def looked_at(program: Program) -> MeterReading:
    """The left meter, once the data set's images have been looked at."""
    meter = program.application.tools[MeterState]
    program.wait(lambda: (found := meter.reading(0)) is not None and np.isfinite(found.real))
    return meter.reading(0)


def test_with_images_they_can(program):
    standing.narrow(program)
    standing.load(program, DIGITS)
    standing.train(program)
    found = looked_at(program)
    assert found.has_power
    assert dict(found.powers)["fade"] >= 0.8
    # Hardly trained, it decodes to something grey.
    assert found.unlike
    heat(program, Qt.Key.Key_2)
    picture = finished(program, program.left)
    assert not picture.reason
    assert np.isfinite(picture.values).all()
    assert picture.powers == found.powers
    assert 10 ** picture.values.max() <= 0.05


def test_images_are_looked_at_once_and_never_by_the_window(program, monkeypatch):
    """Training refreshes the maps; what depends on the data set alone stays, and the rest is made in workers."""
    looked, measured = [], []
    whole, density = LooksReal._prepare, CodeDensity._measure

    def noted(self, *given):
        looked.append(threading.current_thread())
        yield from whole(self, *given)

    def noted_density(self):
        measured.append(threading.current_thread())
        yield from density(self)

    monkeypatch.setattr(LooksReal, "_prepare", noted)
    monkeypatch.setattr(CodeDensity, "_measure", noted_density)
    standing.narrow(program)
    standing.load(program, DIGITS)
    standing.train(program)
    before = looked_at(program)
    standing.train(program)
    program.wait(lambda: program.application.tools[MeterState].reading(0).number > before.number)
    looked_at(program)
    heat(program, Qt.Key.Key_2)
    finished(program, program.left)
    assert [thread.name for thread in looked] == ["looks-real"]
    assert len(measured) >= 4  # two panes, two refreshes
    assert threading.main_thread() not in measured


def test_images_that_cannot_be_looked_at_are_told_once(program, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("latent_explorer.tools.holes.gauges.feature_net_for", broken)
    standing.narrow(program)
    standing.load(program, DIGITS)
    standing.train(program)
    meter = program.application.tools[MeterState]
    program.wait(lambda: (found := meter.reading(0)) is not None and found.real_reason == "failed")
    assert len([said for said in program.said if said.level == "error"]) == 1


def test_without_spreads_it_is_not_known_where_the_decoder_was_trained(program):
    """As in a checkpoint of a VAE that was saved without σ."""
    program.right.set_codes(replace(program.right.codes, sigmas=None), program.right.plane)
    program.right.drag_cursor(0.3, 0.3)
    assert "without σ" in verdict_text(reading(program, program.right))
    for key in (Qt.Key.Key_1, Qt.Key.Key_3):
        heat(program, key)
        assert finished(program, program.right).reason == "sigmas"
        assert not finished(program, program.left).reason


def test_collapsed_codes_are_told(program):
    show(program, program.left, np.full((500, 2), 0.25, np.float32))
    program.left.drag_cursor(0.3, 0.3)
    assert reading(program, program.left).verdict == "same"
    heat(program, Qt.Key.Key_1)
    assert finished(program, program.left).reason == "same"
    heat(program, Qt.Key.Key_3)
    assert not finished(program, program.left).reason


def test_codes_that_are_not_finite_are_told(program):
    show(program, program.left, np.full((500, 2), np.nan, np.float32))
    program.left.drag_cursor(0.3, 0.3)
    assert "finite codes" in verdict_text(reading(program, program.left))
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4):
        heat(program, key)
        assert finished(program, program.left)
    assert not [said for said in program.said if said.level == "error"]


def test_weights_that_are_not_finite_are_told(program):
    snapshot = program.left.codes.snapshot
    weights = {name: np.full_like(array, np.nan) for name, array in snapshot.weights.items()}
    codes = replace(program.left.codes, snapshot=replace(snapshot, weights=MappingProxyType(weights)))
    program.left.set_codes(codes, program.left.plane)
    program.left.drag_cursor(0.3, 0.3)
    found = reading(program, program.left)
    assert found.trip_reason == "finite"
    assert np.isfinite(found.here)
    heat(program, Qt.Key.Key_4)
    assert finished(program, program.left).reason == "geometry"


def test_a_failure_is_told_and_nothing_is_said_to_be_on_its_way(program, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("latent_explorer.tools.holes.heat.heat_field", broken)
    heat(program, Qt.Key.Key_1)
    assert finished(program, program.left).reason == "failed"
    overlay = next(one for one in program.maps[0].stack.overlays if isinstance(one, HeatOverlay))
    assert overlay.caption(program.left.view).text == "Data here: n/a. It could not be computed."
    assert [said.sentence for said in program.said if said.level == "error"]


@pytest.mark.parametrize("latent", [1, 20, 512])
def test_any_number_of_dimensions(program, latent):
    standing.narrow(program)
    models = tuple(model.replace(latent=latent) for model in program.training.draft_models)
    program.training.set_draft(models=models)
    standing.load(program, DIGITS)
    standing.train(program)
    assert program.left.plane.latent == latent
    found = reading(program, program.left)
    assert found.verdict
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        heat(program, key)
        for pane in (program.left, program.right):
            assert not finished(program, pane).reason
    if latent == 20:
        program.application.tools.overlays.choose("heat", "density")
        picture = finished(program, program.left)
        before = picture.values.copy()
        hidden = program.application.exploration.hidden(0)
        codes = program.left.plane.lift(places(picture)[::501], hidden)
        expected = CodeDensity(program.left.codes.codes).p(codes)
        assert picture.high == 0
        assert 10 ** picture.values.ravel()[::501] == pytest.approx(expected, abs=0.02)
        program.left.set_slice_offset(np.full(20, 2, np.float32))
        program.wait(lambda: not np.array_equal(finished(program, program.left).values, before))


def test_while_training_pictures_follow_and_nothing_is_said(program):
    heat(program, Qt.Key.Key_3)
    program.click("train-button")
    program.wait(lambda: program.training.step > 20)
    before = program.application.tools[HeatState].picture(0)
    program.wait(lambda: program.application.tools[HeatState].picture(0) not in (None, before))
    reading_before = program.application.tools[MeterState].reading(0)
    program.wait(lambda: program.application.tools[MeterState].reading(0) is not reading_before)
    program.click("train-button")
    program.wait(lambda: program.training.run_state == "paused")
    assert finished(program, program.left).values.size
    assert not [said for said in program.said if said.level == "error"]
