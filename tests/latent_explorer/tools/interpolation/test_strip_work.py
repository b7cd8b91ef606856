"""Strips made without a window: what the user asked for, what is measured, what is reported of bad input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import latent_explorer
from latent_explorer.core.explorer import DataView
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.core.replica_cache import ReplicaCache
from latent_explorer.diagnostics import read_weights
from latent_explorer.tools.interpolation import work as strip_work
from latent_explorer.tools.interpolation.state import KINDS, Stop, Strip
from latent_explorer.tools.interpolation.strip_settings import NoStrip, StripSettings
from latent_explorer.tools.interpolation.work import StripWork
from tests.latent_explorer.build import AE
from tests.latent_explorer.pictures import same_pictures
from trainer.config import DataConfig, ModelConfig
from trainer.latent import fine_geodesic as fine_geodesic_module
from trainer.latent import plane as planes
from trainer.latent.fine_geodesic import fine_geodesic
from trainer.metrics.continuity import continuity
from trainer.metrics.holes import CodeDensity
from trainer.metrics.path_length import Decode, whole_path
from trainer.networks.description import plain_network
from trainer.replica.choice import make_replica
from trainer.reports import Snapshot

COUNT = 300
#: What a strip is made from: pane, looks, settings.
Wanted = tuple[int, tuple[Look | None, ...], StripSettings]
BUNDLED = Path(latent_explorer.__file__).parents[1] / "resources" / "pretrained" / "mnist"


def look(latent: int = 2, seed: int = 0, codes: np.ndarray | None = None, scale: float = 0.5) -> Look:
    """A pane with a small decoder and random codes."""
    rng = np.random.default_rng(seed)
    config = ModelConfig(family="autoencoder", widths=(16,), latent=latent, shape=(1, 8, 8))
    shapes = plain_network(config, posterior=False).shapes
    weights = {name: rng.normal(scale=scale, size=shape).astype(np.float32) for name, shape in shapes.items()}
    snapshot = Snapshot(number=1, step=1, config=config, weights=weights)
    if codes is None:
        codes = rng.normal(size=(COUNT, latent)).astype(np.float32)
    plane = planes.raw(latent) if latent <= 2 else planes.pca(codes)
    held = PaneCodes(np.arange(len(codes)), codes, plane.project(codes), 1, snapshot)
    return Look(
        index=0,
        model=PaneModel(config, AE, 1),
        codes=held,
        plane=plane,
        hidden=np.zeros(latent, np.float32),
    )


def order(*looks: Look | None, pane: int = 0, images: np.ndarray | None = None, **changes: object) -> Wanted:
    """From row 3 to row 7, straight."""
    settings = StripSettings(
        stops=(Stop(row=3), Stop(row=7)),
        kind="lerp",
        frames=16,
        grid=False,
        link="image",
        density=False,
        rests=False,
    )
    if images is not None:
        count, *shape = images.shape
        data = DataView(
            title="", config=DataConfig(), count=count, train_count=count, shape=tuple(shape), images=images
        )
        looks = tuple(replace(look, data=data) for look in looks if look is not None)
    return pane, looks, settings._replace(**changes)


def work() -> StripWork:
    return StripWork(ReplicaCache(lambda config, traits: make_replica(config)))


def made(wanted: Wanted, maker: StripWork | None = None) -> list[Strip]:
    """All strips that are made."""
    results = [result for result in (maker or work()).make(*wanted) if isinstance(result, Strip)]
    assert results
    return results


def refused(wanted: Wanted) -> str:
    """The sentence there is instead of a strip."""
    results = [result for result in work().make(*wanted) if result is not None]
    assert len(results) == 1
    assert isinstance(results[0], NoStrip)
    assert results[0].sentence.endswith(".")
    return results[0].sentence


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("latent", [1, 2, 20])
def test_every_kind_goes_from_stop_to_stop(kind: str, latent: int) -> None:
    here = look(latent)
    stops = tuple(Stop(row=row) for row in (3, 7, 11))
    strips = made(order(here, kind=kind, stops=stops))
    last = strips[-1]
    assert last.done
    assert [strip.kind for strip in strips] == [kind] * len(strips)
    assert len(last.codes) == 16
    assert np.array_equal(last.codes[[0, -1]], here.codes.codes[[3, 11]])
    assert np.array_equal(last.stops, here.codes.codes[[3, 7, 11]])
    if kind != "constant":
        assert np.array_equal(last.codes[last.places], last.stops)
    replica = make_replica(here.codes.snapshot.config)
    replica.load(here.codes.snapshot)
    assert same_pictures(last.pictures, replica.decode(last.codes))
    exact = continuity(replica.decode_float(last.codes), replica.decode_float(last.stops))
    assert last.measures.ratio == pytest.approx(exact.ratio)
    assert last.measures.largest == pytest.approx(exact.largest)


def test_constant_speed_is_even_and_a_geodesic_is_shorter() -> None:
    here = look(2, scale=1.5)
    straight, even = (made(order(here, kind=kind, frames=32))[-1] for kind in ("lerp", "constant"))
    assert straight.measures.largest > 1.3
    assert even.measures.largest < 1.05
    bent = made(order(here, kind="geodesic", frames=32))
    assert bent[-1].measures.length < straight.measures.length
    assert bent[-1].measures.largest < 0.7 * straight.measures.largest
    assert not bent[0].done


def test_the_next_geodesic_starts_from_the_last() -> None:
    here, maker = look(2, scale=1.5), work()
    first = made(order(here, kind="geodesic"), maker)
    again = made(order(here, kind="geodesic"), maker)
    assert len(first) > 1
    assert again[0].measures.length == pytest.approx(first[-1].measures.length, rel=0.01)


def bundled(family: str) -> Look:
    """A pane with the bundled decoder of a family, 2-D, and random codes."""
    held = look()
    snapshot = next(found for found in read_weights(BUNDLED) if found.config.family == family)
    return replace(held, codes=replace(held.codes, snapshot=snapshot))


def test_constant_speed_is_constant_on_the_bundled_decoders() -> None:
    for family, stops in (
        ("autoencoder", [[0.75, -0.79], [3.84, 0.63]]),
        ("variational", [[-0.64, 0.43], [1.56, 1.14]]),
        ("variational", [[-0.84, -1.52], [-0.75, 0.05]]),
    ):
        places = tuple(Stop(code=np.array(stop, np.float32)) for stop in stops)
        last = made(order(bundled(family), kind="constant", stops=places))[-1]
        assert last.measures.largest < 1.05


def test_a_geodesic_is_the_same_for_any_number_of_frames_and_does_not_leap() -> None:
    here = bundled("autoencoder")
    stops = (Stop(code=np.array([-3.21, 2.17], np.float32)), Stop(code=np.array([7.82, 5.68], np.float32)))
    few, many = (made(order(here, kind="geodesic", stops=stops, frames=frames)) for frames in (16, 40))
    assert np.array_equal(few[0].codes, made(order(here, stops=stops))[0].codes)  # straight, at once
    assert np.array_equal(few[-1].line, many[-1].line)
    for strips in (few, many):
        assert not strips[0].done
        assert strips[-1].done
        assert strips[-1].note == ""
        assert strips[-1].measures.largest < 1.3


def test_a_geodesic_that_did_not_settle_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strip_work, "fine_geodesic", partial(fine_geodesic, most_steps=2))
    strip = made(order(look(2, scale=1.5), kind="geodesic"))[-1]
    assert strip.done
    assert "before the path settled" in strip.note


@pytest.mark.parametrize(
    ("stops", "said"),
    [([[-0.5, 12], [0.4, -7]], "straight where bending"), ([[-3.21, 2.17], [7.82, 5.68]], "leaps")],
)
def test_a_geodesic_that_settled_in_a_detour_or_a_leap_is_said(
    stops: list[list[float]], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fine_geodesic_module, "_FINER", ())
    places = tuple(Stop(code=np.array(stop, np.float32)) for stop in stops)
    strip = made(order(bundled("autoencoder"), kind="geodesic", stops=places))[-1]
    assert strip.done
    assert strip.note.startswith("Not quite a geodesic")
    assert said in strip.note


def test_gaps_on_the_way_through_the_data_are_said() -> None:
    rng = np.random.default_rng(0)
    codes = rng.normal(scale=0.3, size=(COUNT, 2)).astype(np.float32)
    codes[COUNT // 2 :, 0] += 20
    here = look(codes=codes)
    across = made(order(here, kind="data", stops=(Stop(row=3), Stop(row=COUNT - 3))))[-1]
    assert across.note.startswith("Crosses a gap without images of length 18")
    assert "% of the way" in across.note
    assert made(order(here, kind="data"))[-1].note == ""


def test_large_pictures_are_decoded_in_small_pieces() -> None:
    pieces = {}
    for side in (28, 64, 256):
        config = ModelConfig(family="autoencoder", widths=(16,), latent=2, shape=(3, side, side))
        replica = make_replica(config)
        decoded: list[int] = []

        def decode_float(codes: np.ndarray, shape: tuple = config.shape, seen: list = decoded) -> np.ndarray:
            seen.append(len(codes))
            return np.zeros((len(codes), *shape), np.float32)

        replica.decode_float = decode_float
        for _ in strip_work._decode(replica, np.zeros((64, 2), np.float32)):
            pass
        assert sum(decoded) == 64
        pieces[side] = max(decoded)
    assert pieces == {28: 64, 64: 16, 256: 1}


def test_a_path_through_the_data_shows_a_straight_one_until_the_graph_is_there() -> None:
    here, maker = look(), work()

    def done(seen: Look, *stops: Stop) -> list[bool]:
        return [strip.done for strip in made(order(seen, kind="data", stops=stops), maker)]

    first, second, third = Stop(row=3), Stop(row=7), Stop(row=9)
    assert done(here, first, second) == [False, True]
    assert done(here, first, third) == [True]
    # A path of the same stops is on show, made with former weights of this model, and stays until then.
    newer = replace(here, codes=replace(here.codes))
    assert done(newer, first, third) == [True]
    newest = replace(here, codes=replace(here.codes))
    assert done(newest, first, second) == [False, True]
    other = replace(here, codes=replace(here.codes), model=replace(here.model, generation=2))
    assert done(other, first, second) == [False, True]


def test_density_comes_with_the_strip_or_later() -> None:
    here, maker = look(), work()
    first, second, third = made(order(here, rests=True), maker)
    assert first.density is None
    assert second.density.shape == (16,)
    assert np.array_equal(first.codes, second.codes)
    assert third.density is second.density
    (once,) = made(order(here, density=True), maker)
    assert once.density == pytest.approx(second.density, abs=1e-3)


def test_a_path_is_measured_between_its_frames_when_it_rests() -> None:
    """A straight path is as long in few frames, in many, and at constant picture speed."""
    here = look(scale=2.0)
    reported = {}
    for kind, frames in (("lerp", 5), ("lerp", 64), ("constant", 5), ("constant", 64)):
        strips = made(order(here, kind=kind, frames=frames, rests=True))
        assert not any(strip.measures.whole for strip in strips[:-1])
        assert strips[-1].measures.whole
        assert strips[-1].measures.ratio >= strips[-2].measures.ratio - 1e-6
        assert np.array_equal(strips[-1].measures.change, strips[-2].measures.change)
        reported[kind, frames] = strips[-1].measures.ratio
    assert np.ptp(list(reported.values())) < 1e-6
    assert reported["lerp", 5] > 1.05 * made(order(here, frames=5))[-1].measures.ratio
    # Without rest, as while training, there is the frames' lower bound alone.
    assert not made(order(here))[-1].measures.whole


@pytest.mark.parametrize("kind", KINDS)
def test_the_path_that_is_measured_is_that_of_the_frames(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the coarser line that is drawn on the map."""
    measured: list[np.ndarray] = []

    def keeping(decode: Decode, line: np.ndarray, *more: Any) -> Iterator[None]:
        measured.append(line)
        return whole_path(decode, line, *more)

    monkeypatch.setattr(strip_work, "whole_path", keeping)
    places = [[-3.21, 2.17], [7.82, 5.68], [3.2, -2.2]]
    stops = tuple(Stop(code=np.array(place, np.float32)) for place in places)
    strip = made(order(bundled("autoencoder"), kind=kind, stops=stops, frames=64, rests=True))[-1]
    starts, ways = measured[0][:-1].astype(np.float64), np.diff(measured[0], axis=0).astype(np.float64)
    for code in strip.codes:
        # To the nearest point of every piece of the line.
        share = np.clip(np.sum((code - starts) * ways, axis=1) / np.sum(ways**2, axis=1), 0, 1)
        assert np.linalg.norm(starts + share[:, None] * ways - code, axis=1).min() < 1e-3


