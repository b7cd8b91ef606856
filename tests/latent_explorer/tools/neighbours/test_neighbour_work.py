"""Neighbours are exact: as scikit-learn finds them, in codes and in pixels; what cannot be compared is
reported.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from latent_explorer.core.explorer import DataView
from latent_explorer.core.look import Look
from latent_explorer.core.pane import PaneCodes, PaneModel
from latent_explorer.tools.neighbours import work
from latent_explorer.tools.neighbours.state import PIXELS, Found
from latent_explorer.tools.neighbours.words import distance
from latent_explorer.tools.neighbours.work import NeighbourWork, in_codes, in_pixels, smallest
from tests.latent_explorer.build import AE
from trainer.config import DataConfig, ModelConfig
from trainer.latent import plane as planes


def data_view(images: np.ndarray | None, count: int | None = None) -> DataView:
    count = count or (0 if images is None else len(images))
    shape = (1, 4, 4) if images is None else images.shape[1:]
    return DataView(
        title="Toy", config=DataConfig(), count=count, train_count=count // 2, shape=shape, images=images
    )


def look(
    codes: np.ndarray, data: DataView | None = None, rows: np.ndarray | None = None, picked: int | None = 3
) -> Look:
    latent = codes.shape[1]
    rows = np.arange(len(codes)) if rows is None else rows
    with np.errstate(invalid="ignore"):
        plane = planes.raw(latent) if latent <= 2 else planes.pca(np.nan_to_num(codes))
        points = plane.project(codes)
    return Look(
        index=0,
        model=PaneModel(ModelConfig(latent=latent), AE, 1),
        codes=PaneCodes(rows, codes, points, number=5),
        plane=plane,
        picked=picked,
        data=data,
    )


def only(results) -> Found:
    found = [one for one in results if one is not None]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("count", "latent"), [(4_000, 2), (3_000, 20), (13, 5)])
def test_neighbours_in_codes_are_those_of_scikit_learn(count, latent, monkeypatch):
    monkeypatch.setattr(work, "_BLOCK", 1_000)  # many blocks
    codes = np.random.default_rng(latent).normal(size=(count, latent)).astype(np.float32)
    picked = count // 3
    found = only(in_codes(look(codes), picked, 12))
    peer = NearestNeighbors(n_neighbors=min(13, count), algorithm="brute").fit(codes.astype(np.float64))
    distances, places = peer.kneighbors(codes[picked : picked + 1].astype(np.float64))
    others = places[0] != picked
    assert found.rows.tolist() == places[0][others][:12].tolist()
    np.testing.assert_allclose(found.distances, distances[0][others][:12], rtol=1e-6, atol=1e-9)
    assert found.among == count - 1
    assert found.number == 5
    assert not found.reason


@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 6, 6), (3, 120, 120)])
def test_neighbours_in_pixels_are_those_of_scikit_learn(shape, monkeypatch):
    monkeypatch.setattr(work, "_BLOCK", 5_000)
    count = 40 if shape[1] > 100 else 500
    images = np.random.default_rng(1).integers(0, 256, (count, *shape)).astype(np.uint8)
    found = only(in_pixels(data_view(images), 7, 12))
    flat = images.reshape(count, -1) / 255.0
    peer = NearestNeighbors(n_neighbors=13, algorithm="brute").fit(flat)
    distances, places = peer.kneighbors(flat[7:8])
    others = places[0] != 7
    np.testing.assert_allclose(found.distances, distances[0][others], rtol=1e-9)
    assert found.rows.tolist() == places[0][others].tolist()
    assert found.measure == PIXELS
    assert found.number is None
    np.testing.assert_array_equal(found.pictures, images[found.rows].transpose(0, 2, 3, 1))


def test_large_pictures_do_not_overflow():
    images = np.zeros((3, 3, 200, 200), np.uint8)
    images[1] = 255
    images[2] = 254
    found = only(in_pixels(data_view(images), 0, 12))
    assert found.rows.tolist() == [2, 1]
    assert found.distances[1] == pytest.approx(np.sqrt(3 * 200 * 200))


def test_equal_pictures_are_at_distance_0_and_come_in_the_order_of_rows():
    images = np.zeros((30, 1, 4, 4), np.uint8)
    images[:5] = 9
    found = only(in_pixels(data_view(images), 10, 12))
    assert found.rows.tolist() == [5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17]
    assert not found.distances.any()


def test_the_smallest_of_equal_values_come_in_order():
    values = np.array([3.0, 1.0, 2.0, 1.0, 1.0, np.inf])
    assert smallest(values, 2).tolist() == [1, 3]
    assert smallest(values, 4).tolist() == [1, 3, 4, 2]


def test_rows_are_those_of_the_data_where_a_map_shows_some_of_them():
    rows = np.arange(0, 200, 10)
    codes = np.arange(20, dtype=np.float32)[:, None] ** 2
    found = only(in_codes(look(codes, rows=rows), 50, 6))
    assert found.rows.tolist() == [40, 60, 30, 20, 10, 70]
    assert only(in_codes(look(codes, rows=rows), 51, 6)).reason == "not-on-map"


def test_codes_that_are_not_finite_are_left_out():
    codes = np.arange(40, dtype=np.float32).reshape(20, 2)
    codes[4] = np.nan
    codes[5, 1] = np.inf
    found = only(in_codes(look(codes), 3, 12))
    assert {4, 5}.isdisjoint(found.rows.tolist())
    assert np.isfinite(found.distances).all()
    assert (found.among, found.left_out) == (17, 2)
    assert only(in_codes(look(codes), 4, 12)).reason == "not-finite"


def test_one_image_has_no_neighbours():
    one = np.zeros((1, 2), np.float32)
    assert only(in_codes(look(one), 0, 12)).reason == "alone"
    assert only(in_pixels(data_view(np.zeros((1, 1, 4, 4), np.uint8)), 0, 12)).reason == "alone"
    others = np.full((5, 2), np.nan, np.float32)
    others[3] = 0
    assert only(in_codes(look(others), 3, 12)).reason == "alone"


def test_without_images_there_are_codes_only():
    codes = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    found = list(NeighbourWork().find((look(codes, data_view(None, 50)),), (0, 1), 6))
    said = {one.measure: one for one in found if one is not None}
    assert not said[0].reason
    assert said[0].pictures is None
    assert len(said[0].rows) == 6
    assert said[1].reason == "no-map"
    assert said[PIXELS].reason == "no-images"
    nothing = list(NeighbourWork().find((look(codes),), (0,), 6))
    assert nothing[-1].reason == "no-images"


def test_pixels_are_compared_once_whatever_the_weights():
    images = np.random.default_rng(1).integers(0, 256, (50, 1, 4, 4)).astype(np.uint8)
    data = data_view(images)
    codes = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    memory = NeighbourWork()
    first = list(memory.find((look(codes, data),), (0,), 6))[-1]
    again = list(memory.find((look(codes + 1, data),), (0,), 6))[-1]
    assert again is first
    assert list(memory.find((look(codes, data),), (0,), 12))[-1] is not first
    other = look(codes, replace(data, title="other"))
    assert list(memory.find((other,), (0,), 6))[-1] is not first


def test_distances_are_said_with_their_digits():
    shown = [distance(value) for value in (0.0, 0.00001, 0.00731, 0.0123, 0.314, 12.4, 1234.5)]
    assert shown == ["0.00", "< 0.0001", "0.0073", "0.012", "0.31", "12.40", "1,234"]