def test_frames_are_a_lower_bound_where_they_leave_stops_out() -> None:
    """Frames at constant picture speed do not fall on the stops; the chord is that of the stops all the same."""
    stops = tuple(Stop(row=row) for row in (3, 7, 11))
    *strips, whole = made(order(look(2, scale=2.0), kind="constant", stops=stops, frames=6, rests=True))
    assert not np.array_equal(strips[-1].codes[strips[-1].places], strips[-1].stops)
    assert whole.measures.whole
    for strip in strips:
        assert strip.measures.chord == pytest.approx(whole.measures.chord, rel=1e-5)
        assert strip.measures.ratio <= whole.measures.ratio


def test_the_density_does_not_wait_for_rest_nor_bring_it() -> None:
    """As with its curve on show while training."""
    first, last = made(order(look(), density=True))
    assert first.density is None
    assert last.density is not None
    assert not last.measures.whole


def test_data_here_is_one_sided_in_any_number_of_dimensions() -> None:
    """The straight path between codes on a shell passes through its midst, nearer to codes than they are."""
    codes = np.random.default_rng(0).normal(size=(3_000, 64)).astype(np.float32)
    strip = made(order(look(64, codes=codes), density=True))[-1]
    assert strip.density[7:9].min() > 0.9
    assert strip.density == pytest.approx(CodeDensity(codes).p(strip.codes), abs=1e-3)


def test_a_grid_between_four_images() -> None:
    here = look()
    stops = tuple(Stop(row=row) for row in (3, 7, 11, 13))
    (strip,) = made(order(here, stops=stops, grid=True, frames=30))
    assert strip.columns == 5
    assert strip.pictures.shape == (25, 8, 8, 1)
    assert strip.measures is None
    assert np.array_equal(strip.codes[strip.places], here.codes.codes[[3, 7, 11, 13]])


def test_places_follow_the_link() -> None:
    left, right = look(2, 0), look(2, 1)
    place = left.codes.codes[42] + np.float32(1e-4)
    stops = (Stop(row=3), Stop(pane=0, code=place))
    own = made(order(left, right, stops=stops))[0]
    assert np.array_equal(own.stops[1], place)
    by_image = made(order(left, right, stops=stops, pane=1))[0]
    assert np.array_equal(by_image.stops[1], right.codes.codes[42])
    off = made(order(left, right, stops=stops, pane=1, link="off"))[0]
    assert np.allclose(off.stops[1], place)
    by_decode = made(order(left, right, stops=stops, pane=1, link="decode"))[0]
    replicas = []
    for one in (left, right):
        replica = make_replica(one.codes.snapshot.config)
        replica.load(one.codes.snapshot)
        replicas.append(replica)
    seen = np.ascontiguousarray(replicas[0].decode(place[None]).transpose(0, 3, 1, 2))
    assert np.allclose(by_decode.stops[1], replicas[1].encode(seen)[0])


def test_an_image_that_is_not_on_the_map_is_encoded() -> None:
    here = look()
    images = np.random.default_rng(0).integers(0, 255, (400, 1, 8, 8), dtype=np.uint8)
    stops = (Stop(row=3), Stop(row=350))
    strip = made(order(here, stops=stops, images=images))[0]
    replica = make_replica(here.codes.snapshot.config)
    replica.load(here.codes.snapshot)
    assert np.allclose(strip.stops[1], replica.encode(images[350:351])[0])
    assert "B has no code here" in refused(order(here, stops=stops))


def test_identical_stops_are_said() -> None:
    for kind in KINDS:
        strip = made(order(look(), kind=kind, stops=(Stop(row=3), Stop(row=3))))[-1]
        assert "same code" in strip.note
        assert np.isnan(strip.measures.ratio)
        assert len(strip.codes) == 16


def test_stops_that_decode_alike_are_said() -> None:
    strip = made(order(look(scale=0.0), kind="geodesic"))[-1]
    assert "same picture" in strip.note
    assert np.isnan(strip.measures.ratio)


def test_collapsed_codes() -> None:
    here = look(codes=np.zeros((COUNT, 2), np.float32))
    for kind in KINDS:
        assert "same code" in made(order(here, kind=kind, density=True))[-1].note


def test_codes_that_are_not_finite() -> None:
    codes = np.random.default_rng(0).normal(size=(COUNT, 2)).astype(np.float32)
    codes[7] = np.nan
    assert "not finite" in refused(order(look(codes=codes)))
    codes[:] = np.nan
    stops = (Stop(code=np.zeros(2, np.float32)), Stop(code=np.ones(2, np.float32)))
    for kind in KINDS:
        strip = made(order(look(codes=codes), kind=kind, stops=stops, density=True))[-1]
        assert np.isfinite(strip.codes).all()


def test_a_decoder_that_has_diverged() -> None:
    here = look()
    for name in here.codes.snapshot.weights:
        here.codes.snapshot.weights[name][:] = np.inf
    for kind in KINDS:
        strip = made(order(here, kind=kind))[-1]
        assert "diverged" in strip.note
        assert strip.measures is None


def test_one_latent_dimension_is_said() -> None:
    assert "one latent dimension" in made(order(look(1), kind="slerp"))[-1].note
    assert made(order(look(1), kind="lerp"))[-1].note == ""


@pytest.mark.parametrize("kind", KINDS)
def test_512_latent_dimensions(kind: str) -> None:
    strip = made(order(look(512), kind=kind, density=True))[-1]
    assert strip.codes.shape == (16, 512)
    assert strip.note == ""


def test_no_model_and_a_place_of_another_model() -> None:
    assert "train" in refused(order(None)).lower()
    stops = (Stop(row=3), Stop(code=np.zeros(5, np.float32)))
    assert "no code here" in refused(order(look(), stops=stops))
